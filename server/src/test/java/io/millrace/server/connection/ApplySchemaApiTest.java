package io.millrace.server.connection;

import static io.millrace.server.connection.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EachStore
final class ApplySchemaApiTest {
  private final Dialect dialect;
  private TestApi api;

  ApplySchemaApiTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void start() {
    api = TestApi.fresh(dialect);
    api.catalogs.offer(TestStreams.table("public", "orders", "note"));
    api.catalogs.keep();
  }

  @Test
  void takesColumnsOverUnderBothNames() {
    String id = create("a_", "propagate_columns");
    ObjectNode one = config("connections/apply_schema_change", "connectionId", id, "note", "more");
    assertThat(one.at("/propagatedDiff/transforms")).hasSize(1);
    assertThat(fields(id)).contains("more").doesNotContain("last");
    ObjectNode again =
        config("connections/apply_schema_changes", "connectionId", id, "note", "more", "last");
    assertThat(again.at("/propagatedDiff/transforms")).hasSize(1);
    assertThat(fields(id)).contains("more", "last");
  }

  @Test
  void takesThemOverInEveryConnectionOfASourceThatWants() {
    String wants = create("a_", "propagate_columns");
    String ignores = create("b_", "ignore");
    TestApi.Reply reply =
        api.config(
            "/sources/apply_schema_changes",
            body("sourceId", api.source.toString(), "note", "more").toString());
    assertThat(reply.status()).isEqualTo(204);
    assertThat(fields(wants)).contains("more");
    assertThat(fields(ignores)).doesNotContain("more");
    assertThat(
            api.config(
                    "/sources/apply_schema_changes", body("sourceId", ignores, "note").toString())
                .status())
        .isEqualTo(404);
  }

  private ObjectNode config(String path, String key, String id, String... columns) {
    return api.config("/" + path, body(key, id, columns).toString()).ok();
  }

  private ObjectNode body(String key, String id, String... columns) {
    api.catalogs.offer(TestStreams.table("public", "orders", columns));
    CatalogSource.Found found = api.catalogs.keep();
    ObjectNode body = Documents.empty().put(key, id).put("catalogId", found.id().toString());
    body.putObject("catalog")
        .putArray("streams")
        .addObject()
        .set("stream", found.streams().getFirst());
    return body;
  }

  private String create(String prefix, String preference) {
    return api.config(
            "/connections/create",
            json(
                "{'sourceId': '%s', 'destinationId': '%s', 'prefix': '%s',"
                    + " 'nonBreakingChangesPreference': '%s', 'syncCatalog': {'streams':"
                    + " [{'stream': {'name': 'orders', 'namespace': 'public'}, 'config': {'syncMode':"
                    + " 'full_refresh', 'destinationSyncMode': 'append', 'selected': true}}]}}",
                api.source, api.destination, prefix, preference))
        .ok()
        .path("connectionId")
        .asText();
  }

  private String fields(String id) {
    return api.config("/connections/get", json("{'connectionId': '%s'}", id))
        .ok()
        .at("/syncCatalog/streams/0/stream/jsonSchema/properties")
        .toString();
  }
}
