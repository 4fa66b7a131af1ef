package io.millrace.server.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.apiclient.ApiClient;
import io.millrace.server.apiclient.Credentials;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConfigException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A state that its source cannot go on from is refused when it is given. */
final class GivenStateTest {
  private static final String FAKER = "dfd88b22-b603-4c3d-aad7-3701784586b1";
  private static final String POSTGRES = "decd338e-5647-4c0b-adf4-da0e75f5a750";
  private static final String DUCKDB = "94bd199c-2ff0-4aa2-b98e-17f0acb72610";

  @TempDir private Path folder;

  /** Each: the token of a state of a PostgreSQL stream, and what the sentence says of it. */
  private static final List<List<String>> WRONG =
      List.of(
          List.of("5", "a \\\"token\\\" such as"),
          List.of("{\"max\": 7}", "without \\\"max\\\""),
          List.of("{\"cursor\": \"7\"}", "\\\"cursor_field\\\" beside"),
          List.of(
              "{\"cursor_field\": [\"id\"], \"cursor\": \"7\"}", "\\\"cursor_field\\\" as text"),
          List.of("{\"cursor_field\": \"id\", \"cursor\": {\"a\": 7}}", "\\\"cursor\\\" as text"),
          List.of(
              "{\"cursor_field\": \"id\", \"cursor\": \"x\"}", "\\\"cursor\\\" as a whole number"),
          List.of(
              "{\"cursor_field\": \"at\", \"cursor\": \"7\"}", "\\\"cursor\\\" as a time such as"),
          List.of("{\"cursor_field\": \"no\", \"cursor\": \"7\"}", "as a field of the stream"),
          List.of("{\"ties\": \"many\"}", "\\\"ties\\\" as a whole number"),
          List.of(
              "{\"transactions\": {\"horizon\": \"7\"}}", "\\\"transactions\\\" as this source"));

  @Test
  void whatTheSourceCannotReadIsRefusedAndNothingIsChanged() throws Exception {
    try (Server server = SqliteServer.start(folder);
        ApiClient api =
            new ApiClient(
                "http://127.0.0.1:" + server.ports().getFirst(), new Credentials.None())) {
      String id = postgresConnection(api);
      for (List<String> wrong : WRONG) {
        refused(api, id, entries(entry("orders", "public", 1, wrong.get(0))), wrong.get(1));
      }
      refused(api, id, entries(entry("orders", "public", 2, "{}")), "\\\"version\\\" 1");
      String good = "{\"cursor_field\": \"id\", \"cursor\": \"7\"}";
      refused(
          api,
          id,
          entries(entry("orders", "public", 1, good), entry("orders", null, 1, good)),
          "[1].streamDescriptor.name is \\\"orders\\\"; expected every stream once at most");
      assertThat(state(api, id).path("stateType").asText()).isEqualTo("not_set");
      JsonNode set =
          api.post("/state/create_or_update", body(id, entries(entry("orders", null, 1, good))));
      assertThat(set.at("/streamState/0/streamDescriptor/namespace").asText()).isEqualTo("public");
      api.post("/state/create_or_update_safe", body(id, set.path("streamState")));
    }
  }

  @Test
  void aStreamThatTheSourceDoesNotHaveIsRefused() throws Exception {
    try (Server server = SqliteServer.start(folder);
        ApiClient api =
            new ApiClient(
                "http://127.0.0.1:" + server.ports().getFirst(), new Credentials.None())) {
      String id = fakerConnection(api);
      String good = "{\"next_id\": 5, \"seed\": 7}";
      refused(
          api,
          id,
          entries(entry("nobody", null, 1, good)),
          "streamDescriptor.name is \\\"nobody\\\"; expected a stream that the connection");
      refused(api, id, entries(entry("users", null, 1, "{\"next_id\": \"x\"}")), "next_id");
      api.post("/state/create_or_update", body(id, entries(entry("users", null, 1, good))));
      api.post("/state/create_or_update", body(id, entries(entry("products", null, 1, good))));
      assertThat(state(api, id).path("streamState")).hasSize(2);
    }
  }

  private static void refused(ApiClient api, String id, JsonNode states, String why) {
    for (String path : List.of("/state/create_or_update", "/state/create_or_update_safe")) {
      assertThatThrownBy(() -> api.post(path, body(id, states)))
          .as(states.toString())
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("connectionState.streamState[")
          .hasMessageContaining(why.replace("\\\"", "\""));
    }
  }

  private static JsonNode state(ApiClient api, String id) throws InterruptedException {
    return api.post("/state/get", Documents.empty().put("connectionId", id));
  }

  private static ObjectNode body(String id, JsonNode states) {
    ObjectNode body = Documents.empty().put("connectionId", id);
    body.putObject("connectionState").put("stateType", "stream").set("streamState", states);
    return body;
  }

  private static JsonNode entries(JsonNode... entries) {
    return Documents.MAPPER.createArrayNode().addAll(List.of(entries));
  }

  private static JsonNode entry(
      String name, @org.jspecify.annotations.Nullable String namespace, int version, String token)
      throws Exception {
    ObjectNode entry = Documents.empty();
    ObjectNode descriptor = entry.putObject("streamDescriptor").put("name", name);
    if (namespace != null) {
      descriptor.put("namespace", namespace);
    }
    entry
        .putObject("streamState")
        .put("version", version)
        .set("token", Documents.MAPPER.readTree(token));
    return entry;
  }

  private static String workspace(ApiClient api) throws InterruptedException {
    return api.post("/workspaces/list", Documents.empty()).at("/workspaces/0/workspaceId").asText();
  }

  private static String actor(ApiClient api, String side, String definition, String configuration)
      throws Exception {
    ObjectNode body =
        Documents.empty()
            .put("name", side + definition.charAt(0))
            .put("workspaceId", workspace(api))
            .put(side + "DefinitionId", definition);
    body.set("connectionConfiguration", Documents.MAPPER.readTree(configuration));
    return api.post("/" + side + "s/create", body).path(side + "Id").asText();
  }

  private static String fakerConnection(ApiClient api) throws Exception {
    return connect(
        api, actor(api, "source", FAKER, "{\"count\": 10}"), "{\"name\": \"users\"}", "id");
  }

  /** Its source cannot be reached, so nobody knows what else it has. */
  private static String postgresConnection(ApiClient api) throws Exception {
    String source =
        actor(
            api,
            "source",
            POSTGRES,
            "{\"host\": \"127.0.0.1\", \"port\": 1, \"database\": \"d\", \"username\": \"u\"}");
    String stream =
        """
        {"name": "orders", "namespace": "public", "supportedSyncModes": ["full_refresh", "incremental"],
         "jsonSchema": {"type": "object", "properties": {
           "id": {"type": "integer"},
           "at": {"type": "string", "format": "date-time", "airbyte_type": "timestamp_with_timezone"}}}}
        """;
    return connect(api, source, stream, "id");
  }

  private static String connect(ApiClient api, String source, String stream, String key)
      throws Exception {
    ObjectNode body = Documents.empty().put("sourceId", source).put("status", "inactive");
    body.put(
        "destinationId",
        actor(api, "destination", DUCKDB, "{\"destination_path\": \"lake.duckdb\"}"));
    ObjectNode one = body.putObject("syncCatalog").putArray("streams").addObject();
    one.set("stream", Documents.MAPPER.readTree(stream));
    ObjectNode config =
        one.putObject("config")
            .put("selected", true)
            .put("syncMode", "full_refresh")
            .put("destinationSyncMode", "overwrite");
    config.putArray("primaryKey").addArray().add(key);
    return api.post("/connections/create", body).path("connectionId").asText();
  }
}
