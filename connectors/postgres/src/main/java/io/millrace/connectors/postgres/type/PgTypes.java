package io.millrace.connectors.postgres.type;

import io.millrace.spi.type.LogicalType;
import io.millrace.spi.type.LogicalType.Decimal;

/** Finds the place of PostgreSQL's types in the lattice. */
public final class PgTypes {
  private static final String VECTOR = "vector";

  private PgTypes() {}

  /**
   * Returns the lattice's type for a column.
   *
   * <p>Arrays and rows are {@link LogicalType.Json}; what fits nowhere is {@link LogicalType.Text}:
   * PostgreSQL's own output text. {@link #hasPlace} tells the two kinds of text apart.
   */
  public static LogicalType logical(PgType type) {
    return switch ((int) type.oid()) {
      case PgOids.BOOL -> new LogicalType.Bool();
      case PgOids.INT2 -> new LogicalType.Int(16);
      case PgOids.INT4 -> new LogicalType.Int(32);
      case PgOids.INT8 -> new LogicalType.Int(64);
      case PgOids.FLOAT4 -> new LogicalType.Real(32);
      case PgOids.FLOAT8 -> new LogicalType.Real(64);
      case PgOids.NUMERIC -> numeric(type);
      case PgOids.DATE -> new LogicalType.Date();
      case PgOids.TIME -> new LogicalType.Time();
      case PgOids.TIMESTAMP -> new LogicalType.Timestamp();
      case PgOids.TIMESTAMPTZ -> new LogicalType.TimestampTz();
      case PgOids.BYTEA -> new LogicalType.Binary();
      case PgOids.JSON, PgOids.JSONB -> new LogicalType.Json();
      case PgOids.UUID -> new LogicalType.Uuid();
      default -> other(type);
    };
  }

  /**
   * Tells whether the lattice has a place for the type that carries all of it. Where not, {@link
   * #logical} is a fall-back and the field says its native type.
   */
  public static boolean hasPlace(PgType type) {
    return isText(type) || !(logical(type) instanceof LogicalType.Text || isNested(type));
  }

  /** Tells whether values are arrays or rows. */
  public static boolean isNested(PgType type) {
    return type.isArray() || type.isComposite();
  }

  /** Tells whether values are plain text. */
  public static boolean isText(PgType type) {
    return switch ((int) type.oid()) {
      case PgOids.TEXT, PgOids.VARCHAR, PgOids.BPCHAR, PgOids.NAME -> true;
      default -> type.category() == 'S' && type.kind() == 'b' && type.name().equals("citext");
    };
  }

  /** Tells whether values are plain text of a limited length. */
  public static boolean isLimitedText(PgType type) {
    return type.typmod() >= 0 && (type.oid() == PgOids.VARCHAR || type.oid() == PgOids.BPCHAR);
  }

  private static LogicalType other(PgType type) {
    if (isNested(type)) {
      return new LogicalType.Json();
    }
    boolean vector = type.kind() == 'b' && type.name().equals(VECTOR) && type.typmod() > 0;
    return vector ? new LogicalType.Vector(type.typmod()) : new LogicalType.Text();
  }

  private static LogicalType numeric(PgType type) {
    int scale = type.numericScale();
    int precision = type.numericPrecision();
    int digits = scale < 0 ? precision - scale : Math.max(precision, scale);
    if (precision == 0 || digits > Decimal.PRECISION_MAX) {
      return new LogicalType.Text();
    }
    return new Decimal(digits, Math.max(scale, 0));
  }
}
