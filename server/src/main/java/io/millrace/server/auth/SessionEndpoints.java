package io.millrace.server.auth;

import io.millrace.server.audit.Audit;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.Api;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Caller;
import io.millrace.server.http.Fault;
import io.millrace.server.http.Method;
import io.millrace.server.http.Routes;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import java.util.Map;

/** Sessions of browsers, and the password of people. */
final class SessionEndpoints {
  private static final int PASSWORD_CHARS_MIN = 8;

  private final Database database;
  private final Account account;
  private final Credentials credentials;
  private final Sessions sessions;
  private final SessionCookie cookie;
  private final LoginGatekeeper gatekeeper;
  private final Audit audit;
  private final Runnable changed;

  SessionEndpoints(
      Database database,
      Account account,
      Credentials credentials,
      Sessions sessions,
      SessionCookie cookie,
      LoginGatekeeper gatekeeper,
      Audit audit,
      Runnable changed) {
    this.database = database;
    this.account = account;
    this.credentials = credentials;
    this.sessions = sessions;
    this.cookie = cookie;
    this.gatekeeper = gatekeeper;
    this.audit = audit;
    this.changed = changed;
  }

  void addTo(Routes routes) {
    routes
        .at(Api.CONFIG, Access.OPEN, Method.POST, "/api/login", this::login)
        .at(Api.CONFIG, Access.OPEN, Method.POST, "/api/logout", this::logout)
        .at(Api.CONFIG, Access.OPEN, Method.POST, "/api/oauth/access_token", this::renew)
        .config(Access.OPEN, "/users/change_password", this::changePassword);
  }

  /** Adds the same routes for a server that nobody logs in to. */
  static void addOpenTo(Routes routes) {
    Answer nobody = Answer.ok(Map.of("passwordChangeRequired", false));
    routes
        .at(Api.CONFIG, Access.OPEN, Method.POST, "/api/login", call -> nobody)
        .at(Api.CONFIG, Access.OPEN, Method.POST, "/api/logout", call -> Answer.none())
        .at(Api.CONFIG, Access.OPEN, Method.POST, "/api/oauth/access_token", call -> nobody)
        .config(
            Access.ADMIN,
            "/users/change_password",
            call -> {
              throw new ApiException(
                  Fault.STATE_CONFLICT,
                  "No login is needed here; MILLRACE_USERNAME or MILLRACE_PASSWORD switch it on.");
            });
  }

  private Answer login(Call call) {
    Body body = call.body();
    String user = body.text("username");
    String password = body.secret("password");
    body.check();
    credentials.password(call.address(), user, password);
    cookie.set(call, sessions.begin());
    return Answer.ok(session(call));
  }

  private Answer logout(Call call) {
    String token = cookie.read(call);
    if (token != null) {
      sessions.end(token);
    }
    cookie.remove(call);
    return Answer.none();
  }

  private Answer renew(Call call) {
    String token = cookie.read(call);
    if (token == null || !sessions.renew(token)) {
      throw new ApiException(Fault.UNAUTHORIZED, "The session has ended; log in again.");
    }
    cookie.set(call, token);
    return Answer.ok(session(call));
  }

  /** Open, because somebody who must change the password may do nothing else. */
  private Answer changePassword(Call call) {
    Caller caller = gatekeeper.admit(call);
    Body body = call.body();
    String current = body.secret("currentPassword");
    String wanted = body.secret("newPassword");
    body.check();
    refuseUnlessPerson(caller);
    credentials.password(call.address(), account.name(), current);
    refuseUnlessFit(current, wanted);
    Account.Login made = account.chosen(wanted);
    String token =
        database.write(
            tx -> {
              account.save(tx, made);
              sessions.endAll(tx);
              audit.changed(tx, "setting", "password", "update", Documents.empty(), caller);
              return sessions.begin(tx);
            });
    account.use(made);
    changed.run();
    cookie.set(call, token);
    return Answer.ok(session(call));
  }

  private void refuseUnlessPerson(Caller caller) {
    if (!caller.name().equals(account.name())) {
      throw new ApiException(Fault.FORBIDDEN, "Log in with name and password to change it.");
    }
    if (account.isGiven()) {
      throw new ApiException(
          Fault.STATE_CONFLICT,
          "The password comes from MILLRACE_PASSWORD; change it there and start again.");
    }
  }

  private static void refuseUnlessFit(String current, String wanted) {
    boolean fits =
        wanted.length() >= PASSWORD_CHARS_MIN && wanted.length() <= Account.PASSWORD_CHARS_MAX;
    if (!fits || RandomText.same(current, wanted)) {
      throw new ApiException(
          Fault.UNPROCESSABLE,
          "newPassword must be another one of "
              + PASSWORD_CHARS_MIN
              + " to "
              + Account.PASSWORD_CHARS_MAX
              + " characters.");
    }
  }

  private Map<String, Object> session(Call call) {
    return Map.of(
        "userName",
        account.name(),
        "expiresIn",
        Sessions.LIFE.toSeconds(),
        "passwordChangeRequired",
        gatekeeper.mustChangePassword(call));
  }
}
