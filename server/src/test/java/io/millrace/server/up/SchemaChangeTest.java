package io.millrace.server.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.millrace.server.json.Documents;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a sync makes of tables that have changed since the connection was made. */
@Timeout(120)
final class SchemaChangeTest extends ItemsTest {
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
    assertThat(events(connection)).as("nothing was taken over").doesNotContain("SCHEMA_UPDATE");
  }

  /** Fields that were selected one by one, and one of them is gone. */
  @Test
  void aLostFieldThatWasSelectedIsLeftOut() throws Exception {
    ObjectNode config = merged();
    config.put("fieldSelectionEnabled", true).set("selectedFields", selected("id", "size"));
    String connection = connect("ignore", "disabled", config);
    assertThat(sync(connection).path("status").asText()).isEqualTo("succeeded");
    POSTGRES.execute(
        from, "ALTER TABLE item DROP COLUMN size", "INSERT INTO item VALUES (21, 'secret')");
    assertThat(sync(connection).path("status").asText()).isEqualTo("succeeded");
    assertThat(one(to, "SELECT count(id) || ' ' || count(size) FROM item")).isEqualTo("21 20");
    assertThat(
            one(to, "SELECT count(*) FROM information_schema.columns WHERE column_name = 'note'"))
        .isEqualTo("0");
  }

  /** The cursor of a full refresh says which of two rows is newer, where there is one. */
  @Test
  void aLostCursorOfAFullRefreshIsLeftOut() throws Exception {
    ObjectNode config =
        merged().put("syncMode", "full_refresh").put("destinationSyncMode", "overwrite_dedup");
    config.putArray("cursorField").add("size");
    String connection = connect("ignore", "disabled", config);
    assertThat(sync(connection).path("status").asText()).isEqualTo("succeeded");
    POSTGRES.execute(from, "ALTER TABLE item DROP COLUMN size");
    assertThat(sync(connection).path("status").asText()).isEqualTo("succeeded");
    assertThat(one(to, "SELECT count(*) FROM item")).isEqualTo("20");
  }

  @Test
  void aSourceThatHasLostEveryStreamIsNamed() throws Exception {
    String connection = connect("ignore", "disabled");
    POSTGRES.execute(from, "DROP TABLE item");
    JsonNode job = sync(connection);
    assertThat(job.path("status").asText()).isEqualTo("failed");
    assertThat(call("/jobs/get", Map.of("id", job.path("id").asLong())).toString())
        .contains("The source no longer has stream public.item. Deselect it");
  }

  /** Rows that do not arrive are never silent, and hold up no others. */
  @Test
  void aStreamThatTheSourceHasLostFailsAndTheOthersAreSynced() throws Exception {
    POSTGRES.execute(from, "CREATE TABLE parcel (id int PRIMARY KEY)");
    String connection = connectAll("ignore");
    assertThat(sync(connection).path("status").asText()).isEqualTo("succeeded");
    POSTGRES.execute(from, "DROP TABLE parcel", "INSERT INTO item VALUES (21)");

    JsonNode job = sync(connection);
    assertThat(job.path("status").asText()).isEqualTo("failed");
    assertThat(one(to, "SELECT count(*) FROM item")).isEqualTo("21");
    JsonNode shown = call("/jobs/get", Map.of("id", job.path("id").asLong()));
    assertThat(shown.path("attempts")).as("trying again would not help").hasSize(1);
    JsonNode summary = shown.at("/attempts/0/attempt/failureSummary");
    assertThat(summary.path("partialSuccess").asBoolean()).isTrue();
    assertThat(summary.path("failures")).hasSize(1);
    assertThat(summary.at("/failures/0/failureType").asText()).isEqualTo("config_error");
    assertThat(summary.at("/failures/0/streamDescriptor/name").asText()).isEqualTo("parcel");
    assertThat(summary.at("/failures/0/externalMessage").asText())
        .isEqualTo(
            "The source no longer has stream public.parcel. Deselect it in the connection, or"
                + " bring it back at the source.");
    assertThat(shown.at("/attempts/0/logs/logLines").toString()).contains("WARN", "stream_lost");
    JsonNode statuses =
        call(
                "/stream_statuses/list",
                Map.of(
                    "workspaceId",
                    workspace,
                    "jobId",
                    job.path("id").asLong(),
                    "pagination",
                    Map.of("pageSize", 10, "rowOffset", 0)))
            .path("streamStatuses");
    Map<String, String> states = new TreeMap<>();
    statuses.forEach(
        one -> states.put(one.path("streamName").asText(), one.path("runState").asText()));
    assertThat(states).isEqualTo(Map.of("item", "COMPLETE", "parcel", "INCOMPLETE"));
    assertThat(one(to, "SELECT count(*) FROM parcel")).as("what had arrived stays").isEqualTo("0");

    POSTGRES.execute(
        from, "CREATE TABLE parcel (id int PRIMARY KEY)", "INSERT INTO parcel VALUES (1)");
    assertThat(sync(connection).path("status").asText()).isEqualTo("succeeded");
    assertThat(one(to, "SELECT count(*) FROM parcel")).isEqualTo("1");
  }

  /** Makes a connection of every table, each merged by its id. */
  private String connectAll(String preference) throws Exception {
    JsonNode found =
        call("/sources/discover_schema", Map.of("sourceId", source, "disable_cache", true));
    found.at("/catalog/streams").forEach(one -> ((ObjectNode) one).set("config", merged()));
    return call(
            "/connections/create",
            Map.of(
                "sourceId",
                source,
                "destinationId",
                destination,
                "nonBreakingChangesPreference",
                preference,
                "syncCatalog",
                found.path("catalog")))
        .path("connectionId")
        .asText();
  }

  @Test
  void aLookReportsAndTakesNothingOver() throws Exception {
    String connection = connect("propagate_columns", "enabled");
    sync(connection);
    POSTGRES.execute(from, "ALTER TABLE item ADD COLUMN fresh text DEFAULT 'new'");
    JsonNode seen =
        call(
            "/sources/discover_schema",
            Map.of("sourceId", source, "connectionId", connection, "disable_cache", true));
    assertThat(seen.at("/catalogDiff/transforms/0/updateStream/fieldTransforms")).hasSize(1);
    assertThat(seen.path("breakingChange").asBoolean(true)).isFalse();
    assertThat(seen.path("connectionStatus").asText()).isEqualTo("active");
    assertThat(fields(connection).has("fresh")).isFalse();
    assertThat(events(connection)).doesNotContain("SCHEMA_UPDATE");

    JsonNode job = sync(connection);
    assertThat(job.at("/streamAggregatedStats/0/recordsCommitted").asInt()).isEqualTo(20);
    assertThat(fields(connection).has("fresh")).isTrue();
    assertThat(events(connection)).containsOnlyOnce("SCHEMA_UPDATE");
  }

  @Test
  void whatIsFilledAgainSaysSoWhoeverTookTheFieldOver() throws Exception {
    String connection = connect("propagate_columns", "enabled");
    sync(connection);
    POSTGRES.execute(from, "ALTER TABLE item ADD COLUMN fresh text DEFAULT 'new'");
    JsonNode found =
        call("/sources/discover_schema", Map.of("sourceId", source, "disable_cache", true));
    call(
        "/connections/apply_schema_changes",
        Map.of(
            "catalog",
            found.path("catalog"),
            "catalogId",
            found.path("catalogId").asText(),
            "connectionId",
            connection,
            "workspaceId",
            workspace));
    JsonNode stream = sync(connection).at("/streamAggregatedStats/0");
    assertThat(stream.path("recordsCommitted").asInt()).isEqualTo(20);
    assertThat(stream.path("wasBackfilled").asBoolean()).isTrue();
    assertThat(sync(connection).at("/streamAggregatedStats/0/wasBackfilled").asBoolean(true))
        .isFalse();
  }

  /** A table that grows past the limit goes on as it is, and people hear why. */
  @Test
  void nothingIsTakenOverPastTheLimitOfFields() throws Exception {
    server.close();
    server = RunningServer.with(folder, "MILLRACE_CONNECTION_FIELDS_MAX", "4");
    String connection = connect("propagate_columns", "disabled");
    assertThat(sync(connection).path("status").asText()).isEqualTo("succeeded");
    POSTGRES.execute(
        from,
        "ALTER TABLE item ADD COLUMN a text, ADD COLUMN b text",
        "INSERT INTO item VALUES (21)");

    JsonNode found =
        call("/sources/discover_schema", Map.of("sourceId", source, "disable_cache", true));
    HttpResponse<String> refused =
        send(
            "/connections/apply_schema_changes",
            Map.of(
                "catalog",
                found.path("catalog"),
                "catalogId",
                found.path("catalogId").asText(),
                "connectionId",
                connection,
                "workspaceId",
                workspace));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("would have 5 selected fields, and 4 is the most");

    JsonNode job = sync(connection);
    assertThat(job.path("status").asText()).isEqualTo("succeeded");
    assertThat(job.at("/aggregatedStats/recordsCommitted").asInt()).isEqualTo(1);
    assertThat(fields(connection)).hasSize(3);
    assertThat(events(connection)).doesNotContain("SCHEMA_UPDATE");
    JsonNode log = call("/jobs/get", Map.of("id", job.path("id").asLong()));
    assertThat(log.at("/attempts/0/logs/logLines").toString())
        .contains("would have 5 selected fields");
    assertThat(one(to, "SELECT count(*) FROM information_schema.columns WHERE column_name = 'b'"))
        .isEqualTo("0");

    POSTGRES.execute(from, "ALTER TABLE item DROP COLUMN a");
    sync(connection);
    assertThat(fields(connection).has("b")).isTrue();
    assertThat(events(connection)).containsOnlyOnce("SCHEMA_UPDATE");
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
    JsonNode stopped = sync(connection);
    assertThat(stopped.path("status").asText()).isEqualTo("cancelled");
    assertThat(call("/jobs/get", Map.of("id", stopped.path("id").asLong())).toString())
        .contains("switch the connection on again: that accepts it");
    JsonNode events =
        call("/connections/events/list", Map.of("connectionId", connection)).path("events");
    assertThat(events.findValuesAsText("eventType"))
        .containsOnlyOnce("CONNECTION_SETTINGS_UPDATE", "CONNECTION_DISABLED")
        .doesNotContain("SCHEMA_UPDATE");

    call("/connections/update", Map.of("connectionId", connection, "status", "active"));
    assertThat(sync(connection).path("status").asText()).isEqualTo("succeeded");
  }

  @Test
  void peopleAreToldOfFieldsAndOfARefreshThatFails() throws Exception {
    BlockingQueue<JsonNode> told = new LinkedBlockingQueue<>();
    HttpServer receiver = receiver(told);
    try {
      tell(receiver, "sendOnConnectionUpdateActionRequired", "sendOnFailure");
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

  @Test
  void peopleAreToldApartWhatWasAppliedAndWhatWasNot() throws Exception {
    BlockingQueue<JsonNode> told = new LinkedBlockingQueue<>();
    HttpServer receiver = receiver(told);
    try {
      tell(receiver, "sendOnConnectionUpdate");
      String connection = connect("propagate_columns", "disabled");
      sync(connection);
      POSTGRES.execute(
          from, "ALTER TABLE item ADD COLUMN fresh text", "CREATE TABLE parcel (id int)");
      sync(connection);
      JsonNode change = told.poll(20, TimeUnit.SECONDS);
      assertThat(change.path("text").asText())
          .contains("Schema changes applied")
          .contains("\n~ public.item: + fresh\nNot applied: + public.parcel")
          .doesNotContain("\n+ public.parcel");
    } finally {
      receiver.stop(0);
    }
  }

  /** Sends messages of these kinds to a receiver. */
  private void tell(HttpServer receiver, String... events) throws Exception {
    ObjectNode settings = Documents.empty();
    for (String event : events) {
      ObjectNode item = settings.putObject(event);
      item.putArray("notificationType").add("slack");
      item.putObject("slackConfiguration")
          .put("webhook", "http://localhost:" + receiver.getAddress().getPort() + "/");
    }
    call("/workspaces/update", Map.of("workspaceId", workspace, "notificationSettings", settings));
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
    return connect(preference, backfill, merged());
  }

  private String connect(String preference, String backfill, ObjectNode config) throws Exception {
    return connect(
        config, Map.of("nonBreakingChangesPreference", preference, "backfillPreference", backfill));
  }

  private static ArrayNode selected(String... fields) {
    ArrayNode selected = Documents.MAPPER.createArrayNode();
    for (String field : fields) {
      selected.addObject().putArray("fieldPath").add(field);
    }
    return selected;
  }
}
