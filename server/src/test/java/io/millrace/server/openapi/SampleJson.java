package io.millrace.server.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Makes values of the document's schemas. */
final class SampleJson {
  private static final int DEPTH_MAX = 6;
  private static final JsonNodeFactory NODES = Documents.MAPPER.getNodeFactory();

  private final Operations operations;
  private final Random random;
  private final List<String> ids;

  /**
   * Makes it.
   *
   * @param ids ids of things that are there; every other one is made up
   */
  SampleJson(Operations operations, Random random, List<String> ids) {
    this.operations = operations;
    this.random = random;
    this.ids = List.copyOf(ids);
  }

  /** Returns a value of a schema; ids in it are known ones where that is asked for. */
  JsonNode of(JsonNode schema, boolean known) {
    return of(schema, known, 0);
  }

  String id(boolean known) {
    return known && !ids.isEmpty() && random.nextInt(4) > 0
        ? ids.get(random.nextInt(ids.size()))
        : new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private JsonNode of(JsonNode reference, boolean known, int depth) {
    JsonNode schema = operations.resolved(reference);
    if (schema.has("anyOf")) {
      return of(schema.get("anyOf").get(0), known, depth);
    }
    if (schema.has("enum")) {
      return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
    }
    return switch (schema.path("type").asText()) {
      case "string" -> NODES.textNode(text(schema, known));
      case "integer" -> NODES.numberNode(number(schema));
      case "number" -> NODES.numberNode(random.nextDouble());
      case "boolean" -> NODES.booleanNode(random.nextBoolean());
      case "array" -> array(schema, known, depth);
      default -> object(schema, known, depth);
    };
  }

  private long number(JsonNode schema) {
    return random.nextLong(schema.path("minimum").asLong(0), schema.path("maximum").asLong(50) + 1);
  }

  private String text(JsonNode schema, boolean known) {
    return switch (schema.path("format").asText()) {
      case "uuid" -> id(known);
      case "date-time" -> "2026-01-31T08:00:00Z";
      case "date" -> "2026-01-31";
      default -> "t" + random.nextInt(1000);
    };
  }

  private ArrayNode array(JsonNode schema, boolean known, int depth) {
    ArrayNode array = Documents.MAPPER.createArrayNode();
    for (int i = depth > DEPTH_MAX ? 0 : random.nextInt(1, 3); i > 0; i--) {
      array.add(of(schema.path("items"), known, depth + 1));
    }
    return array;
  }

  private ObjectNode object(JsonNode schema, boolean known, int depth) {
    ObjectNode object = Documents.empty();
    List<String> required = required(schema);
    for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
      if (required.contains(field.getKey()) || (depth < DEPTH_MAX && random.nextInt(3) == 0)) {
        object.set(field.getKey(), of(field.getValue(), known, depth + 1));
      }
    }
    return object;
  }

  /** Returns the names of the fields that a schema requires. */
  static List<String> required(JsonNode schema) {
    return Documents.MAPPER.convertValue(
        schema.path("required").isArray() ? schema.get("required") : List.of(),
        new com.fasterxml.jackson.core.type.TypeReference<List<String>>() {});
  }
}
