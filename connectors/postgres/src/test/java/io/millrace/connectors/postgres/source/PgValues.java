package io.millrace.connectors.postgres.source;

import io.millrace.connectors.postgres.connect.PgIdentifiers;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.Bytes;
import io.millrace.testkit.arrow.Special;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes plain values as PostgreSQL's input text. */
final class PgValues {
  private PgValues() {}

  /** Returns the type of a column for values of a logical type. */
  static String columnType(LogicalType type, String compositeName) {
    return switch (type) {
      case LogicalType.Bool() -> "boolean";
      case LogicalType.Int(int bits) -> bits == 64 ? "bigint" : bits == 32 ? "int" : "smallint";
      case LogicalType.Real(int bits) -> bits == 32 ? "real" : "double precision";
      case LogicalType.Decimal(int precision, int scale) ->
          "numeric(" + precision + "," + scale + ")";
      case LogicalType.Date() -> "date";
      case LogicalType.Time() -> "time";
      case LogicalType.Timestamp() -> "timestamp";
      case LogicalType.TimestampTz() -> "timestamptz";
      case LogicalType.Text() -> "text";
      case LogicalType.Binary() -> "bytea";
      case LogicalType.Json() -> "json";
      case LogicalType.Uuid() -> "uuid";
      case LogicalType.ListOf(LogicalType element) -> columnType(element, compositeName) + "[]";
      case LogicalType.Struct ignored -> PgIdentifiers.quote(compositeName);
      case LogicalType.Vector ignored -> "real[]";
    };
  }

  static @Nullable String text(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Special special -> special(special);
      case LocalDate date -> era(date.getYear(), date(date));
      case LocalDateTime at -> era(at.getYear(), date(at.toLocalDate()) + " " + at.toLocalTime());
      case Instant instant -> instant(instant);
      case Bytes bytes -> "\\x" + bytes.hex();
      case List<?> items -> array(items);
      case Map<?, ?> parts -> composite(parts);
      default -> value.toString();
    };
  }

  private static String special(Special special) {
    return switch (special) {
      case NAN -> "NaN";
      case INFINITY -> "infinity";
      case MINUS_INFINITY -> "-infinity";
      case END_OF_DAY -> "24:00:00";
    };
  }

  private static String instant(Instant instant) {
    LocalDateTime at = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    return era(at.getYear(), date(at.toLocalDate()) + " " + at.toLocalTime() + "+00");
  }

  private static String date(LocalDate date) {
    int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
    return String.format(
        Locale.ROOT, "%04d-%02d-%02d", year, date.getMonthValue(), date.getDayOfMonth());
  }

  private static String era(int year, String text) {
    return year > 0 ? text : text + " BC";
  }

  private static String array(List<?> items) {
    StringBuilder text = new StringBuilder("{");
    for (Object item : items) {
      text.append(text.length() == 1 ? "" : ",");
      text.append(item instanceof List<?> inner ? array(inner) : quoted(text(item), "NULL"));
    }
    return text.append('}').toString();
  }

  private static String composite(Map<?, ?> parts) {
    StringBuilder text = new StringBuilder("(");
    boolean first = true;
    for (Object part : parts.values()) {
      text.append(first ? "" : ",").append(quoted(text(part), ""));
      first = false;
    }
    return text.append(')').toString();
  }

  private static String quoted(@Nullable String text, String nothing) {
    return text == null ? nothing : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
