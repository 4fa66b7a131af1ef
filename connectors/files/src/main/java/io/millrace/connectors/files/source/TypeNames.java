package io.millrace.connectors.files.source;

import io.millrace.spi.type.LogicalType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the names of types that {@link LogicalType#display} writes, as far as files have them. */
final class TypeNames {
  private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+),(\\d+)\\)");

  private TypeNames() {}

  /**
   * Returns the type of a name.
   *
   * @throws IllegalArgumentException when no column of a file has such a type
   */
  static LogicalType parse(String name) {
    Matcher decimal = DECIMAL.matcher(name);
    if (decimal.matches()) {
      return new LogicalType.Decimal(
          Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    }
    return switch (name) {
      case "boolean" -> new LogicalType.Bool();
      case "int8" -> new LogicalType.Int(8);
      case "int16" -> new LogicalType.Int(16);
      case "int32" -> new LogicalType.Int(32);
      case "int64" -> new LogicalType.Int(64);
      case "float32" -> new LogicalType.Real(32);
      case "float64" -> new LogicalType.Real(64);
      case "date" -> new LogicalType.Date();
      case "time" -> new LogicalType.Time();
      case "timestamp" -> new LogicalType.Timestamp();
      case "timestamp with zone" -> new LogicalType.TimestampTz();
      case "text" -> new LogicalType.Text();
      case "json" -> new LogicalType.Json();
      case "binary" -> new LogicalType.Binary();
      case "uuid" -> new LogicalType.Uuid();
      default -> throw new IllegalArgumentException("No column of a file is " + name);
    };
  }
}
