package io.millrace.server.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.millrace.server.json.Documents;
import io.millrace.testkit.servers.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a sync makes of tables that have changed since the connection was made. */
@Timeout(120)
final class SchemaChangeTest {
  private static final PostgresServer POSTGRES = PostgresServer.shared();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String from = POSTGRES.newDatabase();
  private final String to = POSTGRES.newDatabase();
  @TempDir private Path folder;
  private RunningServer server;
  private String workspace;
  private String source;
  private String destination;

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

  /** A catalog that was found a moment ago says nothing of a change since. */
  @Test
  void aSyncReadsWhatIsThereNow() throws Exception {
    String connection = connect("ignore", "disabled");
    assertThat(sync(connection).path("status").asText()).isEqualTo("succeeded");
    POSTGRES.execute(
        from,
        "ALTER TABLE item DROP COLUMN size, ADD COLUMN fresh text",
        "INSERT INTO item VALUES (21)");
    JsonNode job = sync(connection);
    assertThat(job.path("status").asText()).isEqualTo("succeeded");
    assertThat(job.at("/aggregatedStats/recordsCommitted").asInt()).isEqualTo(1);
    JsonNode shown = call("/web_backend/connections/get", Map.of("connectionId", connection));
    assertThat(shown.path("schemaChange").asText()).isEqualTo("non_breaking");
    assertThat(shown.path("status").asText()).isEqualTo("active");
    JsonNode used = call("/sources/get", Map.of("sourceId", source));
    assertThat(used.path("status").asText()).isEqualTo("active");
    assertThat(used.path("numConnections").asInt()).isEqualTo(1);
    assertThat(used.path("lastSync").asLong()).isEqualTo(job.path("createdAt").asLong());
    assertThat(used.path("connectionJobStatuses")).hasToString("{\"succeeded\":1}");
  }

  @Test
  void aPropagatedFieldIsFilledAgain() throws Exception {
    String connection = connect("propagate_columns", "enabled");
    assertThat(sync(connection).at("/streamAggregatedStats/0/wasBackfilled").asBoolean(true))
        .isFalse();
    POSTGRES.execute(from, "ALTER TABLE item ADD COLUMN fresh text DEFAULT 'new'");
    JsonNode stream = sync(connection).at("/streamAggregatedStats/0");
    assertThat(stream.path("recordsCommitted").asInt()).isEqualTo(20);
    assertThat(stream.path("wasBackfilled").asBoolean()).isTrue();
    assertThat(sync(connection).at("/streamAggregatedStats/0/wasBackfilled").asBoolean(true))
        .isFalse();
  }

  @Test
  void aChangeOfSettingsIsToldByTheirNames() throws Exception {
    String connection = connect("ignore", "disabled");
    call(
        "/connections/update",
        Map.of(
            "connectionId", connection, "nonBreakingChangesPreference", "disable", "prefix", "p"));
    JsonNode patches =
        call("/connections/events/list", Map.of("connectionId", connection))
            .at("/events/0/summary/patches");
    assertThat(patches)
        .isEqualTo(
            Documents.MAPPER.readTree(
                "{\"prefix\": {\"from\": \"\", \"to\": \"p\"}, \"nonBreakingChangesPreference\":"
                    + " {\"from\": \"ignore\", \"to\": \"disable\"}}"));
    POSTGRES.execute(from, "ALTER TABLE item ADD COLUMN fresh text");
    assertThat(sync(connection).path("status").asText()).isEqualTo("cancelled");
    JsonNode events =
        call("/connections/events/list", Map.of("connectionId", connection)).path("events");
    assertThat(events.findValuesAsText("eventType"))
        .containsOnlyOnce("CONNECTION_SETTINGS_UPDATE", "CONNECTION_DISABLED", "SCHEMA_UPDATE");
  }

  @Test
  void peopleAreToldOfFieldsAndOfARefreshThatFails() throws Exception {
    BlockingQueue<JsonNode> told = new LinkedBlockingQueue<>();
    HttpServer receiver = receiver(told);
    try {
      ObjectNode settings = Documents.empty();
      for (String event : List.of("sendOnConnectionUpdateActionRequired", "sendOnFailure")) {
        ObjectNode item = settings.putObject(event);
        item.putArray("notificationType").add("slack");
        item.putObject("slackConfiguration")
            .put("webhook", "http://localhost:" + receiver.getAddress().getPort() + "/");
      }
      call(
          "/workspaces/update", Map.of("workspaceId", workspace, "notificationSettings", settings));
      String connection = connect("ignore", "disabled");
      sync(connection);
      POSTGRES.execute(from, "ALTER TABLE item DROP COLUMN size, ADD COLUMN fresh text");
      sync(connection);
      JsonNode change = told.poll(20, TimeUnit.SECONDS);
      assertThat(change.path("text").asText()).contains("~ public.item: + fresh, - size");
      assertThat(change.has("data")).isFalse();

      POSTGRES.execute(from, "DROP TABLE item");
      await(call("/connections/refresh", Map.of("connectionId", connection)).path("job"));
      JsonNode removed = told.poll(20, TimeUnit.SECONDS);
      JsonNode failure = told.poll(20, TimeUnit.SECONDS);
      assertThat(removed.path("text").asText() + failure.path("text").asText())
          .contains("- public.item", "Sync failure occurred");
    } finally {
      receiver.stop(0);
    }
  }

  private static HttpServer receiver(BlockingQueue<JsonNode> told) throws IOException {
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          told.add(Documents.MAPPER.readTree(exchange.getRequestBody().readAllBytes()));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    receiver.start();
    return receiver;
  }

  /** A look at one source changes nothing of a connection to another. */
  @Test
  void aConnectionIsComparedWithItsOwnSource() throws Exception {
    String connection = connect("propagate_fully", "disabled");
    JsonNode other = call("/sources/clone", Map.of("sourceCloneId", source));
    Map<String, Object> look =
        Map.of("sourceId", other.path("sourceId").asText(), "connectionId", connection);
    assertThat(send("/sources/discover_schema", look).statusCode()).isEqualTo(400);
  }

  private String connect(String preference, String backfill) throws Exception {
    JsonNode found = call("/sources/discover_schema", Map.of("sourceId", source));
    ObjectNode catalog = (ObjectNode) found.path("catalog");
    ((ObjectNode) catalog.at("/streams/0/config"))
        .put("selected", true)
        .put("syncMode", "incremental")
        .put("destinationSyncMode", "append_dedup")
        .putArray("cursorField")
        .add("id");
    return call(
            "/connections/create",
            new TreeMap<>(
                Map.of(
                    "sourceId", source,
                    "destinationId", destination,
                    "sourceCatalogId", found.path("catalogId").asText(),
                    "syncCatalog", catalog,
                    "nonBreakingChangesPreference", preference,
                    "backfillPreference", backfill)))
        .path("connectionId")
        .asText();
  }

  private JsonNode sync(String connection) throws Exception {
    return await(call("/connections/sync", Map.of("connectionId", connection)).path("job"));
  }

  private JsonNode await(JsonNode begun) throws Exception {
    JsonNode job = begun;
    while (!List.of("succeeded", "failed", "cancelled").contains(job.path("status").asText())) {
      Thread.sleep(20);
      job = call("/jobs/get_light", Map.of("id", job.path("id").asLong())).path("job");
    }
    return job;
  }

  private String actor(String side, String definition, String database) throws Exception {
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

  private JsonNode call(String path, Map<String, Object> body) throws Exception {
    HttpResponse<String> answer = send(path, body);
    assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
    return Documents.MAPPER.readTree(answer.body());
  }

  private HttpResponse<String> send(String path, Map<String, Object> body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.urls().getFirst() + "/api/v1" + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Documents.MAPPER.writeValueAsString(body)))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.urls().getFirst() + path)).build();
    return Documents.MAPPER.readTree(http.send(request, BodyHandlers.ofString()).body());
  }
}
