package io.millrace.server.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import io.millrace.testkit.servers.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A table of items that a whole server syncs from one PostgreSQL database into another. */
abstract class ItemsTest {
  static final PostgresServer POSTGRES = PostgresServer.shared();

  private final HttpClient http = HttpClient.newHttpClient();
  final String from = POSTGRES.newDatabase();
  final String to = POSTGRES.newDatabase();
  @TempDir Path folder;
  RunningServer server;
  String workspace;
  String source;
  String destination;

  @BeforeEach
  void makeTables() throws Exception {
    POSTGRES.execute(
        from,
        "CREATE TABLE item (id int PRIMARY KEY, note text, size int)",
        "INSERT INTO item SELECT i, 'note', i FROM generate_series(1, 20) i");
    server = RunningServer.open(folder);
    workspace = get("/api/v1/instance_configuration").path("defaultWorkspaceId").asText();
    source = actor("source", "decd338e-5647-4c0b-adf4-da0e75f5a750", from);
    destination = actor("destination", "25c5221d-dce2-4163-ade9-739ef790f503", to);
  }

  @AfterEach
  void stop() {
    server.close();
    http.close();
  }

  /** Returns the configuration of a stream that is merged by its id. */
  static ObjectNode merged() {
    ObjectNode config =
        Documents.empty()
            .put("selected", true)
            .put("syncMode", "incremental")
            .put("destinationSyncMode", "append_dedup");
    config.putArray("cursorField").add("id");
    config.putArray("primaryKey").addArray().add("id");
    return config;
  }

  /** Makes a connection whose stream is configured so. */
  String connect(ObjectNode config, Map<String, ?> settings) throws Exception {
    JsonNode found = call("/sources/discover_schema", Map.of("sourceId", source));
    ObjectNode catalog = (ObjectNode) found.path("catalog");
    ((ObjectNode) catalog.at("/streams/0")).set("config", config);
    Map<String, Object> request = new TreeMap<>(settings);
    request.put("sourceId", source);
    request.put("destinationId", destination);
    request.put("sourceCatalogId", found.path("catalogId").asText());
    request.put("syncCatalog", catalog);
    return call("/connections/create", request).path("connectionId").asText();
  }

  /** Returns the fields that a connection knows of its stream. */
  JsonNode fields(String connection) throws Exception {
    return call("/connections/get", Map.of("connectionId", connection))
        .at("/syncCatalog/streams/0/stream/jsonSchema/properties");
  }

  /** Returns the types of what happened to a connection. */
  List<String> events(String connection) throws Exception {
    return call("/connections/events/list", Map.of("connectionId", connection))
        .path("events")
        .findValuesAsText("eventType");
  }

  /** Returns what a query finds first. */
  static String one(String database, String query) throws SQLException {
    try (Connection connection = POSTGRES.connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      assertThat(rows.next()).as(query).isTrue();
      return rows.getString(1);
    }
  }

  JsonNode sync(String connection) throws Exception {
    return await(call("/connections/sync", Map.of("connectionId", connection)).path("job"));
  }

  JsonNode await(JsonNode begun) throws Exception {
    JsonNode job = begun;
    while (!List.of("succeeded", "failed", "cancelled").contains(job.path("status").asText())) {
      Thread.sleep(20);
      job = call("/jobs/get_light", Map.of("id", job.path("id").asLong())).path("job");
    }
    return job;
  }

  String actor(String side, String definition, String database) throws Exception {
    ObjectNode configuration =
        Documents.empty()
            .put("host", PostgresServer.HOST)
            .put("port", POSTGRES.port())
            .put("database", database)
            .put("username", PostgresServer.USER);
    return call(
            "/" + side + "s/create",
            Map.of(
                side + "DefinitionId",
                definition,
                "workspaceId",
                workspace,
                "name",
                side,
                "connectionConfiguration",
                configuration))
        .path(side + "Id")
        .asText();
  }

  JsonNode call(String path, Map<String, Object> body) throws Exception {
    HttpResponse<String> answer = send(path, body);
    assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
    return Documents.MAPPER.readTree(answer.body());
  }

  HttpResponse<String> send(String path, Map<String, Object> body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.urls().getFirst() + "/api/v1" + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Documents.MAPPER.writeValueAsString(body)))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.urls().getFirst() + path)).build();
    return Documents.MAPPER.readTree(http.send(request, BodyHandlers.ofString()).body());
  }
}
