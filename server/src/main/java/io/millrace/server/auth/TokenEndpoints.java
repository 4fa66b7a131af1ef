package io.millrace.server.auth;

import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.Api;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Fault;
import io.millrace.server.http.Method;
import io.millrace.server.http.Routes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tokens for API keys, at the four places where clients ask for them, as JSON or as a form. */
final class TokenEndpoints {
  private static final String PATH = "/applications/token";
  private static final String GRANT = "client_credentials";

  /** Whom tokens name where no login is needed; no key has this id. */
  private static final UUID NOBODY = new UUID(0, 0);

  private final @Nullable Credentials credentials;
  private final Tokens tokens;

  private TokenEndpoints(@Nullable Credentials credentials, Tokens tokens) {
    this.credentials = credentials;
    this.tokens = tokens;
  }

  /** Gives tokens to the holders of keys. */
  static TokenEndpoints forHolders(Credentials credentials, Tokens tokens) {
    return new TokenEndpoints(credentials, tokens);
  }

  /** Gives a token to everybody, whatever they say: nobody asks for it later. */
  static TokenEndpoints openToAll(Tokens tokens) {
    return new TokenEndpoints(null, tokens);
  }

  void addTo(Routes routes) {
    routes
        .config(Access.OPEN, PATH, this::token)
        .resource(Access.OPEN, Method.POST, PATH, this::token)
        .at(Api.PUBLIC, Access.OPEN, Method.POST, PATH, this::token);
  }

  private Answer token(Call call) {
    if (credentials == null) {
      return Answer.ok(json(tokens.sign(NOBODY, Role.ADMIN)));
    }
    Request request = call.isForm() ? ofForm(call) : ofJson(call);
    if (request.grant() != null && !request.grant().equals(GRANT)) {
      throw new ApiException(
          Fault.BAD_REQUEST, "The only grant type here is " + GRANT + ", or none.");
    }
    Application application =
        credentials.application(call.address(), request.clientId(), request.clientSecret());
    return Answer.ok(json(tokens.sign(application.id(), application.role())));
  }

  private record Request(@Nullable String grant, String clientId, String clientSecret) {}

  private static Request ofJson(Call call) {
    Body body = call.body();
    String grant = body.textOrNull("grant_type");
    String alias = body.textOrNull("grant-type");
    // Some clients name themselves in the header alone.
    Basic header = body.has("client_id") ? null : Basic.of(call);
    if (header != null) {
      body.check();
      return new Request(grant == null ? alias : grant, header.user(), header.password());
    }
    String id = body.text("client_id");
    String secret = body.secret("client_secret");
    body.check();
    return new Request(grant == null ? alias : grant, id, secret);
  }

  private static Request ofForm(Call call) {
    String grant = call.form("grant_type");
    String wanted = grant == null ? call.form("grant-type") : grant;
    String id = call.form("client_id");
    Basic header = id == null ? Basic.of(call) : null;
    if (header != null) {
      return new Request(wanted, header.user(), header.password());
    }
    return new Request(
        wanted,
        Objects.requireNonNullElse(id, ""),
        Objects.requireNonNullElse(call.form("client_secret"), ""));
  }

  private static Map<String, Object> json(String token) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("access_token", token);
    json.put("token_type", "Bearer");
    json.put("expires_in", Tokens.LIFE.toSeconds());
    return json;
  }
}
