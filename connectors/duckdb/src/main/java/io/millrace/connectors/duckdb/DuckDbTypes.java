package io.millrace.connectors.duckdb;

import io.millrace.spi.type.LogicalType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Logical types as DuckDB writes them, and back. The texts are those of DuckDB's own catalog, so
 * that equal types have equal texts.
 */
final class DuckDbTypes {
  private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),(\\d+)\\)");
  private static final Pattern VECTOR = Pattern.compile("FLOAT\\[(\\d+)\\]");

  private DuckDbTypes() {}

  /** Returns the type a column has for values of the logical type. */
  static String sql(LogicalType type) {
    return switch (type) {
      case LogicalType.Bool() -> "BOOLEAN";
      case LogicalType.Int(int bits) ->
          switch (bits) {
            case 8 -> "TINYINT";
            case 16 -> "SMALLINT";
            case 32 -> "INTEGER";
            default -> "BIGINT";
          };
      case LogicalType.Real(int bits) -> bits == 32 ? "FLOAT" : "DOUBLE";
      case LogicalType.Decimal(int precision, int scale) ->
          "DECIMAL(" + precision + "," + scale + ")";
      case LogicalType.Date() -> "DATE";
      case LogicalType.Time() -> "TIME";
      case LogicalType.Timestamp() -> "TIMESTAMP";
      case LogicalType.TimestampTz() -> "TIMESTAMP WITH TIME ZONE";
      case LogicalType.Text() -> "VARCHAR";
      case LogicalType.Binary() -> "BLOB";
      case LogicalType.Json() -> "JSON";
      case LogicalType.Uuid() -> "UUID";
      case LogicalType.ListOf(LogicalType element) -> sql(element) + "[]";
      case LogicalType.Struct(List<LogicalType.Part> parts) -> struct(parts);
      case LogicalType.Vector(int dimension) -> "FLOAT[" + dimension + "]";
    };
  }

  private static String struct(List<LogicalType.Part> parts) {
    List<String> names =
        ColumnNames.distinct(parts.stream().map(p -> p.name()).toList(), List.of());
    List<String> members = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      members.add(Sql.name(names.get(i)) + " " + sql(parts.get(i).type()));
    }
    return "STRUCT(" + String.join(", ", members) + ")";
  }

  /**
   * Tells whether two texts name one type. DuckDB quotes the names of a struct's parts only where
   * it must, so quotes do not count.
   */
  static boolean same(String one, String other) {
    return one.replace("\"", "").equals(other.replace("\"", ""));
  }

  /** Tells whether DuckDB has a type for it at all: it knows no struct without parts. */
  static boolean exists(LogicalType type) {
    return switch (type) {
      case LogicalType.Struct(List<LogicalType.Part> parts) ->
          !parts.isEmpty() && parts.stream().allMatch(part -> exists(part.type()));
      case LogicalType.ListOf(LogicalType element) -> exists(element);
      default -> true;
    };
  }

  /** Returns the logical type of a scalar column, or null where there is none. */
  static @Nullable LogicalType scalar(String sql) {
    Matcher decimal = DECIMAL.matcher(sql);
    if (decimal.matches()) {
      return new LogicalType.Decimal(
          Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    }
    Matcher vector = VECTOR.matcher(sql);
    if (vector.matches()) {
      return new LogicalType.Vector(Integer.parseInt(vector.group(1)));
    }
    return switch (sql) {
      case "BOOLEAN" -> new LogicalType.Bool();
      case "TINYINT" -> new LogicalType.Int(8);
      case "SMALLINT" -> new LogicalType.Int(16);
      case "INTEGER" -> new LogicalType.Int(32);
      case "BIGINT" -> new LogicalType.Int(64);
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
}
