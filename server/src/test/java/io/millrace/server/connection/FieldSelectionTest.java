package io.millrace.server.connection;

import static io.millrace.server.connection.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.store.Dialect;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The fields of a stream that a connection syncs, keys and cursors among them. */
final class FieldSelectionTest {
  private TestApi api;

  @BeforeEach
  void start() {
    api = TestApi.fresh(Dialect.SQLITE);
    api.catalogs.offer(TestStreams.table("public", "orders", "note"));
    api.catalogs.keep();
  }

  @Test
  void aSelectionThatCannotBeSyncedIsRefused() {
    String full = "full_refresh";
    wrong(chosen(full, "append", "", "", "id", "nope"), "selectedFields", "a field of stream");
    wrong(chosen(full, "append", "", "", "id", "id"), "selectedFields", "every field once");
    wrong(chosen(full, "append", "", ""), "selectedFields", "at least one field");
    wrong(chosen(full, "overwrite_dedup", "", "", "note"), "selectedFields", "the field id among");
    wrong(
        chosen("incremental", "append", "", "", "id"),
        "selectedFields",
        "the field updated_at among");
    wrong(chosen(full, "append", "'zzz'", "", "id"), "cursorField", "a field of stream");
    wrong(chosen(full, "append", "", "['zzz']", "id"), "primaryKey", "a field of stream");
    wrong(chosen(full, "append", "", "['id'], ['id']", "id"), "primaryKey", "every field once");
    String off =
        chosen(full, "append", "", "", "nope").replace("Enabled': true", "Enabled': false");
    assertThat(catalog(off).status()).as("not looked at").isEqualTo(200);
    assertThat(catalog(chosen(full, "overwrite", "", "", "note")).status()).isEqualTo(200);
    assertThat(catalog(chosen("incremental", "append", "'id'", "", "id")).status()).isEqualTo(200);
  }

  private void wrong(String stream, String member, String sentence) {
    TestApi.Reply reply = catalog(stream);
    assertThat(reply.status()).as(stream).isEqualTo(422);
    assertThat(reply.json().path("validationErrors").findValuesAsText("propertyPath"))
        .as(stream)
        .containsExactly("syncCatalog.streams[0].config." + member);
    assertThat(reply.json().toString()).contains(sentence);
  }

  @Test
  void aFieldThatTheSourceHasLostIsNoReasonToRefuseAnUpdate() {
    String stored = chosen("full_refresh", "append", "'note'", "['note']", "id", "note");
    ObjectNode read = catalog(stored).ok();
    api.catalogs.offer(TestStreams.table("public", "orders"));
    api.catalogs.keep();

    ObjectNode again = update(read, stored).ok();
    assertThat(again.at("/syncCatalog/streams/0/stream/jsonSchema/properties")).hasSize(2);
    assertThat(again.at("/syncCatalog/streams/0/config/selectedFields")).hasSize(2);
    assertThat(update(read, stored.replace("append", "overwrite")).status()).isEqualTo(200);

    String more = chosen("full_refresh", "append", "'note'", "['note']", "id", "note", "nope");
    assertThat(update(read, more).json().path("validationErrors").findValuesAsText("invalidValue"))
        .containsExactly("nope");
    assertThat(update(read, chosen("full_refresh", "overwrite_dedup", "", "", "note")).status())
        .as("another mode needs the key")
        .isEqualTo(422);
    assertThat(catalog(stored).status()).as("a new connection").isEqualTo(422);
  }

  private static String chosen(
      String read, String write, String cursor, String key, String... fields) {
    List<String> paths = new ArrayList<>();
    for (String field : fields) {
      paths.add("{'fieldPath': ['" + field + "']}");
    }
    return "{'stream': {'name': 'orders', 'namespace': 'public'}, 'config': {"
        + "'syncMode': '%s', 'destinationSyncMode': '%s',".formatted(read, write)
        + " 'cursorField': [%s], 'primaryKey': [%s], 'fieldSelectionEnabled': true,"
            .formatted(cursor, key)
        + " 'selectedFields': ["
        + String.join(", ", paths)
        + "]}}";
  }

  private TestApi.Reply update(ObjectNode read, String streams) {
    return api.config(
        "/connections/update",
        json(
            "{'connectionId': '%s', 'syncCatalog': {'streams': [%s]}}",
            read.path("connectionId").asText(), json(streams)));
  }

  private TestApi.Reply catalog(String streams) {
    return api.config(
        "/connections/create",
        json("{'sourceId': '%s', 'destinationId': '%s', ", api.source, api.destination)
            + "\"syncCatalog\": {\"streams\": ["
            + streams.replace('\'', '"')
            + "]}}");
  }
}
