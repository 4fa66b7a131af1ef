package io.millrace.server.auth;

import io.millrace.server.audit.Audit;
import io.millrace.server.audit.AuditEndpoints;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.HttpServer;
import io.millrace.server.http.HttpSettings;
import io.millrace.server.http.Method;
import io.millrace.server.http.Routes;
import io.millrace.server.http.TestClient;
import io.millrace.server.secret.TestSecrets;
import io.millrace.server.store.Database;
import io.millrace.server.store.DatabaseUrl;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A server with a login and a route for each kind of access, over one store. */
final class AuthServer implements AutoCloseable {
  static final String EMAIL = "team@example.com";

  final ManualClock clock;
  final Database database;
  final Auth auth;
  final TestClient client;
  private final HttpServer server;

  private AuthServer(
      DatabaseUrl url, Path folder, AuthSettings settings, boolean thisMachine, ManualClock clock) {
    this.clock = clock;
    database = Database.open(url);
    Audit audit = new Audit(clock);
    auth =
        Auth.open(
            database,
            TestSecrets.in(folder),
            audit,
            settings,
            PasswordFile.in(folder),
            () -> Optional.of(EMAIL),
            clock,
            address -> thisMachine);
    Routes routes = new Routes();
    auth.addTo(routes);
    new AuditEndpoints(database).addTo(routes);
    for (Access access : Access.values()) {
      routes.config(
          access,
          "/things/" + access.name().toLowerCase(Locale.ROOT),
          call -> Answer.ok(Map.of("caller", call.caller().name())));
    }
    routes.resource(
        Access.READ, Method.GET, "/things", call -> Answer.ok(Map.of("data", List.of())));
    server =
        HttpServer.start(
            new HttpSettings("127.0.0.1", List.of(0), null, null), auth.gatekeeper(), routes);
    client = TestClient.of(server);
  }

  static AuthServer start(DatabaseUrl url, Path folder, Map<String, String> environment) {
    AuthSettings settings = settings(environment);
    return new AuthServer(url, folder, settings, true, new ManualClock());
  }

  /** Starts one that callers reach from other machines. */
  static AuthServer startRemote(DatabaseUrl url, Path folder, Map<String, String> environment) {
    AuthSettings settings = settings(environment);
    return new AuthServer(url, folder, settings, false, new ManualClock());
  }

  /** The slow hash of passwords is quick here; its slowness has a test of its own. */
  private static AuthSettings settings(Map<String, String> environment) {
    AuthSettings real = AuthSettings.of(environment, false);
    return new AuthSettings(real.required(), real.userName(), real.password(), false, 1000);
  }

  /** Returns a new token for an API key. */
  String token(String clientId, String clientSecret) throws Exception {
    return client
        .post(
            "/api/v1/applications/token",
            "{\"client_id\":\"%s\",\"client_secret\":\"%s\"}".formatted(clientId, clientSecret))
        .json()
        .path("access_token")
        .asText();
  }

  @Override
  public void close() {
    client.close();
    server.close();
    database.close();
  }
}
