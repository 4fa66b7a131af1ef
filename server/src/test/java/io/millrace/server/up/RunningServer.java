package io.millrace.server.up;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.connector.ConnectorRegistry;
import io.millrace.server.http.HttpSettings;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.TestStore;
import io.millrace.spi.ConnectorDefinition;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A whole server on SQLite and two free ports, for a client that talks to it over HTTP. */
final class RunningServer implements AutoCloseable {
  static final String USER = "airbyte";
  static final String PASSWORD = "a-long-password";

  private final Server server;
  private final Path folder;

  private RunningServer(Server server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  /** Starts one that needs no login. */
  static RunningServer open(Path folder) {
    return start(folder, Map.of());
  }

  /** Starts one whose login is USER with PASSWORD. */
  static RunningServer withLogin(Path folder) {
    return start(folder, Map.of("MILLRACE_PASSWORD", PASSWORD));
  }

  /** Starts one that needs no login and has a setting. */
  static RunningServer with(Path folder, String setting, String value) {
    return start(folder, Map.of(setting, value));
  }

  /** Starts one that needs no login and has more connectors. */
  static RunningServer with(Path folder, ConnectorDefinition<?> more) {
    List<ConnectorDefinition<?>> all = new ArrayList<>(ConnectorRegistry.load().all());
    all.add(more);
    return start(folder, Map.of(), ConnectorRegistry.of(all));
  }

  private static RunningServer start(Path folder, Map<String, String> environment) {
    return start(folder, environment, ConnectorRegistry.load());
  }

  private static RunningServer start(
      Path folder, Map<String, String> environment, ConnectorRegistry registry) {
    ServerSettings settings =
        new ServerSettings(
            new DataDirectory(folder),
            TestStore.url(Dialect.SQLITE, folder),
            new HttpSettings("127.0.0.1", List.of(0, 0), null, null),
            environment);
    return new RunningServer(Server.start(settings, registry, Clock.systemUTC()), folder);
  }

  /** Returns where both ports are, the one for people first; no slash at the end. */
  List<String> urls() {
    return server.ports().stream().map(port -> "http://127.0.0.1:" + port).toList();
  }

  /** Returns where the public API is. */
  String publicApi() {
    return urls().getFirst() + "/api/public/v1";
  }

  /** Returns a file that a DuckDB destination may write. */
  String warehouse() {
    return folder.resolve("client.duckdb").toString();
  }

  /** Client credentials. */
  record Application(String id, String secret) {}

  /** Returns the client credentials of the one who may do everything. */
  Application application() throws IOException, InterruptedException {
    byte[] login = (USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(urls().getFirst() + "/api/v1/applications/list"))
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{}"))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      String answer = http.send(request, BodyHandlers.ofString()).body();
      JsonNode first = Documents.MAPPER.readTree(answer).path("applications").path(0);
      return new Application(first.path("clientId").asText(), first.path("clientSecret").asText());
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
