package io.millrace.connectors.files.source.parquet;

import io.millrace.spi.type.LogicalType;
import io.millrace.spi.type.Widening;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column of one file as DuckDB sees it, and how its values travel exactly.
 *
 * @param name its name
 * @param duckType DuckDB's type
 * @param finest it is a timestamp with nanoseconds, some of which are not whole microseconds
 */
record ParquetColumn(String name, String duckType, boolean finest) {
  private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),(\\d+)\\)");
  private static final Set<String> NESTED = Set.of("STRUCT", "MAP", "UNION", "VARIANT");

  /** Tells whether values become JSON with numbers that JSON does not have. */
  boolean mayHoldBareNumbers() {
    return isNested() && (duckType.contains("DOUBLE") || duckType.contains("FLOAT"));
  }

  /** Returns the type that takes every value. What no other type takes is text. */
  LogicalType type() {
    Matcher decimal = DECIMAL.matcher(duckType);
    if (decimal.matches()) {
      return new LogicalType.Decimal(
          Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    }
    if (isNested()) {
      return new LogicalType.Json();
    }
    return switch (duckType) {
      case "BOOLEAN" -> new LogicalType.Bool();
      case "TINYINT" -> new LogicalType.Int(8);
      case "SMALLINT", "UTINYINT" -> new LogicalType.Int(16);
      case "INTEGER", "USMALLINT" -> new LogicalType.Int(32);
      case "BIGINT", "UINTEGER" -> new LogicalType.Int(64);
      case "UBIGINT" -> new LogicalType.Decimal(20, 0);
      case "FLOAT" -> new LogicalType.Real(32);
      case "DOUBLE" -> new LogicalType.Real(64);
      case "DATE" -> new LogicalType.Date();
      case "TIME" -> new LogicalType.Time();
      case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS" -> new LogicalType.Timestamp();
      case "TIMESTAMP_NS" -> finest ? new LogicalType.Text() : new LogicalType.Timestamp();
      case "TIMESTAMP WITH TIME ZONE" -> new LogicalType.TimestampTz();
      case "BLOB" -> new LogicalType.Binary();
      case "UUID" -> new LogicalType.Uuid();
      case "JSON" -> new LogicalType.Json();
      default -> new LogicalType.Text();
    };
  }

  private boolean isNested() {
    String head = duckType.replaceFirst("[(\\[].*$", "").toUpperCase(Locale.ROOT);
    return duckType.endsWith("]") || NESTED.contains(head);
  }

  /** Tells whether a column of this type takes every value of this one exactly. */
  boolean fits(LogicalType wanted) {
    LogicalType own = type();
    return wanted instanceof LogicalType.Text
        || own.equals(wanted)
        || (!(wanted instanceof LogicalType.Json) && Widening.widens(own, wanted));
  }

  /** Returns the expression whose values are those of the column in the wanted type. */
  String expression(LogicalType wanted) {
    String column = quoted(name);
    if (isNested()) {
      return "to_json(" + column + ")::VARCHAR";
    }
    return switch (wanted) {
      case LogicalType.Text() -> column + "::VARCHAR";
      case LogicalType.Json() -> column + "::VARCHAR";
      case LogicalType.Uuid() -> "unhex(replace(" + column + "::VARCHAR, '-', ''))";
      case LogicalType.Timestamp() when duckType.equals("TIMESTAMP_NS") -> wholeMicros(column);
      default -> column + "::" + sqlType(wanted);
    };
  }

  private String wholeMicros(String column) {
    return "CASE WHEN epoch_ns("
        + column
        + ") % 1000 <> 0 THEN error('"
        + literal("the column " + name + " holds nanoseconds")
        + "') ELSE "
        + column
        + "::TIMESTAMP END";
  }

  /** Returns the expression of a column that a file lacks. */
  static String absent(LogicalType wanted) {
    LogicalType plain = wanted instanceof LogicalType.Uuid ? new LogicalType.Binary() : wanted;
    return "NULL::" + sqlType(plain);
  }

  private static String sqlType(LogicalType type) {
    return switch (type) {
      case LogicalType.Bool() -> "BOOLEAN";
      case LogicalType.Int(int bits) ->
          switch (bits) {
            case 8 -> "TINYINT";
            case 16 -> "SMALLINT";
            case 32 -> "INTEGER";
            default -> "BIGINT";
          };
      case LogicalType.Real(int bits) -> bits == Float.SIZE ? "FLOAT" : "DOUBLE";
      case LogicalType.Decimal(int precision, int scale) ->
          "DECIMAL(" + precision + "," + scale + ")";
      case LogicalType.Date() -> "DATE";
      case LogicalType.Time() -> "TIME";
      case LogicalType.Timestamp() -> "TIMESTAMP";
      case LogicalType.TimestampTz() -> "TIMESTAMPTZ";
      case LogicalType.Binary() -> "BLOB";
      case LogicalType.Text(), LogicalType.Json() -> "VARCHAR";
      default -> throw new IllegalArgumentException("No Parquet column is " + type.display());
    };
  }

  static String quoted(String identifier) {
    return "\"" + identifier.replace("\"", "\"\"") + "\"";
  }

  static String literal(String text) {
    return text.replace("'", "''");
  }
}
