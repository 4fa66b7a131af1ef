package io.millrace.connectors.postgres.type;

import org.jspecify.annotations.Nullable;

/**
 * Names of types under which a value's binary form means the same value on every server: built-in
 * types whose form has never changed and holds no object ids.
 */
public final class BinaryForms {
  /** The encoding of rows as COPY writes them in its binary format, without header and trailer. */
  public static final String FORMAT = "postgresql-copy-binary/1";

  /** The one name of {@code text} and of {@code varchar} without a limit, which take the same. */
  public static final String TEXT = "text";

  private BinaryForms() {}

  /**
   * Returns the name for values of a type, in the catalog's words, or null where there is none. A
   * limit of digits or characters is part of the name; one of a second's digits is not, as it does
   * not change what the values are.
   */
  public static @Nullable String of(PgType type) {
    return switch ((int) type.oid()) {
      case PgOids.BOOL -> "boolean";
      case PgOids.INT2 -> "smallint";
      case PgOids.INT4 -> "integer";
      case PgOids.INT8 -> "bigint";
      case PgOids.FLOAT4 -> "real";
      case PgOids.FLOAT8 -> "double precision";
      case PgOids.DATE -> "date";
      case PgOids.TIME -> "time without time zone";
      case PgOids.TIMESTAMP -> "timestamp without time zone";
      case PgOids.TIMESTAMPTZ -> "timestamp with time zone";
      case PgOids.BYTEA -> "bytea";
      case PgOids.JSON -> "json";
      case PgOids.JSONB -> "jsonb";
      case PgOids.UUID -> "uuid";
      case PgOids.TEXT -> TEXT;
      case PgOids.VARCHAR -> type.typmod() < 0 ? TEXT : type.text();
      case PgOids.NUMERIC, PgOids.BPCHAR -> type.text();
      default -> null;
    };
  }
}
