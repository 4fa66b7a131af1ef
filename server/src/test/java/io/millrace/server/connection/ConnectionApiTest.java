package io.millrace.server.connection;

import static io.millrace.server.connection.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.EngineSettings;
import io.millrace.server.connector.Side;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EachStore
final class ConnectionApiTest {
  private final Dialect dialect;

  private TestApi api;

  ConnectionApiTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void start() {
    api = TestApi.fresh(dialect);
    api.catalogs.offer(
        TestStreams.table("public", "orders", "note"),
        TestStreams.table("a", "twice"),
        TestStreams.table("b", "twice"));
    api.catalogs.keep();
  }

  @Test
  void createsWithDefaultsOfThisApi() {
    ObjectNode read = create("");
    assertThat(read.path("name").asText()).isEqualTo("Shop <> Lake");
    assertThat(read.path("status").asText()).isEqualTo("active");
    assertThat(read.path("scheduleType").asText()).isEqualTo("manual");
    assertThat(read.has("scheduleData")).isFalse();
    assertThat(read.path("namespaceDefinition").asText()).isEqualTo("source");
    assertThat(read.path("operationIds").isArray()).isTrue();
    assertThat(read.path("prefix").asText("none")).isEmpty();
    assertThat(read.path("nonBreakingChangesPreference").asText()).isEqualTo("ignore");
    assertThat(read.path("notifySchemaChanges").asBoolean()).isTrue();
    assertThat(read.path("breakingChange").asBoolean(true)).isFalse();
    assertThat(read.path("created_at").asLong()).isEqualTo(TestApi.NOW.getEpochSecond());
    assertThat(read.path("tags")).isEmpty();
    JsonNode stream = read.path("syncCatalog").path("streams").get(0);
    assertThat(stream.path("stream").path("namespace").asText()).isEqualTo("public");
    assertThat(stream.path("stream").path("jsonSchema").path("properties")).hasSize(3);
    assertThat(stream.path("config").path("selected").asBoolean()).isTrue();
    assertThat(stream.path("config").path("aliasName").asText()).isEqualTo("orders");
    assertThat(get(read)).isEqualTo(read);
    assertThat(api.told).containsExactly("->active by local");
  }

  @Test
  void madeNamesDifferAlsoAtOneMoment() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<String> make = () -> create("").path("name").asText();
      List<String> names = new ArrayList<>();
      for (Future<String> made : threads.invokeAll(Collections.nCopies(12, make))) {
        names.add(made.get());
      }
      assertThat(names).doesNotHaveDuplicates();
    }
  }

  @Test
  void everythingThatIsGivenComesBack() {
    ObjectNode read =
        create(
            json(
                ", 'name': 'n', 'status': 'inactive', 'prefix': 'p_', 'namespaceDefinition':"
                    + " 'customformat', 'namespaceFormat': 'x_${SOURCE_NAMESPACE}',"
                    + " 'scheduleType': 'cron', 'scheduleData': {'cron': {'cronExpression':"
                    + " '0 0 12 * * ?', 'cronTimeZone': 'Europe/Madrid'}}, 'resourceRequirements':"
                    + " {'memory_limit': '1.5Gi', 'cpu_limit': '500m'}, 'syncSettings':"
                    + " {'batchRows': 1000, 'parallelism': 2, 'timeoutMinutes': 30, 'maxRetries':"
                    + " 0}, 'nonBreakingChangesPreference': 'PROPAGATE_FULLY',"
                    + " 'backfillPreference': 'enabled', 'notifySchemaChanges': true"));
    assertThat(read.path("scheduleData").path("cron").path("cronTimeZone").asText())
        .isEqualTo("Europe/Madrid");
    assertThat(read.path("nonBreakingChangesPreference").asText()).isEqualTo("propagate_fully");
    assertThat(read.path("resourceRequirements").path("memory_limit").asText()).isEqualTo("1.5Gi");
    assertThat(read.path("syncSettings").path("batchRows").asInt()).isEqualTo(1000);
    Connection connection = api.service.get(id(read)).connection();
    assertThat(SyncSettings.of(connection).maxRetries()).hasValue(0);
    assertThat(SyncSettings.of(connection).batchKib()).isEmpty();
    EngineSettings engine = SyncSettings.of(connection).of(EngineSettings.DEFAULT);
    assertThat(engine.readersMax()).isEqualTo(2);
    assertThat(engine.tuning().batchRowsMax()).isEqualTo(1000);
    assertThat(engine.tuning().batchBytesTarget())
        .isEqualTo(EngineSettings.DEFAULT.tuning().batchBytesTarget());
    assertThat(SyncSettings.of(connection).timeout()).hasValue(java.time.Duration.ofMinutes(30));
    assertThat(read.path("namespaceFormat").asText()).isEqualTo("x_${SOURCE_NAMESPACE}");
    ObjectNode again = read.deepCopy();
    again.remove(List.of("schedule", "sourceId", "destinationId"));
    assertThat(api.config("/connections/update", again.toString()).ok()).isEqualTo(read);
  }

  @Test
  void aCatalogOfNothingIsRefusedAndAnEarlierOneIsTaken() {
    String earlier = api.catalogs.keep().id().toString();
    ObjectNode made = create("");
    String present = made.path("sourceCatalogId").asText();
    ObjectNode update = Documents.empty().put("connectionId", made.path("connectionId").asText());

    update.put("sourceCatalogId", UUID.randomUUID().toString());
    TestApi.Reply refused = api.config("/connections/update", update.toString());
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().toString()).contains("sourceCatalogId is", "leave it out");
    assertThat(get(made).path("sourceCatalogId").asText()).isEqualTo(present);

    for (String known : List.of(earlier, present)) {
      update.put("sourceCatalogId", known);
      assertThat(api.config("/connections/update", update.toString()).ok().path("sourceCatalogId"))
          .isEqualTo(update.path("sourceCatalogId"));
    }
  }

  @Test
  void aSettingThatDoesNotExistIsRefusedAndNothingIsLost() {
    ObjectNode made = create(json(", 'syncSettings': {'timeoutMinutes': 5, 'maxRetries': 2}"));
    ObjectNode update = Documents.empty();
    update.put("connectionId", made.path("connectionId").asText());
    update.putObject("syncSettings").put("timeoutMinute", 7).put("x", 1);

    TestApi.Reply refused = api.config("/connections/update", update.toString());

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().toString())
        .contains("syncSettings.timeoutMinute", "did you mean \\\"timeoutMinutes\\\"?")
        .contains("syncSettings.x");
    Connection connection = api.service.get(id(made)).connection();
    assertThat(SyncSettings.of(connection).timeout()).hasValue(java.time.Duration.ofMinutes(5));

    update.putObject("syncSettings").put("timeoutMinutes", 7);
    assertThat(api.config("/connections/update", update.toString()).ok().path("syncSettings"))
        .as("one object in place of the other, as resourceRequirements")
        .isEqualTo(update.path("syncSettings"));
  }

  @Test
  void aLimitThatNoReaderFitsInIsRefused() {
    assertThat(refused(422, json(", 'resourceRequirements': {'memory_limit': '15Mi'}")))
        .contains("resourceRequirements.memory_limit", "15Mi", "at least 16Mi");
    create(json(", 'resourceRequirements': {'memory_limit': '16Mi', 'memory_request': '1Mi'}"));
  }

  @Test
  void bothFormsOfAScheduleAreRead() {
    ObjectNode old = create(json(", 'schedule': {'units': 6, 'timeUnit': 'hours'}"));
    assertThat(old.path("scheduleType").asText()).isEqualTo("basic");
    assertThat(old.path("schedule").path("units").asInt()).isEqualTo(6);
    assertThat(old.path("scheduleData").path("basicSchedule").path("timeUnit").asText())
        .isEqualTo("hours");
    assertThat(api.config("/connections/update", old.toString()).ok()).isEqualTo(old);
    ((ObjectNode) old.get("schedule")).put("units", 7);
    assertThat(api.config("/connections/update", old.toString()).status()).isEqualTo(422);
    assertThat(
            refused(
                422,
                json(", 'schedule': {'units': 6, 'timeUnit': 'hours'}, 'scheduleType': 'manual'")))
        .contains("schedule");
    assertThat(refused(422, json(", 'scheduleType': 'manual', 'scheduleData': {'cron': {}}")))
        .contains("scheduleData");
    assertThat(refused(422, json(", 'scheduleType': 'basic'"))).contains("basicSchedule");
    assertThat(refused(422, json(", 'scheduleData': {'cron': {}}"))).contains("scheduleType");
    assertThat(refused(400, json(", 'scheduleType': 'cron'"))).contains("missing-cron-data");
    assertThat(refused(400, cron("0 0 12 * * ?", "Nowhere/City"))).contains("invalid-timezone");
    assertThat(refused(400, cron("0 0 12 * * ?", "Etc/UTC"))).contains("unsupported-timezone");
    assertThat(refused(400, cron("whenever", "UTC"))).contains("invalid-expression");
    assertThat(
            refused(
                422,
                json(
                    ", 'scheduleType': 'basic', 'scheduleData': {'basicSchedule': {'units': '24',"
                        + " 'timeUnit': 'hours'}}")))
        .as("a number is no text")
        .contains("scheduleData.basicSchedule.units");
    assertThat(refused(422, cron("whenever", "UTC") + json(", 'name': 7, 'status': 'on'")))
        .contains("name", "status", "scheduleData.cron.cronExpression");
    assertThat(refused(422, json(", 'schedule': {'units': 0, 'timeUnit': 'years'}")))
        .contains("units")
        .contains("timeUnit");
  }

  @Test
  void aStreamNeedsTheFieldsThatItIsSyncedBy() {
    String stream =
        "{'stream': {'name': 'orders', 'namespace': 'public', 'defaultCursorField': [],"
            + " 'sourceDefinedPrimaryKey': []}, 'config': {'syncMode': 'incremental',"
            + " 'destinationSyncMode': 'append_dedup', 'cursorField': [%s], 'primaryKey': [%s]}}";
    assertThat(catalog(stream.formatted("", "")).json().path("validationErrors").toString())
        .contains(
            "\"syncCatalog.streams[0].config.cursorField\"",
            "\"syncCatalog.streams[0].config.primaryKey\"");
    assertThat(
            catalog(stream.formatted("'nope'", "['none']"))
                .json()
                .path("validationErrors")
                .findValuesAsText("invalidValue"))
        .containsExactly("nope", "none");
    assertThat(catalog(stream.formatted("'updated_at'", "['id']")).status()).isEqualTo(200);
  }

  @Test
  void aStreamWithoutNamespaceIsMatchedByItsNameWhereThatIsUnique() {
    assertThat(catalog("{'stream': {'name': 'twice'}}").json().path("validationErrors").toString())
        .contains("syncCatalog.streams[0].stream.namespace");
    assertThat(catalog("{'stream': {'name': 'nothing'}}").status()).isEqualTo(422);
    assertThat(
            catalog("{'stream': {'name': 'orders'}}, {'stream': {'name': 'orders'}}")
                .json()
                .path("validationErrors")
                .findValuesAsText("propertyPath"))
        .containsExactly("syncCatalog.streams[1].stream.name");
    assertThat(
            catalog("{'stream': {'name': 'twice', 'namespace': 'b'}}")
                .ok()
                .at("/syncCatalog/streams/0/stream/namespace")
                .asText())
        .isEqualTo("b");
  }

  @Test
  void namesEveryWrongFieldOfAStream() {
    TestApi.Reply reply =
        catalog(
            "{'stream': {'name': 'orders', 'jsonSchema': 1}, 'config': {'syncMode': 'x',"
                + " 'primaryKey': ['id'], 'selected': 'yes', 'selectedFields': [{}]}}");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().path("validationErrors").findValuesAsText("propertyPath"))
        .contains(
            "syncCatalog.streams[0].stream.jsonSchema",
            "syncCatalog.streams[0].config.syncMode",
            "syncCatalog.streams[0].config.destinationSyncMode",
            "syncCatalog.streams[0].config.primaryKey",
            "syncCatalog.streams[0].config.selected",
            "syncCatalog.streams[0].config.selectedFields[0].fieldPath");
    assertThat(
            catalog(
                    "{'stream': {'name': 'orders'}, 'config': {'syncMode': 'full_refresh',"
                        + " 'destinationSyncMode': 'overwrite', 'mappers': [{'type': 'hashing',"
                        + " 'mapperConfiguration': {}}]}}")
                .json()
                .path("title")
                .asText())
        .isEqualTo("error:mapper-validation/missing-required-param");
    assertThat(api.config("/connections/list", workspace()).ok().path("connections")).isEmpty();
  }

  @Test
  void getShowsSelectedStreamsAndAnUpdateChangesWhatItNames() {
    ObjectNode read =
        catalog(
                "{'stream': {'name': 'orders'}}, {'stream': {'name': 'twice', 'namespace': 'a'},"
                    + " 'config': {'syncMode': 'full_refresh', 'destinationSyncMode': 'append',"
                    + " 'selected': false}}")
            .ok();
    assertThat(read.at("/syncCatalog/streams")).hasSize(1);
    assertThat(api.service.get(id(read)).streams()).hasSize(2);
    ObjectNode changed =
        api.config(
                "/connections/update",
                json("{'connectionId': '%s', 'name': 'new', 'prefix': ''}", id(read)))
            .ok();
    assertThat(changed.path("name").asText()).isEqualTo("new");
    assertThat(changed.at("/syncCatalog/streams")).isEqualTo(read.at("/syncCatalog/streams"));
    assertThat(
            api.config(
                    "/connections/update",
                    json(
                        "{'connectionId': '%s', 'schedule': {'units': 1, 'timeUnit': 'days'}}",
                        id(read)))
                .status())
        .isEqualTo(422);
  }

  /** Dagster's reconciler sends on what a discover showed, where nothing is selected. */
  @Test
  void aCatalogThatSelectsNothingMeansWhatItNames() {
    String unselected =
        "{'stream': {'name': '%s', 'namespace': '%s'}, 'config': {'syncMode': 'full_refresh',"
            + " 'destinationSyncMode': 'append', 'selected': false}}";
    String orders = unselected.formatted("orders", "public");
    String twice = unselected.formatted("twice", "a");
    ObjectNode read = catalog(orders + ", " + twice).ok();
    assertThat(read.at("/syncCatalog/streams")).hasSize(2);
    ObjectNode chosen = update(read, twice.replace("false", "true") + ", " + orders).ok();
    assertThat(chosen.at("/syncCatalog/streams")).hasSize(1);
    ObjectNode again = update(read, orders + ", " + twice).ok();
    assertThat(again.at("/syncCatalog/streams")).as("as it was").hasSize(1);
    assertThat(again.at("/syncCatalog/streams/0/stream/name").asText()).isEqualTo("twice");

    ObjectNode part = catalog(orders).ok();
    ObjectNode whole = update(part, orders + ", " + twice).ok();
    assertThat(whole.at("/syncCatalog/streams")).as("nothing that nobody chose").hasSize(1);
  }

  private TestApi.Reply update(ObjectNode read, String streams) {
    return api.config(
        "/connections/update",
        json("{'connectionId': '%s', 'syncCatalog': {'streams': [%s]}}", id(read), json(streams)));
  }

  @Test
  void aDeletedConnectionStaysReadable() {
    ObjectNode read = create("");
    String body = json("{'connectionId': '%s'}", id(read));
    assertThat(api.config("/connections/delete", body).status()).isEqualTo(204);
    assertThat(api.config("/connections/delete", body).status()).isEqualTo(204);
    assertThat(api.jobs.cancelled).containsExactly(id(read));
    assertThat(get(read).path("status").asText()).isEqualTo("deprecated");
    assertThat(api.config("/connections/list", workspace()).ok().path("connections")).isEmpty();
    assertThat(api.config("/connections/list_all", workspace()).ok().path("connections"))
        .hasSize(1);
    assertThat(api.config("/connections/update", body).status()).isEqualTo(409);
    assertThat(api.send("GET", "/v1/connections/" + id(read), null).status()).isEqualTo(404);
    assertThat(api.told).containsExactly("->active by local", "active->deprecated by local");
  }

  @Test
  void aLockedConnectionIsOnlyUnlocked() {
    ObjectNode read = create(json(", 'status': 'locked'"));
    TestApi.Reply reply =
        api.config("/connections/update", json("{'connectionId': '%s', 'name': 'x'}", id(read)));
    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.json().path("title").asText()).isEqualTo("error:connection/locked");
    assertThat(
            api.config(
                    "/connections/update",
                    json("{'connectionId': '%s', 'status': 'active'}", id(read)))
                .ok()
                .path("status")
                .asText())
        .isEqualTo("active");
  }

  @Test
  void unknownIdsAre404() {
    String nobody = "7b1e2c3d-0000-4000-8000-000000000001";
    assertThat(api.config("/connections/get", json("{'connectionId': '%s'}", nobody)).status())
        .isEqualTo(404);
    assertThat(
            api.config(
                    "/connections/create",
                    json("{'sourceId': '%s', 'destinationId': '%s'}", nobody, api.destination))
                .status())
        .isEqualTo(404);
    assertThat(
            api.config(
                    "/connections/create",
                    json("{'sourceId': '%s', 'destinationId': '%s'}", api.destination, api.source))
                .status())
        .isEqualTo(404);
  }

  @Test
  void listsPagesAndSearches() {
    for (int i = 0; i < 5; i++) {
      create(json(", 'name': 'c%s', 'prefix': 'p%s'", i, i % 2));
    }
    assertThat(names("/connections/list", workspace())).hasSize(5);
    assertThat(
            names(
                "/connections/list_paginated",
                json(
                    "{'workspaceIds': ['%s'], 'pagination': {'pageSize': 2, 'rowOffset': 4}}",
                    api.workspace)))
        .hasSize(1);
    assertThat(names("/connections/search", json("{'prefix': 'p1', 'source': {'name': 'Shop'}}")))
        .containsExactlyInAnyOrder("c1", "c3");
    assertThat(names("/connections/search", json("{'source': {'sourceName': 'MySQL'}}"))).isEmpty();
    assertThat(
            names(
                "/connections/list_by_actor_definition",
                json(
                    "{'actorType': 'source', 'actorDefinitionId': '%s'}",
                    TestApi.definition(Side.SOURCE))))
        .hasSize(5);
    JsonNode all = api.send("GET", "/api/v1/connections/list", null).ok();
    assertThat(all.path("data")).hasSize(5).isEqualTo(all.path("connections"));
    assertThat(api.send("GET", "/api/v1/connections/list", workspace()).ok().path("connections"))
        .hasSize(5);
  }

  private List<String> names(String path, String body) {
    return api.config(path, body).ok().path("connections").findValuesAsText("connectionId").stream()
        .map(id -> api.service.get(ConnectionId.of(id)).connection().name())
        .toList();
  }

  private String workspace() {
    return json("{'workspaceId': '%s'}", api.workspace);
  }

  private static ConnectionId id(JsonNode read) {
    return ConnectionId.of(read.path("connectionId").asText());
  }

  private ObjectNode get(JsonNode read) {
    return api.config("/connections/get", json("{'connectionId': '%s'}", id(read))).ok();
  }

  private static String cron(String expression, String zone) {
    return json(
        ", 'scheduleType': 'cron', 'scheduleData': {'cron': {'cronExpression': '%s',"
            + " 'cronTimeZone': '%s'}}",
        expression, zone);
  }

  private ObjectNode create(String more) {
    return send("{'stream': {'name': 'orders'}}", more).ok();
  }

  private String refused(int status, String more) {
    TestApi.Reply reply = send("{'stream': {'name': 'orders'}}", more);
    assertThat(reply.status()).as(reply.json().toString()).isEqualTo(status);
    return reply.json().toString();
  }

  private TestApi.Reply catalog(String streams) {
    return send(streams, "");
  }

  private TestApi.Reply send(String streams, String more) {
    return api.config(
        "/connections/create",
        json("{'sourceId': '%s', 'destinationId': '%s', ", api.source, api.destination)
            + "\"syncCatalog\": {\"streams\": ["
            + streams.replace('\'', '"')
            + "]}"
            + more
            + "}");
  }
}
