package io.millrace.server.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the short notation of schemas, which {@code common.yaml} explains, into JSON Schema.
 *
 * @param all the schemas of the same file, that others may take fields from
 */
record SchemaNotation(JsonNode all) {
  private static final String FIELDS_OF = "+";
  private static final String ANY_OF = "any of";
  private static final String WORDS = " -- ";
  private static final Pattern BOUNDED = Pattern.compile("(\\w+) (\\d+)\\.\\.(\\d+)");

  /** Schemas that take no fields from others. */
  static final SchemaNotation ALONE = new SchemaNotation(Documents.empty());

  ObjectNode read(JsonNode notation) {
    return switch (notation.getNodeType()) {
      case STRING -> described(notation.asText());
      case ARRAY -> array(notation);
      case OBJECT -> notation.has(ANY_OF) ? anyOf(notation.get(ANY_OF)) : object(notation);
      case BINARY, BOOLEAN, MISSING, NULL, NUMBER, POJO -> throw wrong(notation.toString());
    };
  }

  private ObjectNode array(JsonNode notation) {
    if (notation.size() != 1) {
      throw wrong(notation.toString());
    }
    ObjectNode json = Documents.empty().put("type", "array");
    json.set("items", read(notation.get(0)));
    return json;
  }

  private ObjectNode anyOf(JsonNode notation) {
    ObjectNode json = Documents.empty();
    ArrayNode choices = json.putArray("anyOf");
    notation.forEach(one -> choices.add(read(one)));
    return json;
  }

  private ObjectNode object(JsonNode notation) {
    ObjectNode json = Documents.empty().put("type", "object");
    ObjectNode fields = Documents.empty();
    ArrayNode required = Documents.MAPPER.createArrayNode();
    add(notation, fields, required);
    if (!required.isEmpty()) {
      json.set("required", required);
    }
    json.set("properties", fields);
    return json;
  }

  private void add(JsonNode notation, ObjectNode fields, ArrayNode required) {
    if (notation.has(FIELDS_OF)) {
      JsonNode base = all.get(notation.get(FIELDS_OF).asText());
      if (base == null) {
        throw wrong(notation.get(FIELDS_OF).toString());
      }
      add(base, fields, required);
    }
    for (Map.Entry<String, JsonNode> field : notation.properties()) {
      String name = field.getKey();
      if (name.equals(FIELDS_OF)) {
        continue;
      }
      if (name.endsWith("*")) {
        name = name.substring(0, name.length() - 1);
        required.add(name);
      }
      fields.set(name, read(field.getValue()));
    }
  }

  private static ObjectNode described(String text) {
    String[] parts = text.split(WORDS, 2);
    ObjectNode json = type(parts[0].strip());
    return parts.length == 1 ? json : json.put("description", parts[1].strip());
  }

  private static ObjectNode type(String text) {
    if (text.endsWith("?")) {
      ObjectNode json = Documents.empty();
      json.putArray("anyOf")
          .add(type(text.substring(0, text.length() - 1)))
          .addObject()
          .put("type", "null");
      return json;
    }
    Matcher bounded = BOUNDED.matcher(text);
    if (bounded.matches()) {
      return type(bounded.group(1))
          .put("minimum", Long.parseLong(bounded.group(2)))
          .put("maximum", Long.parseLong(bounded.group(3)));
    }
    if (text.startsWith("map ")) {
      ObjectNode json = Documents.empty().put("type", "object");
      json.set("additionalProperties", type(text.substring(4)));
      return json;
    }
    if (text.contains("|")) {
      ObjectNode json = Documents.empty().put("type", "string");
      Arrays.stream(text.split("\\|")).map(String::strip).forEach(json.putArray("enum")::add);
      return json;
    }
    return single(text);
  }

  private static ObjectNode single(String text) {
    ObjectNode json = Documents.empty();
    return switch (text) {
      case "any" -> json;
      case "string", "boolean", "object", "number" -> json.put("type", text);
      case "integer" -> json.put("type", text).put("format", "int32");
      case "long" -> json.put("type", "integer").put("format", "int64");
      case "seconds" ->
          json.put("type", "integer").put("format", "int64").put("title", "seconds since 1970");
      case "millis" ->
          json.put("type", "integer").put("format", "int64").put("title", "ms since 1970");
      case "uuid", "uri", "date", "date-time" -> json.put("type", "string").put("format", text);
      default -> {
        if (text.isEmpty() || !Character.isUpperCase(text.charAt(0))) {
          throw wrong(text);
        }
        yield json.put("$ref", "#/components/schemas/" + text);
      }
    };
  }

  private static IllegalStateException wrong(String notation) {
    return new IllegalStateException("This is no schema in the short notation: " + notation);
  }
}
