package io.millrace.server.webbackend;

import static io.millrace.server.connection.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionStatus;
import io.millrace.server.connection.TestApi;
import io.millrace.server.connection.TestConnections;
import io.millrace.server.connection.TestStreams;
import io.millrace.server.job.JobStore;
import io.millrace.server.job.JobType;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EachStore
final class WebConnectionApiTest {
  private final Dialect dialect;

  private TestApi api;

  WebConnectionApiTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void start() {
    api = TestApi.fresh(dialect);
    api.catalogs.offer(
        TestStreams.table("public", "orders", "note"), TestStreams.table("public", "other"));
    api.catalogs.keep();
  }

  @Test
  void showsAConnectionWithEverythingAroundIt() {
    JsonNode made =
        create(
            json(
                ", 'operations': [{'workspaceId': '%s', 'name': 'hook', 'operatorConfiguration':"
                    + " {'operatorType': 'webhook', 'webhook': {'executionUrl': 'http://x'}}}]",
                api.workspace));
    assertThat(made.at("/source/name").asText()).isEqualTo("Shop");
    assertThat(made.at("/destination/name").asText()).isEqualTo("Lake");
    assertThat(made.at("/operations/0/name").asText()).isEqualTo("hook");
    assertThat(made.path("operationIds").get(0)).isEqualTo(made.at("/operations/0/operationId"));
    assertThat(made.path("isSyncing").asBoolean(true)).isFalse();
    assertThat(made.path("schemaChange").asText()).isEqualTo("no_change");
    assertThat(made.path("catalogId").isTextual()).isTrue();
    assertThat(made.path("createdAt").asLong()).isEqualTo(TestApi.NOW.getEpochSecond());
    assertThat(made.has("created_at")).isFalse();
    assertThat(made.has("sourceActorDefinitionVersion")).isTrue();
    JsonNode streams = made.at("/syncCatalog/streams");
    assertThat(streams.findValuesAsText("aliasName")).containsExactly("orders", "other");
    assertThat(streams.findValuesAsText("selected")).containsExactly("true", "false");
    assertThat(
            api.config(
                    "/operations/list",
                    json("{'connectionId': '%s'}", made.path("connectionId").asText()))
                .ok()
                .path("operations"))
        .isEqualTo(made.path("operations"));
  }

  @Test
  void aFailedCreateLeavesNoOperation() {
    TestApi.Reply reply =
        api.config(
            "/web_backend/connections/create",
            json(
                "{'sourceId': '%s', 'destinationId': '%s', 'tags': [{'tagId': '%s'}], 'operations':"
                    + " [{'workspaceId': '%s', 'name': 'hook', 'operatorConfiguration':"
                    + " {'operatorType': 'webhook'}}]}",
                api.source, api.destination, ConnectionId.random(), api.workspace));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(
            api.database.<Integer>read(
                tx -> tx.createQuery("SELECT count(*) FROM operation").mapTo(Integer.class).one()))
        .isZero();
  }

  @Test
  void namesEverythingThatIsWrongWithItsStreams() {
    String update =
        json("{'connectionId': '%s', ", create("").path("connectionId").asText())
            + ("'syncCatalog': {'streams': [{'stream': {'name': 'other'}}, {'stream': {'name':"
                    + " 'orders'}, 'config': {'syncMode': '%s', 'destinationSyncMode': 'append',"
                    + " 'cursorField': ['%s'], 'mappers': [{'type': 'hashing',"
                    + " 'mapperConfiguration': {'targetField': 'note', 'fieldNameSuffix':"
                    + " '_hashed'%s}}]}}]}}")
                .replace('\'', '"');
    String method = json(", 'method': 'SHA-256'");
    String config = "syncCatalog.streams[1].config.";
    TestApi.Reply all = update(update.formatted("zzz", "nope", ""));
    assertThat(all.status()).isEqualTo(422);
    assertThat(paths(all))
        .containsExactlyInAnyOrder(
            config + "syncMode",
            config + "cursorField",
            config + "mappers[0].mapperConfiguration.method");
    assertThat(paths(update(update.formatted("zzz", "updated_at", method))))
        .as("nothing is said of what goes with a mode that nobody knows")
        .containsExactly(config + "syncMode");
    TestApi.Reply two = update(update.formatted("incremental", "nope", ""));
    assertThat(two.status()).isEqualTo(422);
    assertThat(paths(two))
        .containsExactlyInAnyOrder(
            config + "cursorField", config + "mappers[0].mapperConfiguration.method");
    assertThat(paths(update(update.formatted("incremental", "nope", method))))
        .containsExactly(config + "cursorField");
    TestApi.Reply mapper = update(update.formatted("incremental", "updated_at", ""));
    assertThat(mapper.status()).isEqualTo(400);
    assertThat(mapper.json().path("type").asText())
        .isEqualTo("error:mapper-validation/missing-required-param");
    assertThat(mapper.json().at("/data/validationErrors/0/propertyPath").asText())
        .isEqualTo(config + "mappers[0].mapperConfiguration.method");
  }

  @Test
  void aFreshCatalogIsComparedAndMerged() {
    JsonNode made = create("");
    String get =
        json(
            "{'connectionId': '%s', 'withRefreshedCatalog': true}",
            made.path("connectionId").asText());
    String before = made.path("catalogId").asText();
    api.catalogs.offer(
        TestStreams.table("public", "orders", "fresh"), TestStreams.table("public", "new"));
    JsonNode fresh = api.config("/web_backend/connections/get", get).ok();
    assertThat(fresh.at("/catalogDiff/transforms").findValuesAsText("transformType"))
        .contains("add_stream", "remove_stream", "update_stream", "add_field", "remove_field");
    assertThat(fresh.path("schemaChange").asText()).isEqualTo("non_breaking");
    assertThat(fresh.at("/syncCatalog/streams").findValuesAsText("aliasName"))
        .containsExactly("orders", "new");
    assertThat(fresh.at("/syncCatalog/streams/0/stream/jsonSchema/properties").has("fresh"))
        .isTrue();
    JsonNode diff =
        api.config(
                "/catalogs/diff",
                json(
                    "{'currentCatalogId': '%s', 'newCatalogId': '%s'}",
                    before, fresh.path("catalogId").asText()))
            .ok();
    assertThat(diff.path("schemaChange").asText()).isEqualTo("non_breaking");
    assertThat(diff.at("/catalogDiff/transforms")).hasSize(3);
  }

  @Test
  void changedStreamsAreReadAgainUnlessThatIsSkipped() {
    JsonNode made = create("");
    ObjectNode update = Documents.empty();
    update.set("connectionId", made.path("connectionId"));
    update.set("syncCatalog", made.path("syncCatalog"));
    api.config("/web_backend/connections/update", update.toString()).ok();
    assertThat(api.jobs.again).isEmpty();
    ((ObjectNode) update.at("/syncCatalog/streams/0/config")).put("destinationSyncMode", "append");
    api.config(
            "/web_backend/connections/update", update.deepCopy().put("skipReset", true).toString())
        .ok();
    assertThat(api.jobs.again).isEmpty();
    ((ObjectNode) update.at("/syncCatalog/streams/0/config"))
        .put("destinationSyncMode", "overwrite");
    api.config("/web_backend/connections/update", update.toString()).ok();
    assertThat(api.jobs.again).containsExactly("public.orders");
  }

  @Test
  void listsAreSortedFilteredAndPaged() {
    List<Connection> all = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      Connection connection = TestConnections.of(api, (i % 2 == 0 ? "B" : "a") + i + "%");
      all.add(
          i == 6
              ? connection.withStatus(ConnectionStatus.INACTIVE, null, TestApi.NOW)
              : connection);
      TestConnections.add(api, all.getLast());
    }
    job(all.get(0), "succeeded", 10);
    job(all.get(1), "failed", 30);
    job(all.get(2), "running", 20);
    job(all.get(3), "pending", 5);
    assertThat(pages("'pageSize': 3"))
        .containsExactly("a1%", "a3%", "a5%", "B0%", "B2%", "B4%", "B6%");
    assertThat(pages("'pageSize': 2, 'sortKey': 'connectionName_desc'"))
        .containsExactly("B6%", "B4%", "B2%", "B0%", "a5%", "a3%", "a1%");
    assertThat(pages("'pageSize': 2, 'sortKey': 'lastSync_desc'"))
        .startsWith("a1%", "B2%", "B0%", "a3%")
        .hasSize(7);
    assertThat(pages("'filters': {'statuses': ['failed', 'running']}"))
        .containsExactly("a1%", "B2%");
    assertThat(pages("'filters': {'states': ['inactive']}")).containsExactly("B6%");
    assertThat(pages("'filters': {'searchTerm': 'A3%'}")).containsExactly("a3%");
    assertThat(pages("'filters': {'searchTerm': 'shop'}")).hasSize(7);
    assertThat(pages(json("'sourceId': ['%s']", ConnectionId.random()))).isEmpty();
    JsonNode first = list("'pageSize': 1, 'filters': {'statuses': ['running']}");
    assertThat(first.path("num_connections").asInt()).isEqualTo(1);
    assertThat(first.path("page_size").asInt()).isEqualTo(1);
    assertThat(first.at("/connections/0/isSyncing").asBoolean()).isTrue();
    assertThat(first.at("/connections/0/latestSyncJobCreatedAt").asLong()).isEqualTo(20);
    assertThat(first.at("/connections/0/source/name").asText()).isEqualTo("Shop");
    assertThat(
            api.config(
                    "/web_backend/connections/list",
                    json("{'workspaceId': '%s', 'sortKey': 'x'}", api.workspace))
                .status())
        .isEqualTo(422);
    assertThat(
            api.config(
                    "/web_backend/connections/status_counts",
                    json("{'workspaceId': '%s'}", api.workspace))
                .ok()
                .toString())
        .isEqualTo(
            json("{'running':1,'queued':1,'paused':1,'failed':1,'healthy':1,'notSynced':2}"));
  }

  @Test
  void listsAreNarrowedToThoseOnDemand() {
    JsonNode marked = create(json(", 'name': 'marked', 'onDemandEnabled': true"));
    create(json(", 'name': 'unmarked', 'onDemandEnabled': false"));
    TestConnections.add(api, "silent");
    assertThat(marked.path("onDemandEnabled").asBoolean()).isTrue();
    assertThat(pages("'filters': {'onDemandEnabled': true}")).containsExactly("marked");
    assertThat(pages("'pageSize': 1, 'filters': {'onDemandEnabled': false}"))
        .containsExactly("silent", "unmarked");
    assertThat(pages("'filters': {}")).hasSize(3);
    assertThat(list("'filters': {'onDemandEnabled': true}").path("num_connections").asInt())
        .isEqualTo(1);
  }

  @Test
  void operationsAreKeptAndChecked() {
    String operation =
        json(
            "'workspaceId': '%s', 'name': 'hook', 'operatorConfiguration': {'operatorType':"
                + " 'webhook', 'webhook': {'executionUrl': 'http://x'}}}",
            api.workspace);
    JsonNode made = api.config("/operations/create", "{" + operation).ok();
    String id = json("{'operationId': '%s'", made.path("operationId").asText());
    assertThat(api.config("/operations/get", id + "}").ok()).isEqualTo(made);
    assertThat(
            api.config("/operations/update", id + "," + operation.replace("\"hook\"", "\"new\""))
                .ok()
                .path("name")
                .asText())
        .isEqualTo("new");
    assertThat(
            api.config("/operations/check", made.path("operatorConfiguration").toString())
                .ok()
                .path("status")
                .asText())
        .isEqualTo("succeeded");
    assertThat(
            api.config(
                    "/operations/check",
                    json(
                        "{'operatorType': 'webhook', 'webhook':" + " {'executionUrl': 'ftp://x'}}"))
                .ok()
                .path("status")
                .asText())
        .isEqualTo("failed");
    assertThat(api.config("/operations/delete", id + "}").status()).isEqualTo(204);
    assertThat(api.config("/operations/get", id + "}").status()).isEqualTo(404);
  }

  private void job(Connection connection, String status, long second) {
    api.database.change(
        tx -> {
          long id =
              new JobStore()
                  .insert(
                      tx,
                      connection.id(),
                      JobType.SYNC,
                      Documents.empty(),
                      Instant.ofEpochSecond(second));
          tx.execute("UPDATE job SET status = ? WHERE id = ?", status, id);
        });
  }

  private TestApi.Reply update(String body) {
    return api.config("/web_backend/connections/update", body);
  }

  private static List<String> paths(TestApi.Reply reply) {
    return reply.json().path("validationErrors").findValuesAsText("propertyPath");
  }

  private JsonNode create(String more) {
    return api.config(
            "/web_backend/connections/create",
            json(
                    "{'sourceId': '%s', 'destinationId': '%s', 'syncCatalog': {'streams':"
                        + " [{'stream': {'name': 'orders'}}]}",
                    api.source, api.destination)
                + more
                + "}")
        .ok();
  }

  private JsonNode list(String more) {
    return api.config(
            "/web_backend/connections/list",
            json("{'workspaceId': '%s', ", api.workspace) + more.replace('\'', '"') + "}")
        .ok();
  }

  private List<String> pages(String more) {
    List<String> names = new ArrayList<>();
    String cursor = "";
    while (true) {
      JsonNode page = list(more + cursor).path("connections");
      if (page.isEmpty()) {
        return names;
      }
      page.forEach(one -> names.add(one.path("name").asText()));
      cursor = json(", 'cursor': '%s'", page.get(page.size() - 1).path("connectionId").asText());
    }
  }
}
