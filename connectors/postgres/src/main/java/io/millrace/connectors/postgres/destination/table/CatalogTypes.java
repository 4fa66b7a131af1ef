package io.millrace.connectors.postgres.destination.table;

import io.millrace.connectors.postgres.destination.table.PgType.Family;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** Reads types from rows of PostgreSQL's catalog. */
final class CatalogTypes {
  /**
   * A lateral subquery named {@code base}: the type below all domains of the type {@code t.oid}
   * with the modifier {@code t.modifier}, in the columns that {@link #read} wants.
   */
  static final String BASE_OF_T =
      """
      LATERAL (
        WITH RECURSIVE step(oid, modifier) AS (
          SELECT t.oid, t.modifier
          UNION ALL
          SELECT d.typbasetype, d.typtypmod
            FROM pg_catalog.pg_type d JOIN step ON d.oid = step.oid
           WHERE d.typtype = 'd')
        SELECT b.typname::text AS type_name, b.typtype::text AS type_kind,
               (b.typnamespace = 'pg_catalog'::regnamespace) AS built_in, step.modifier
          FROM step JOIN pg_catalog.pg_type b ON b.oid = step.oid
         WHERE b.typtype <> 'd') base
      """;

  private static final int HEADER = 4;
  private static final int SCALE_BITS = 11;

  private static final Map<String, Family> BUILT_IN =
      Map.ofEntries(
          Map.entry("bool", Family.BOOL),
          Map.entry("int2", Family.INT2),
          Map.entry("int4", Family.INT4),
          Map.entry("int8", Family.INT8),
          Map.entry("float4", Family.FLOAT4),
          Map.entry("float8", Family.FLOAT8),
          Map.entry("numeric", Family.NUMERIC),
          Map.entry("date", Family.DATE),
          Map.entry("time", Family.TIME),
          Map.entry("timestamp", Family.TIMESTAMP),
          Map.entry("timestamptz", Family.TIMESTAMPTZ),
          Map.entry("text", Family.TEXT),
          Map.entry("varchar", Family.VARCHAR),
          Map.entry("bpchar", Family.CHAR),
          Map.entry("bytea", Family.BYTEA),
          Map.entry("json", Family.JSON),
          Map.entry("jsonb", Family.JSONB),
          Map.entry("uuid", Family.UUID),
          Map.entry("xml", Family.LABEL),
          Map.entry("_float4", Family.REAL_ARRAY));

  private CatalogTypes() {}

  /** Makes a type from the columns of {@link #BASE_OF_T} and its name in SQL. */
  static PgType read(ResultSet row, String sql) throws SQLException {
    Family family =
        family(row.getString("type_name"), row.getString("type_kind"), row.getBoolean("built_in"));
    int modifier = row.getInt("modifier");
    if (modifier < 0) {
      return new PgType(sql, family, PgType.UNLIMITED, 0);
    }
    return switch (family) {
      case VARCHAR, CHAR -> new PgType(sql, family, modifier - HEADER, 0);
      case NUMERIC ->
          new PgType(sql, family, (modifier - HEADER) >>> Short.SIZE, scale(modifier - HEADER));
      case TIME, TIMESTAMP, TIMESTAMPTZ, VECTOR -> new PgType(sql, family, modifier, 0);
      default -> new PgType(sql, family, PgType.UNLIMITED, 0);
    };
  }

  private static Family family(String name, String kind, boolean builtIn) {
    if (builtIn) {
      return BUILT_IN.getOrDefault(name, Family.OTHER);
    }
    if (kind.equals("e")) {
      return Family.LABEL;
    }
    return switch (name) {
      case "citext" -> Family.FOLDED_TEXT;
      case "vector" -> Family.VECTOR;
      default -> Family.OTHER;
    };
  }

  /** The lowest eleven bits, with their sign. */
  private static int scale(int packed) {
    int unused = Integer.SIZE - SCALE_BITS;
    return (packed << unused) >> unused;
  }
}
