package io.millrace.server.connection.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.TestStreams;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SchemaDiffTest {
  private static final ObjectNode ORDERS = TestStreams.table("public", "orders", "note", "gone");

  @Test
  void equalCatalogsDoNotDiffer() {
    List<ObjectNode> streams = List.of(ORDERS, TestStreams.table(null, "other"));
    assertThat(SchemaDiff.between(streams, streams, List.of(orders("append"))).isEmpty()).isTrue();
  }

  @Test
  void streamsComeAndGo() {
    SchemaDiff diff =
        SchemaDiff.between(
            List.of(TestStreams.table(null, "lost"), ORDERS),
            List.of(TestStreams.table("public", "new"), ORDERS),
            List.of(orders("append")));
    JsonNode json = CatalogDiffJson.of(diff).path("transforms");
    assertThat(json.findValuesAsText("transformType"))
        .containsExactly("add_stream", "remove_stream");
    assertThat(json.findValuesAsText("name")).containsExactly("new", "lost");
    assertThat(diff.breaking()).isFalse();
  }

  @Test
  void onlySelectedStreamsAreComparedFieldByField() {
    ObjectNode wider = TestStreams.table("public", "orders", "note", "gone", "fresh");
    ConnectionStream unselected =
        new ConnectionStream(
            orders("append").name(), false, ORDERS, TestStreams.config("incremental", "append"));
    assertThat(SchemaDiff.between(List.of(ORDERS), List.of(wider), List.of(unselected)).isEmpty())
        .isTrue();
    assertThat(SchemaDiff.between(List.of(wider), List.of(wider), List.of(orders("append"))))
        .as("from the schema it was configured with")
        .satisfies(diff -> assertThat(diff.transforms()).hasSize(1));
  }

  @Test
  void fieldsAreAddedRemovedAndChangedAlsoWithinObjects() {
    ObjectNode old = TestStreams.table("public", "orders", "note");
    ObjectNode now = TestStreams.table("public", "orders", "fresh");
    address(old)
        .put("type", "object")
        .putObject("properties")
        .putObject("zip")
        .put("type", "string");
    address(now)
        .put("type", "object")
        .putObject("properties")
        .putObject("zip")
        .put("type", "integer");
    JsonNode fields =
        CatalogDiffJson.of(
                SchemaDiff.between(
                    List.of(old),
                    List.of(now),
                    List.of(TestStreams.stream(old, "incremental", "append"))))
            .at("/transforms/0/updateStream/fieldTransforms");
    assertThat(fields.findValuesAsText("transformType"))
        .containsExactly("add_field", "update_field_schema", "remove_field");
    assertThat(fields.get(0).path("fieldName").toString()).isEqualTo("[\"fresh\"]");
    assertThat(fields.get(1).path("fieldName").toString()).isEqualTo("[\"address\",\"zip\"]");
    assertThat(fields.get(1).at("/updateFieldSchema/newSchema/type").asText()).isEqualTo("integer");
    assertThat(fields.get(2).at("/removeField/schema/type").asText()).isEqualTo("string");
    assertThat(fields.findValuesAsText("breaking")).containsOnly("false");
  }

  @Test
  void aLostCursorBreaksAnIncrementalStreamAlone() {
    ObjectNode now = without("updated_at");
    assertThat(breaking(now, TestStreams.stream(ORDERS, "incremental", "append"))).isTrue();
    assertThat(breaking(now, TestStreams.stream(ORDERS, "full_refresh", "append"))).isFalse();
    assertThat(breaking(without("note"), TestStreams.stream(ORDERS, "incremental", "append")))
        .isFalse();
  }

  @Test
  void aLostKeyBreaksADedupedStreamAlone() {
    ObjectNode now = without("id");
    assertThat(breaking(now, TestStreams.stream(ORDERS, "incremental", "append_dedup"))).isTrue();
    assertThat(breaking(now, TestStreams.stream(ORDERS, "incremental", "append"))).isFalse();
  }

  @Test
  void anotherKeyOfTheSourceBreaksADedupedStream() {
    ObjectNode now = ORDERS.deepCopy();
    now.putArray("sourceDefinedPrimaryKey").addArray().add("note");
    assertThat(breaking(now, TestStreams.stream(ORDERS, "incremental", "append_dedup"))).isTrue();
    ConnectionStream appended = TestStreams.stream(ORDERS, "incremental", "append");
    assertThat(breaking(now, appended)).isFalse();
    JsonNode key =
        CatalogDiffJson.of(SchemaDiff.between(List.of(), List.of(now), List.of(appended)))
            .at("/transforms/0/updateStream/streamAttributeTransforms/0");
    assertThat(key.path("transformType").asText()).isEqualTo("update_primary_key");
    assertThat(key.at("/updatePrimaryKey/oldPrimaryKey").toString()).isEqualTo("[[\"id\"]]");
    now.putArray("sourceDefinedPrimaryKey");
    assertThat(breaking(now, TestStreams.stream(ORDERS, "incremental", "append_dedup"))).isFalse();
  }

  @Test
  void tellsWhatAUserHasChanged() {
    ConnectionStream before = TestStreams.stream(ORDERS, "incremental", "append");
    ObjectNode config = TestStreams.config("full_refresh", "overwrite_dedup");
    config.putArray("cursorField");
    ConnectionStream after =
        new ConnectionStream(
            before.name(), true, ORDERS, TestStreams.selecting(config, "id", "note"));
    ConnectionStream other =
        TestStreams.stream(TestStreams.table(null, "other"), "full_refresh", "append");
    ObjectNode diff = CatalogConfigDiff.between(List.of(before), List.of(after, other));
    assertThat(diff).isNotNull();
    JsonNode configs = diff.path("catalogConfigDiff");
    assertThat(configs.at("/streamsEnabled/0/streamName").asText()).isEqualTo("other");
    assertThat(configs.at("/fieldsDisabled/0/fields").toString())
        .isEqualTo("[\"updated_at\",\"gone\"]");
    assertThat(configs.at("/cursorFieldsChanged/0/prev").toString()).isEqualTo("[\"updated_at\"]");
    assertThat(configs.at("/syncModesChanged/0/currentDestinationSyncMode").asText())
        .isEqualTo("overwrite_dedup");
    assertThat(configs.path("primaryKeysChanged")).isEmpty();
    assertThat(CatalogConfigDiff.between(List.of(before), List.of(before))).isNull();
  }

  private static boolean breaking(ObjectNode now, ConnectionStream configured) {
    return SchemaDiff.between(List.of(), List.of(now), List.of(configured)).breaking();
  }

  private static ConnectionStream orders(String mode) {
    return TestStreams.stream(ORDERS, "incremental", mode);
  }

  private static ObjectNode without(String field) {
    ObjectNode stream = ORDERS.deepCopy();
    ((ObjectNode) stream.at("/jsonSchema/properties")).remove(field);
    return stream;
  }

  private static ObjectNode address(ObjectNode stream) {
    return ((ObjectNode) stream.at("/jsonSchema/properties")).putObject("address");
  }
}
