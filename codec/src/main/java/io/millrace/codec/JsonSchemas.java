package io.millrace.codec;

import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Schemas as JSON schemas of records, in the dialect of Airbyte's catalogs ({@code type} with
 * {@code "null"}, {@code format}, {@code airbyte_type}), and back.
 *
 * <p>Where that dialect says less than the lattice, {@value #EXACT_TYPE} holds the exact type, so
 * that our own catalogs come back as they were. A foreign catalog's objects, lists and mixtures
 * become {@link LogicalType.Json}, its numbers {@code float64}, its integers {@code int64}.
 */
public final class JsonSchemas {
  /** The key of the exact type; others ignore it. */
  public static final String EXACT_TYPE = "millrace_type";

  private static final List<String> ANY =
      List.of("null", "object", "array", "string", "number", "boolean");

  private JsonSchemas() {}

  /** Returns the JSON schema of records with these fields, as ordered maps and lists. */
  public static Map<String, Object> of(Schema schema) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("$schema", "http://json-schema.org/draft-07/schema#");
    json.put("type", "object");
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Field field : schema.getFields()) {
      properties.put(field.getName(), property(Fields.typeOf(field), field.isNullable()));
    }
    json.put("properties", Collections.unmodifiableMap(properties));
    return Collections.unmodifiableMap(json);
  }

  /**
   * Returns the fields that a JSON schema of records names, in its order.
   *
   * @param jsonSchema the schema as plain maps and lists
   */
  public static Schema parse(Map<String, ?> jsonSchema) {
    List<Field> fields = new ArrayList<>();
    if (jsonSchema.get("properties") instanceof Map<?, ?> properties) {
      properties.forEach((name, property) -> fields.add(field(String.valueOf(name), property)));
    }
    return new Schema(fields);
  }

  private static Map<String, Object> property(LogicalType type, boolean nullable) {
    Map<String, Object> json = new LinkedHashMap<>();
    switch (type) {
      case LogicalType.Bool() -> type(json, "boolean", nullable);
      case LogicalType.Int(int bits) -> {
        type(json, "integer", nullable);
        exact(json, type, bits != 64);
      }
      case LogicalType.Real(int bits) -> {
        type(json, "number", nullable);
        exact(json, type, bits != 64);
      }
      case LogicalType.Decimal ignored -> {
        type(json, "number", nullable);
        exact(json, type, true);
      }
      case LogicalType.Date() -> text(json, nullable, "date", null);
      case LogicalType.Time() -> text(json, nullable, "time", "time_without_timezone");
      case LogicalType.Timestamp() ->
          text(json, nullable, "date-time", "timestamp_without_timezone");
      case LogicalType.TimestampTz() ->
          text(json, nullable, "date-time", "timestamp_with_timezone");
      case LogicalType.Text() -> type(json, "string", nullable);
      case LogicalType.Binary() -> {
        type(json, "string", nullable);
        exact(json, type, true);
      }
      case LogicalType.Json() -> json.put("type", ANY);
      case LogicalType.Uuid() -> {
        text(json, nullable, "uuid", null);
        exact(json, type, true);
      }
      case LogicalType.ListOf(LogicalType element) -> {
        type(json, "array", nullable);
        json.put("items", property(element, true));
        json.put(EXACT_TYPE, "list");
      }
      case LogicalType.Struct(List<LogicalType.Part> parts) -> {
        type(json, "object", nullable);
        Map<String, Object> properties = new LinkedHashMap<>();
        parts.forEach(part -> properties.put(part.name(), property(part.type(), true)));
        json.put("properties", Collections.unmodifiableMap(properties));
        json.put(EXACT_TYPE, "struct");
      }
      case LogicalType.Vector ignored -> {
        type(json, "array", nullable);
        json.put("items", Map.of("type", "number"));
        exact(json, type, true);
      }
    }
    return Collections.unmodifiableMap(json);
  }

  private static void type(Map<String, Object> json, String name, boolean nullable) {
    json.put("type", nullable ? List.of("null", name) : name);
  }

  private static void text(
      Map<String, Object> json, boolean nullable, String format, @Nullable String airbyteType) {
    type(json, "string", nullable);
    json.put("format", format);
    if (airbyteType != null) {
      json.put("airbyte_type", airbyteType);
    }
  }

  private static void exact(Map<String, Object> json, LogicalType type, boolean needed) {
    if (needed) {
      json.put(EXACT_TYPE, type.display());
    }
  }

  private static Field field(String name, @Nullable Object property) {
    if (!(property instanceof Map<?, ?> json)) {
      return Fields.of(name, new LogicalType.Json());
    }
    return Fields.of(name, PropertyTypes.of(json), PropertyTypes.nullable(json), null);
  }
}
