package io.millrace.codec;

import io.millrace.spi.type.LogicalType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the type of the lattice that a property of a JSON schema stands for. */
final class PropertyTypes {
  private static final Pattern WITH_NUMBERS =
      Pattern.compile("(int|float|decimal\\(|vector\\()([0-9]{1,6})(?:,([0-9]{1,2}))?\\)?");

  private PropertyTypes() {}

  static boolean nullable(Map<?, ?> property) {
    Object type = property.get("type");
    return !(type instanceof String) || type.equals("null");
  }

  static LogicalType of(Map<?, ?> property) {
    @Nullable LogicalType exact = exact(property);
    if (exact != null) {
      return exact;
    }
    Set<String> types = types(property);
    if (types.isEmpty() || types.contains("object") || types.contains("array")) {
      return new LogicalType.Json();
    }
    if (types.equals(Set.of("boolean"))) {
      return new LogicalType.Bool();
    }
    if (types.equals(Set.of("integer"))) {
      return new LogicalType.Int(64);
    }
    if (Set.of("integer", "number").containsAll(types)) {
      boolean integer = "integer".equals(property.get("airbyte_type"));
      return integer ? new LogicalType.Int(64) : new LogicalType.Real(64);
    }
    return types.equals(Set.of("string")) ? ofString(property) : new LogicalType.Text();
  }

  private static LogicalType ofString(Map<?, ?> property) {
    String airbyteType = Objects.toString(property.get("airbyte_type"), "");
    if ("base64".equals(property.get("contentEncoding"))) {
      return new LogicalType.Binary();
    }
    return switch (Objects.toString(property.get("format"), "")) {
      case "date" -> new LogicalType.Date();
      case "date-time" ->
          airbyteType.equals("timestamp_without_timezone")
              ? new LogicalType.Timestamp()
              : new LogicalType.TimestampTz();
      case "time" ->
          airbyteType.equals("time_without_timezone")
              ? new LogicalType.Time()
              : new LogicalType.Text();
      default -> new LogicalType.Text();
    };
  }

  /** The kinds of value but null, those of {@code oneOf} and {@code anyOf} included. */
  private static Set<String> types(Map<?, ?> property) {
    Set<String> types = new TreeSet<>();
    if (property.get("type") instanceof List<?> several) {
      several.forEach(one -> types.add(String.valueOf(one)));
    } else if (property.get("type") instanceof String one) {
      types.add(one);
    }
    for (String key : List.of("oneOf", "anyOf")) {
      if (property.get(key) instanceof List<?> alternatives) {
        for (Object alternative : alternatives) {
          types.addAll(alternative instanceof Map<?, ?> map ? types(map) : Set.of("object"));
        }
      }
    }
    types.remove("null");
    return types;
  }

  private static @Nullable LogicalType exact(Map<?, ?> property) {
    String name = Objects.toString(property.get(JsonSchemas.EXACT_TYPE), "");
    if (name.equals("uuid")) {
      return new LogicalType.Uuid();
    }
    if (name.equals("binary")) {
      return new LogicalType.Binary();
    }
    if (name.equals("list") && property.get("items") instanceof Map<?, ?> items) {
      return new LogicalType.ListOf(of(items));
    }
    if (name.equals("struct") && property.get("properties") instanceof Map<?, ?> properties) {
      return struct(properties);
    }
    return withNumbers(name);
  }

  private static LogicalType struct(Map<?, ?> properties) {
    List<LogicalType.Part> parts = new ArrayList<>();
    properties.forEach(
        (name, property) ->
            parts.add(
                new LogicalType.Part(
                    String.valueOf(name),
                    property instanceof Map<?, ?> map ? of(map) : new LogicalType.Json())));
    return new LogicalType.Struct(parts);
  }

  private static @Nullable LogicalType withNumbers(String name) {
    Matcher matcher = WITH_NUMBERS.matcher(name);
    if (!matcher.matches()) {
      return null;
    }
    int number = Integer.parseInt(matcher.group(2));
    try {
      return switch (matcher.group(1)) {
        case "int" -> new LogicalType.Int(number);
        case "float" -> new LogicalType.Real(number);
        case "vector(" -> new LogicalType.Vector(number);
        default ->
            new LogicalType.Decimal(
                number, Integer.parseInt(Objects.toString(matcher.group(3), "0")));
      };
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
