package io.millrace.server.connection.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields of a JSON schema, those within objects too. */
final class SchemaFields {
  private static final String PROPERTIES = "properties";

  private SchemaFields() {}

  /** Returns what became of the fields, in the order of the new schema, lost ones last. */
  static List<SchemaTransform.Field> between(JsonNode old, JsonNode now, Needed needed) {
    Map<List<String>, JsonNode> before = of(old);
    List<SchemaTransform.Field> fields = new ArrayList<>();
    of(now)
        .forEach(
            (path, schema) -> {
              JsonNode was = before.remove(path);
              if (was == null) {
                fields.add(new SchemaTransform.AddedField(path, schema));
              } else if (!plain(was).equals(plain(schema))) {
                fields.add(new SchemaTransform.ChangedField(path, was, schema));
              }
            });
    before.forEach(
        (path, schema) ->
            fields.add(new SchemaTransform.RemovedField(path, schema, needed.test(path))));
    return fields;
  }

  /** Tells whether a stream cannot do without a field. */
  @FunctionalInterface
  interface Needed {
    boolean test(List<String> path);
  }

  private static Map<List<String>, JsonNode> of(JsonNode schema) {
    Map<List<String>, JsonNode> fields = new LinkedHashMap<>();
    collect(List.of(), schema, fields);
    return fields;
  }

  private static void collect(
      List<String> above, JsonNode schema, Map<List<String>, JsonNode> fields) {
    for (Map.Entry<String, JsonNode> one : schema.path(PROPERTIES).properties()) {
      List<String> path = new ArrayList<>(above);
      path.add(one.getKey());
      fields.put(List.copyOf(path), one.getValue());
      collect(path, one.getValue(), fields);
    }
  }

  /** What is within an object is told of by its own fields. */
  private static JsonNode plain(JsonNode schema) {
    return schema.has(PROPERTIES) ? schema.path("type") : schema;
  }
}
