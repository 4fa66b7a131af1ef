package io.millrace.server.auth;

import io.millrace.server.http.Access;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Call;
import io.millrace.server.http.Caller;
import io.millrace.server.http.Fault;
import io.millrace.server.http.Gatekeeper;
import java.util.function.Predicate;

/** Lets in who says who they are: by a token, a name and a password, or a browser's session. */
final class LoginGatekeeper implements Gatekeeper {
  private static final String BEARER = "Bearer ";
  private static final String CHANGE_FIRST =
      "Choose a password of your own first: POST /api/v1/users/change_password with"
          + " currentPassword and newPassword.";

  private final Account account;
  private final Credentials credentials;
  private final Applications applications;
  private final Tokens tokens;
  private final Sessions sessions;
  private final SessionCookie cookie;
  private final Predicate<String> isThisMachine;

  LoginGatekeeper(
      Account account,
      Credentials credentials,
      Applications applications,
      Tokens tokens,
      Sessions sessions,
      SessionCookie cookie,
      Predicate<String> isThisMachine) {
    this.account = account;
    this.credentials = credentials;
    this.applications = applications;
    this.tokens = tokens;
    this.sessions = sessions;
    this.cookie = cookie;
    this.isThisMachine = isThisMachine;
  }

  @Override
  public Caller admit(Call call) {
    String header = call.header("Authorization");
    if (header == null) {
      String token = cookie.read(call);
      return token != null && sessions.lives(token) ? person(call) : Caller.ANONYMOUS;
    }
    if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return tokens
          .read(header.substring(BEARER.length()).strip())
          .flatMap(applications::byId)
          .map(Application::caller)
          .orElseThrow(() -> refused("The token is wrong or has run out; ask for a new one."));
    }
    Basic basic = Basic.of(call);
    if (basic == null) {
      throw refused("The Authorization header cannot be read; expected Bearer or Basic.");
    }
    return credentials.basic(call.address(), basic);
  }

  /** Tells whether the person behind a session must choose a password before all else. */
  boolean mustChangePassword(Call call) {
    boolean elsewhere = call.isFromUnknownProxy() || !isThisMachine.test(call.address());
    return account.isGenerated() && elsewhere;
  }

  private Caller person(Call call) {
    return mustChangePassword(call)
        ? new Caller(account.name(), Access.OPEN, CHANGE_FIRST)
        : new Caller(account.name(), Access.ADMIN);
  }

  private static ApiException refused(String sentence) {
    return new ApiException(Fault.UNAUTHORIZED, sentence).withHeader("WWW-Authenticate", "Bearer");
  }
}
