package io.millrace.server.connection;

import static io.millrace.server.connection.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EachStore
final class PublicConnectionApiTest {
  private final Dialect dialect;

  private TestApi api;

  PublicConnectionApiTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void start() {
    api = TestApi.fresh(dialect);
    ObjectNode plain = TestStreams.table("public", "plain", "name");
    plain.putArray("defaultCursorField");
    plain.putArray("sourceDefinedPrimaryKey");
    ObjectNode full = TestStreams.table(null, "full");
    full.putArray("supportedSyncModes").add("full_refresh");
    api.catalogs.offer(
        TestStreams.table("public", "orders", "note"),
        plain,
        full,
        TestStreams.table("a", "twice"),
        TestStreams.table("b", "twice"));
  }

  @Test
  void takesEveryStreamWithDefaultsOfThisApi() {
    JsonNode made = create("").ok();
    assertThat(api.catalogs.discovers).isEqualTo(1);
    assertThat(made.path("name").asText()).isEqualTo("Shop <> Lake");
    assertThat(made.path("status").asText()).isEqualTo("active");
    assertThat(made.path("schedule")).isEqualTo(schedule("manual"));
    assertThat(made.path("namespaceDefinition").asText()).isEqualTo("destination");
    assertThat(made.path("prefix").asText("none")).isEmpty();
    assertThat(made.path("dataResidency").asText()).isEqualTo("auto");
    assertThat(made.path("nonBreakingSchemaUpdatesBehavior").asText()).isEqualTo("ignore");
    assertThat(made.path("createdAt").asLong()).isEqualTo(TestApi.NOW.getEpochSecond());
    assertThat(made.path("tags").isArray()).isTrue();
    assertThat(made.at("/configurations/streams"))
        .hasSize(5)
        .allMatch(one -> one.path("syncMode").asText().equals("full_refresh_overwrite"));
    create("").ok();
    assertThat(api.catalogs.discovers).as("from the cached catalog").isEqualTo(1);
  }

  @Test
  void streamsKeepTheirOrderAndModes() {
    String streams =
        json(
            ", 'configurations': {'streams': [{'name': 'twice', 'namespace': 'b', 'syncMode':"
                + " 'incremental_append'}, {'name': 'orders', 'syncMode':"
                + " 'incremental_deduped_history', 'selectedFields': [{'fieldPath': ['id']},"
                + " {'fieldPath': ['updated_at']}]}, {'name': 'full'}, {'name': 'plain',"
                + " 'syncMode': 'full_refresh_overwrite_deduped', 'primaryKey': [['name']]}]}");
    JsonNode made = create(streams).ok();
    JsonNode configured = made.at("/configurations/streams");
    assertThat(configured.findValuesAsText("name"))
        .containsExactly("twice", "orders", "full", "plain");
    assertThat(configured.findValuesAsText("syncMode"))
        .containsExactly(
            "incremental_append",
            "incremental_deduped_history",
            "full_refresh_overwrite",
            "full_refresh_overwrite_deduped");
    assertThat(configured.get(1).path("namespace").asText()).isEqualTo("public");
    assertThat(configured.get(1).path("cursorField").get(0).asText()).isEqualTo("updated_at");
    assertThat(configured.get(1).path("primaryKey").toString()).isEqualTo("[[\"id\"]]");
    assertThat(configured.get(1).path("selectedFields")).hasSize(2);
    assertThat(configured.get(0).has("selectedFields")).isFalse();
    assertThat(patch(made, "{'name': 'new'}").ok().at("/configurations/streams"))
        .isEqualTo(configured);
    assertThat(
            patch(made, "{'configurations': {'streams': " + configured + "}}")
                .ok()
                .at("/configurations/streams"))
        .isEqualTo(configured);
    assertThat(
            patch(made, "{'configurations': {'streams': [{'name': 'full'}]}}")
                .ok()
                .at("/configurations/streams"))
        .hasSize(1);
  }

  @Test
  void refusesWhatAStreamCannotDo() {
    Map<String, String> refusals =
        Map.ofEntries(
            Map.entry("'name': 'nothing'", "the name of a stream of the source"),
            Map.entry(
                "'name': 'full', 'syncMode': 'incremental_append'",
                "a mode that stream full can be synced with: full_refresh_overwrite, "),
            Map.entry(
                "'name': 'orders', 'syncMode': 'full_refresh_update'",
                "a mode that stream public.orders can be synced with"),
            Map.entry(
                "'name': 'plain', 'syncMode': 'incremental_append'", "which has none of its own"),
            Map.entry(
                "'name': 'orders', 'syncMode': 'incremental_append', 'cursorField': ['x']",
                "a field of stream public"),
            Map.entry(
                "'name': 'plain', 'syncMode': 'full_refresh_overwrite_deduped'",
                "which has none of its own"),
            Map.entry(
                "'name': 'plain', 'syncMode': 'full_refresh_overwrite_deduped', 'primaryKey':"
                    + " [['x']]",
                "a field of stream public"),
            Map.entry(
                "'name': 'plain', 'syncMode': 'full_refresh_overwrite_deduped', 'primaryKey':"
                    + " [['name'], ['name']]",
                "every field once"),
            Map.entry(
                "'name': 'orders', 'syncMode': 'incremental_deduped_history', 'primaryKey':"
                    + " [['note']]",
                "its source's own"),
            Map.entry("'name': 'orders', 'cursorField': ['zzz']", "a field of stream"),
            Map.entry("'name': 'plain', 'primaryKey': [['zzz']]", "a field of stream"),
            Map.entry("'name': 'orders', 'selectedFields': []", "at least one field"),
            Map.entry(
                "'name': 'orders', 'selectedFields': [{'fieldPath': ['note', 'x']}]", "top-level"),
            Map.entry(
                "'name': 'orders', 'selectedFields': [{'fieldPath': ['x']}]",
                "a field of stream public.orders"),
            Map.entry(
                "'name': 'orders', 'selectedFields': [{'fieldPath': ['id']}, {'fieldPath':"
                    + " ['id']}]",
                "every field once"),
            Map.entry(
                "'name': 'orders', 'syncMode': 'incremental_append', 'selectedFields':"
                    + " [{'fieldPath': ['id']}]",
                "the field updated_at among them"));
    refusals.forEach(
        (stream, sentence) -> {
          TestApi.Reply reply = create(json(", 'configurations': {'streams': [{" + stream + "}]}"));
          assertThat(reply.status()).as(stream).isEqualTo(400);
          assertThat(reply.json().path("title").asText()).isEqualTo("bad-request");
          assertThat(reply.json().at("/data/message").asText()).contains(sentence);
        });
    assertThat(create(json(", 'configurations': {'streams': [{'name': 'twice'}]}")).status())
        .isEqualTo(422);
    assertThat(create(json(", 'configurations': {'streams': [{'syncMode': 'x'}]}")).status())
        .isEqualTo(422);
    assertThat(api.send("GET", "/v1/connections", null).ok().path("data")).isEmpty();
  }

  @Test
  void namesEveryWrongField() {
    String body =
        json(
            ", 'name': 7, 'status': 'on', 'namespaceDefinition': 'nowhere', 'prefix': 4, 'tags':"
                + " [{'tagId': 'x'}], 'configurations': {'streams': [{'name': 'orders', 'syncMode':"
                + " 'zzz'}]}, 'schedule': {'scheduleType': 'cron', 'cronExpression': 'nonsense'}");
    TestApi.Reply reply = create(body);
    assertThat(reply.status()).as(reply.json().toString()).isEqualTo(422);
    assertThat(paths(reply))
        .containsExactlyInAnyOrder(
            "name",
            "status",
            "namespaceDefinition",
            "prefix",
            "tags[0].tagId",
            "configurations.streams[0].syncMode",
            "schedule.cronExpression");
    TestApi.Reply cron =
        create(json(", 'schedule': {'scheduleType': 'cron', 'cronExpression': 'nonsense'}"));
    assertThat(cron.status()).isEqualTo(400);
    assertThat(cron.json().path("type").asText())
        .isEqualTo("error:cron-validation/invalid-expression");
    assertThat(paths(cron)).containsExactly("schedule.cronExpression");
    assertThat(paths(create(json(", 'schedule': {'scheduleType': 'cron', 'cronExpression': 5}"))))
        .containsExactly("schedule.cronExpression");
  }

  @Test
  void namesWhatIsWrongWithEveryStream() {
    TestApi.Reply missing = streams("{'name': 'zzz'}, {'name': 'yyy', 'namespace': 'public'}");
    assertThat(missing.status()).isEqualTo(400);
    assertThat(paths(missing))
        .containsExactly("configurations.streams[0].name", "configurations.streams[1].name");
    assertThat(missing.json().at("/data/message").asText()).contains("\"zzz\"", "\"public.yyy\"");
    TestApi.Reply fields =
        streams(
            "{'name': 'orders', 'syncMode': 'incremental_append', 'cursorField': ['nope']},"
                + " {'name': 'plain', 'syncMode': 'incremental_deduped_history', 'cursorField':"
                + " ['none'], 'primaryKey': [['id'], ['nil']]}");
    assertThat(fields.status()).isEqualTo(400);
    assertThat(paths(fields))
        .containsExactly(
            "configurations.streams[0].cursorField",
            "configurations.streams[1].cursorField",
            "configurations.streams[1].primaryKey");
    TestApi.Reply both =
        streams("{'name': 'zzz'}, {'name': 'full', 'syncMode': 'x', 'cursorField': 'id'}");
    assertThat(both.status()).isEqualTo(422);
    assertThat(paths(both))
        .as("with what is no JSON of a stream")
        .containsExactlyInAnyOrder(
            "configurations.streams[0].name",
            "configurations.streams[1].syncMode",
            "configurations.streams[1].cursorField");
  }

  @Test
  void namesEveryWrongParameter() {
    TestApi.Reply reply =
        api.send("GET", "/v1/connections?limit=x&offset=y&workspaceIds=z,w&tagIds=q", null);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(paths(reply))
        .containsExactly("limit", "offset", "workspaceIds", "workspaceIds", "tagIds");
  }

  @Test
  void aSourceWithItsOwnCursorNeedsNone() {
    ObjectNode own = TestStreams.table(null, "own").put("sourceDefinedCursor", true);
    own.putArray("defaultCursorField");
    api.catalogs.offer(own);
    api.catalogs.keep();
    String stream = "{'name': 'own', 'syncMode': 'incremental_append'%s}";
    create(json(", 'configurations': {'streams': [" + String.format(stream, "") + "]}")).ok();
    assertThat(
            create(
                    json(
                        ", 'configurations': {'streams': ["
                            + String.format(stream, ", 'cursorField': ['updated_at']")
                            + "]}"))
                .json()
                .at("/data/message")
                .asText())
        .contains("its source's own");
  }

  @Test
  void schedulesAreReadAndShown() {
    JsonNode made =
        create(json(", 'schedule': {'scheduleType': 'cron', 'cronExpression': '0 0 6 * * ? UTC'}"))
            .ok();
    assertThat(made.path("schedule"))
        .isEqualTo(schedule("cron").put("cronExpression", "0 0 6 * * ? UTC"));
    api.config(
            "/connections/update",
            json(
                "{'connectionId': '%s', 'scheduleType': 'basic', 'scheduleData': {'basicSchedule':"
                    + " {'units': 24, 'timeUnit': 'hours'}}}",
                made.path("connectionId").asText()))
        .ok();
    JsonNode shown =
        api.send("GET", "/v1/connections/" + made.path("connectionId").asText(), null).ok();
    assertThat(shown.path("schedule"))
        .isEqualTo(schedule("basic").put("basicTiming", "Every 24 HOURS"));
    assertThat(patch(made, "{'schedule': {'scheduleType': 'manual'}}").ok().path("schedule"))
        .isEqualTo(schedule("manual"));
    for (String bad : List.of("* 0 6 * * ?", "0 * 6 * * ?", "* 6 * * *", "nonsense")) {
      assertThat(
              patch(made, "{'schedule': {'scheduleType': 'cron', 'cronExpression': '" + bad + "'}}")
                  .status())
          .as(bad)
          .isEqualTo(400);
    }
    assertThat(patch(made, "{'schedule': {'scheduleType': 'cron'}}").status()).isEqualTo(400);
    assertThat(patch(made, "{'schedule': {'scheduleType': 'basic'}}").status()).isEqualTo(422);
  }

  @Test
  void aBasicScheduleIsTakenAsItIsShown() {
    JsonNode made =
        create(json(", 'schedule': {'scheduleType': 'basic', 'basicTiming': 'Every 24 HOURS'}"))
            .ok();
    ObjectNode shown = schedule("basic").put("basicTiming", "Every 24 HOURS");
    assertThat(made.path("schedule")).isEqualTo(shown);
    assertThat(
            patch(made, Documents.empty().set("schedule", shown).toString()).ok().path("schedule"))
        .isEqualTo(shown);
    for (String bad :
        List.of(
            "every 24 HOURS",
            "Every 24 hours",
            "Every 0 HOURS",
            "Every 24 YEARS",
            "Every  1 DAYS")) {
      TestApi.Reply refused =
          patch(made, "{'schedule': {'scheduleType': 'basic', 'basicTiming': '" + bad + "'}}");
      assertThat(refused.status()).as(bad).isEqualTo(422);
      assertThat(refused.json().toString())
          .contains("schedule.basicTiming is \\\"" + bad, "a text like", "one of MINUTES");
    }
    TestApi.Reply missing = patch(made, "{'schedule': {'scheduleType': 'basic'}}");
    assertThat(missing.status()).isEqualTo(422);
    assertThat(missing.json().toString()).contains("schedule.basicTiming", "it is required");
  }

  @Test
  void patchesAndTranslates() {
    JsonNode made = create("").ok();
    JsonNode changed =
        patch(
                made,
                "{'name': 'n', 'status': 'inactive', 'prefix': 'p_', 'namespaceDefinition':"
                    + " 'custom_format', 'namespaceFormat': 'x', 'nonBreakingSchemaUpdatesBehavior':"
                    + " 'disable_connection'}")
            .ok();
    assertThat(changed.path("namespaceDefinition").asText()).isEqualTo("custom_format");
    assertThat(changed.path("nonBreakingSchemaUpdatesBehavior").asText())
        .isEqualTo("disable_connection");
    assertThat(changed.path("status").asText()).isEqualTo("inactive");
    assertThat(patch(made, "{'prefix': ''}").ok().path("prefix").asText("x")).isEmpty();
    assertThat(patch(made, "{'status': 'locked'}").ok().path("status").asText())
        .isEqualTo("locked");
    TestApi.Reply locked = patch(made, "{'name': 'no'}");
    assertThat(locked.status()).isEqualTo(409);
    assertThat(locked.json().path("type").asText()).isEqualTo("error:connection/locked");
  }

  @Test
  void pagesEndExactly() {
    for (int i = 0; i < 5; i++) {
      TestConnections.add(api, "c" + i);
    }
    List<String> seen = new ArrayList<>();
    String next = "/api/public/v1/connections?workspaceIds=" + api.workspace + "&limit=2&offset=0";
    int pages = 0;
    while (!next.isEmpty()) {
      JsonNode page = api.send("GET", next, null).ok();
      assertThat(page.path("previous").asText().isEmpty()).isEqualTo(pages == 0);
      seen.addAll(page.path("data").findValuesAsText("connectionId"));
      next = page.path("next").asText();
      pages++;
    }
    assertThat(pages).isEqualTo(3);
    assertThat(seen).hasSize(5).doesNotHaveDuplicates();
    assertThat(api.send("GET", "/v1/connections?limit=0", null).status()).isEqualTo(422);
    assertThat(api.send("GET", "/v1/connections?limit=5", null).ok().path("next").asText("x"))
        .isEmpty();
  }

  @Test
  void aDeletedConnectionIsGone() {
    JsonNode made = create("").ok();
    String path = "/v1/connections/" + made.path("connectionId").asText();
    assertThat(api.send("DELETE", path, null).status()).isEqualTo(204);
    assertThat(api.send("GET", path, null).status()).isEqualTo(404);
    assertThat(api.send("DELETE", path, null).status()).isEqualTo(404);
    assertThat(api.send("PATCH", path, "{}").status()).isEqualTo(404);
    assertThat(api.send("GET", "/v1/connections", null).ok().path("data")).isEmpty();
    assertThat(api.send("GET", "/v1/connections?includeDeleted=true", null).ok().path("data"))
        .hasSize(1);
  }

  private static List<String> paths(TestApi.Reply reply) {
    return reply.json().at("/data/validationErrors").findValuesAsText("propertyPath");
  }

  private TestApi.Reply streams(String streams) {
    api.catalogs.keep();
    return create(json(", 'configurations': {'streams': [" + streams + "]}"));
  }

  @Test
  void aSelectionThatTheSourceHasLostAFieldOfStays() {
    String chosen =
        "{'configurations': {'streams': [{'name': 'orders', 'selectedFields':"
            + " [{'fieldPath': ['id']}, {'fieldPath': ['note']}%s]}]}}";
    JsonNode made = create("").ok();
    patch(made, chosen.formatted("")).ok();
    api.catalogs.offer(TestStreams.table("public", "orders"));
    api.catalogs.keep();
    assertThat(
            patch(made, chosen.formatted("")).ok().at("/configurations/streams/0/selectedFields"))
        .hasSize(2);
    TestApi.Reply more = patch(made, chosen.formatted(", {'fieldPath': ['nope']}"));
    assertThat(more.status()).isEqualTo(400);
    assertThat(more.json().at("/data/message").asText()).contains("nope").doesNotContain("note");
  }

  private TestApi.Reply create(String more) {
    return api.send(
        "POST",
        "/api/public/v1/connections",
        json("{'sourceId': '%s', 'destinationId': '%s'", api.source, api.destination) + more + "}");
  }

  private TestApi.Reply patch(JsonNode made, String body) {
    return api.send(
        "PATCH", "/v1/connections/" + made.path("connectionId").asText(), body.replace('\'', '"'));
  }

  private static ObjectNode schedule(String type) {
    return io.millrace.server.json.Documents.empty().put("scheduleType", type);
  }
}
