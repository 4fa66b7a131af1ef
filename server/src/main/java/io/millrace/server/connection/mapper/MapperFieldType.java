package io.millrace.server.connection.mapper;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The kinds of fields that {@code mappers/validate} tells apart, by Airbyte's names. */
enum MapperFieldType {
  STRING,
  BOOLEAN,
  DATE,
  TIMESTAMP_WITHOUT_TIMEZONE,
  TIMESTAMP_WITH_TIMEZONE,
  TIME_WITHOUT_TIMEZONE,
  TIME_WITH_TIMEZONE,
  INTEGER,
  NUMBER,
  ARRAY,
  OBJECT,
  MULTI,
  UNKNOWN;

  /** Returns the kind of a field of a JSON schema. */
  static MapperFieldType of(JsonNode schema) {
    List<String> types = new ArrayList<>();
    JsonNode type = schema.path("type");
    if (type.isTextual()) {
      types.add(type.asText());
    }
    type.forEach(one -> types.add(one.asText()));
    types.remove("null");
    if (types.size() > 1 || schema.has("oneOf") || schema.has("anyOf")) {
      return MULTI;
    }
    return switch (types.isEmpty() ? "" : types.getFirst()) {
      case "string" -> text(schema);
      case "boolean" -> BOOLEAN;
      case "integer" -> INTEGER;
      case "number" -> schema.path("airbyte_type").asText().equals("integer") ? INTEGER : NUMBER;
      case "array" -> ARRAY;
      case "object" -> OBJECT;
      default -> UNKNOWN;
    };
  }

  private static MapperFieldType text(JsonNode schema) {
    String airbyte = schema.path("airbyte_type").asText().toUpperCase(Locale.ROOT);
    boolean zone = !airbyte.endsWith("WITHOUT_TIMEZONE");
    return switch (schema.path("format").asText()) {
      case "date" -> DATE;
      case "date-time" -> zone ? TIMESTAMP_WITH_TIMEZONE : TIMESTAMP_WITHOUT_TIMEZONE;
      case "time" -> zone ? TIME_WITH_TIMEZONE : TIME_WITHOUT_TIMEZONE;
      default -> STRING;
    };
  }
}
