package io.millrace.connectors.postgres.destination.table;

import io.millrace.connectors.postgres.destination.table.PgType.Family;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the names of the usual built-in types, so that the server need not be asked. */
final class BuiltInNames {
  private static final Pattern MODIFIER =
      Pattern.compile("\\s*\\(\\s*(\\d{1,8})\\s*(?:,\\s*(-?\\d{1,4})\\s*)?\\)");

  private static final Map<String, Family> FAMILIES =
      Map.ofEntries(
          Map.entry("boolean", Family.BOOL),
          Map.entry("bool", Family.BOOL),
          Map.entry("smallint", Family.INT2),
          Map.entry("int2", Family.INT2),
          Map.entry("integer", Family.INT4),
          Map.entry("int", Family.INT4),
          Map.entry("int4", Family.INT4),
          Map.entry("bigint", Family.INT8),
          Map.entry("int8", Family.INT8),
          Map.entry("real", Family.FLOAT4),
          Map.entry("float4", Family.FLOAT4),
          Map.entry("double precision", Family.FLOAT8),
          Map.entry("float8", Family.FLOAT8),
          Map.entry("numeric", Family.NUMERIC),
          Map.entry("decimal", Family.NUMERIC),
          Map.entry("date", Family.DATE),
          Map.entry("time", Family.TIME),
          Map.entry("time without time zone", Family.TIME),
          Map.entry("timestamp", Family.TIMESTAMP),
          Map.entry("timestamp without time zone", Family.TIMESTAMP),
          Map.entry("timestamptz", Family.TIMESTAMPTZ),
          Map.entry("timestamp with time zone", Family.TIMESTAMPTZ),
          Map.entry("text", Family.TEXT),
          Map.entry("varchar", Family.VARCHAR),
          Map.entry("character varying", Family.VARCHAR),
          Map.entry("character", Family.CHAR),
          Map.entry("bytea", Family.BYTEA),
          Map.entry("json", Family.JSON),
          Map.entry("jsonb", Family.JSONB),
          Map.entry("uuid", Family.UUID));

  private BuiltInNames() {}

  /** Returns the type of that name when it is one of the usual ones. */
  static Optional<PgType> read(String name) {
    Matcher modifier = MODIFIER.matcher(name);
    boolean modified = modifier.find();
    String base = modified ? modifier.replaceFirst("") : name;
    Family family = FAMILIES.get(base.strip().toLowerCase(Locale.ROOT));
    if (family == null) {
      return Optional.empty();
    }
    if (!modified) {
      return Optional.of(family == Family.CHAR ? PgType.character(1) : PgType.of(family));
    }
    int first = Integer.parseInt(modifier.group(1));
    return switch (family) {
      case VARCHAR -> Optional.of(PgType.varchar(first));
      case CHAR -> Optional.of(PgType.character(first));
      case TIME, TIMESTAMP, TIMESTAMPTZ -> Optional.of(PgType.seconds(family, first));
      case NUMERIC -> Optional.of(PgType.numeric(first, scale(modifier.group(2))));
      default -> Optional.empty();
    };
  }

  private static int scale(String text) {
    return text == null ? 0 : Integer.parseInt(text);
  }
}
