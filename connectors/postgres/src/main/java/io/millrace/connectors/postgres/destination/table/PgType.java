package io.millrace.connectors.postgres.destination.table;

import org.jspecify.annotations.Nullable;

/**
 * The type of a column.
 *
 * @param sql the type as a statement writes it
 * @param family what kind of values it holds; of a domain, that of the type below it
 * @param size the modifier: characters of {@link Family#VARCHAR} and {@link Family#CHAR}, digits of
 *     {@link Family#NUMERIC}, digits of a second of times, dimension of {@link Family#VECTOR};
 *     {@link #UNLIMITED} without one
 * @param scale the digits behind the point of a {@link Family#NUMERIC} with a size
 */
public record PgType(String sql, Family family, int size, int scale) {
  /** No modifier. */
  public static final int UNLIMITED = -1;

  /** The largest precision PostgreSQL takes in a declaration. */
  static final int NUMERIC_PRECISION_MAX = 1000;

  /** Kinds of values. */
  public enum Family {
    BOOL("boolean"),
    INT2("smallint"),
    INT4("integer"),
    INT8("bigint"),
    FLOAT4("real"),
    FLOAT8("double precision"),
    NUMERIC("numeric"),
    DATE("date"),
    TIME("time without time zone"),
    TIMESTAMP("timestamp without time zone"),
    TIMESTAMPTZ("timestamp with time zone"),
    TEXT("text"),
    VARCHAR("character varying"),
    CHAR("character"),
    /** Types whose binary form is their text, but that do not take every text: enums, xml. */
    LABEL(null),
    /** citext: takes every text. */
    FOLDED_TEXT(null),
    BYTEA("bytea"),
    JSON("json"),
    JSONB("jsonb"),
    UUID("uuid"),
    VECTOR("vector"),
    REAL_ARRAY("real[]"),
    /** Everything else: read by the server from its text. */
    OTHER(null);

    private final @Nullable String sql;

    Family(@Nullable String sql) {
      this.sql = sql;
    }

    /** Returns the type's name in the catalog's words, or null where the family has several. */
    @Nullable String sql() {
      return sql;
    }

    /** Tells whether every text can be stored, apart from a limit of length. */
    public boolean takesText() {
      return this == TEXT || this == VARCHAR || this == CHAR || this == FOLDED_TEXT;
    }

    /** Returns the bits of an integer type, or 0. */
    int intBits() {
      return switch (this) {
        case INT2 -> 16;
        case INT4 -> 32;
        case INT8 -> 64;
        default -> 0;
      };
    }
  }

  /** Returns the type of a family without a modifier. */
  static PgType of(Family family) {
    String sql = family.sql();
    if (sql == null) {
      throw new IllegalArgumentException("The family " + family + " is more than one type.");
    }
    return new PgType(sql, family, UNLIMITED, 0);
  }

  static PgType numeric(int precision, int scale) {
    return precision > NUMERIC_PRECISION_MAX
        ? of(Family.NUMERIC)
        : new PgType("numeric(" + precision + "," + scale + ")", Family.NUMERIC, precision, scale);
  }

  static PgType varchar(int length) {
    return new PgType("character varying(" + length + ")", Family.VARCHAR, length, 0);
  }

  static PgType character(int length) {
    return new PgType("character(" + length + ")", Family.CHAR, length, 0);
  }

  static PgType vector(int dimension) {
    return new PgType("vector(" + dimension + ")", Family.VECTOR, dimension, 0);
  }

  /** Makes a time type that keeps so many digits of a second. */
  static PgType seconds(Family family, int digits) {
    String base = String.valueOf(family.sql());
    int space = base.indexOf(' ');
    String sql = base.substring(0, space) + "(" + digits + ")" + base.substring(space);
    return new PgType(sql, family, digits, 0);
  }

  boolean limited() {
    return size != UNLIMITED;
  }
}
