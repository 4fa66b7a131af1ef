package io.millrace.testkit.duckdb;

import io.millrace.spi.type.LogicalType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads DuckDB's text of a type, such as {@code STRUCT("a b" INTEGER, c DECIMAL(5,2)[])[]}. */
final class DuckDbTypeText {
  private final String text;
  private int at;

  private DuckDbTypeText(String text) {
    this.text = text;
  }

  /** Returns the logical type, or null where the lattice has none of that kind. */
  static @Nullable LogicalType parse(String text) {
    DuckDbTypeText reader = new DuckDbTypeText(text);
    LogicalType type = reader.type();
    return reader.at == text.length() ? type : null;
  }

  private @Nullable LogicalType type() {
    LogicalType type = take("STRUCT(") ? struct() : scalar();
    while (type != null && take("[")) {
      int end = text.indexOf(']', at);
      String length = text.substring(at, end);
      at = end + 1;
      type =
          length.isEmpty()
              ? new LogicalType.ListOf(type)
              : new LogicalType.Vector(Integer.parseInt(length));
    }
    return type;
  }

  private @Nullable LogicalType struct() {
    List<LogicalType.Part> parts = new ArrayList<>();
    do {
      String name = name();
      take(" ");
      LogicalType type = type();
      if (type == null) {
        return null;
      }
      parts.add(new LogicalType.Part(name, type));
    } while (take(", "));
    return take(")") ? new LogicalType.Struct(parts) : null;
  }

  private String name() {
    if (!take("\"")) {
      int end = text.indexOf(' ', at);
      String name = text.substring(at, end);
      at = end;
      return name;
    }
    StringBuilder name = new StringBuilder();
    while (!text.startsWith("\"", at) || text.startsWith("\"\"", at)) {
      name.append(text.charAt(at));
      at += text.startsWith("\"\"", at) ? 2 : 1;
    }
    at++;
    return name.toString();
  }

  private @Nullable LogicalType scalar() {
    if (take("DECIMAL(")) {
      int comma = text.indexOf(',', at);
      int end = text.indexOf(')', at);
      int precision = Integer.parseInt(text.substring(at, comma));
      int scale = Integer.parseInt(text.substring(comma + 1, end));
      at = end + 1;
      return new LogicalType.Decimal(precision, scale);
    }
    int start = at;
    String rest = text.substring(at);
    at += longestKnown(rest).length();
    return switch (text.substring(start, at)) {
      case "BOOLEAN" -> new LogicalType.Bool();
      case "TINYINT" -> new LogicalType.Int(8);
      case "SMALLINT", "UTINYINT" -> new LogicalType.Int(16);
      case "INTEGER", "USMALLINT" -> new LogicalType.Int(32);
      case "BIGINT", "UINTEGER" -> new LogicalType.Int(64);
      case "FLOAT" -> new LogicalType.Real(32);
      case "DOUBLE" -> new LogicalType.Real(64);
      case "DATE" -> new LogicalType.Date();
      case "TIME" -> new LogicalType.Time();
      case "TIMESTAMP" -> new LogicalType.Timestamp();
      case "TIMESTAMP WITH TIME ZONE" -> new LogicalType.TimestampTz();
      case "VARCHAR" -> new LogicalType.Text();
      case "JSON" -> new LogicalType.Json();
      case "UUID" -> new LogicalType.Uuid();
      case "BLOB" -> new LogicalType.Binary();
      default -> null;
    };
  }

  private static String longestKnown(String rest) {
    String zoned = "TIMESTAMP WITH TIME ZONE";
    if (rest.startsWith(zoned)) {
      return zoned;
    }
    int end = 0;
    while (end < rest.length() && Character.isLetter(rest.charAt(end))) {
      end++;
    }
    return rest.substring(0, end);
  }

  private boolean take(String token) {
    boolean there = text.startsWith(token, at);
    if (there) {
      at += token.length();
    }
    return there;
  }
}
