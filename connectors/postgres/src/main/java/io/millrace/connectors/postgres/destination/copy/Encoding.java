package io.millrace.connectors.postgres.destination.copy;

import io.millrace.codec.Cells;
import io.millrace.codec.JsonForm;
import io.millrace.codec.TextForm;
import io.millrace.connectors.postgres.destination.table.PgType;
import io.millrace.connectors.postgres.destination.table.PgType.Family;
import io.millrace.connectors.postgres.destination.table.TargetColumn;
import io.millrace.spi.type.LogicalType;
import java.util.function.Function;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** Chooses how the values of a column are written and checked. */
final class Encoding {
  private static final int REAL_BITS = 32;

  private Encoding() {}

  /** Returns the encoder of the binary form, or null when there is none for this pair of types. */
  static @Nullable ColumnEncoder binary(TargetColumn column) {
    PgType target = column.type();
    if (target.family().takesText()) {
      return asText(column.carrier());
    }
    return switch (column.carrier()) {
      case LogicalType.Bool() -> is(target, Family.BOOL) ? new BoolEncoder() : null;
      case LogicalType.Int(int bits) -> integer(bits, target.family());
      case LogicalType.Real(int bits) -> real(bits, target.family());
      case LogicalType.Decimal(_, int scale) ->
          is(target, Family.NUMERIC) ? new DecimalEncoder(scale) : null;
      case LogicalType.Date() -> date(target.family());
      case LogicalType.Time() -> is(target, Family.TIME) ? new TimeEncoder() : null;
      case LogicalType.Timestamp() -> is(target, Family.TIMESTAMP) ? new TimestampEncoder() : null;
      case LogicalType.TimestampTz() ->
          is(target, Family.TIMESTAMPTZ) ? new TimestampEncoder() : null;
      case LogicalType.Text() -> text(target.family());
      case LogicalType.Binary() -> is(target, Family.BYTEA) ? BytesEncoder.plain() : null;
      case LogicalType.Json() -> json(target.family());
      case LogicalType.Uuid() -> is(target, Family.UUID) ? new UuidEncoder() : null;
      case LogicalType.ListOf _ -> nested(target.family());
      case LogicalType.Struct _ -> nested(target.family());
      case LogicalType.Vector(int dimension) -> vector(dimension, target.family());
    };
  }

  /** Returns the encoder of the text form, which the server's own input function reads. */
  static ColumnEncoder text(TargetColumn column) {
    Family family = column.type().family();
    boolean list =
        column.carrier() instanceof LogicalType.ListOf
            || (column.carrier() instanceof LogicalType.Vector && family == Family.REAL_ARRAY);
    boolean array = family == Family.OTHER || family == Family.REAL_ARRAY;
    if (list && array) {
      return new ArrayLiterals();
    }
    return new EscapedEncoder(TextForm::cells);
  }

  /** Returns the check of values that the column cannot hold. */
  static ValueCheck check(TargetColumn column) {
    Family family = column.type().family();
    return switch (column.carrier()) {
      case LogicalType.Date() when !family.takesText() -> new DateCheck(family == Family.TIMESTAMP);
      case LogicalType.Time() when !family.takesText() -> MicrosCheck.ofTimes();
      case LogicalType.Timestamp() when !family.takesText() -> MicrosCheck.ofTimestamps();
      case LogicalType.TimestampTz() when !family.takesText() -> MicrosCheck.ofTimestamps();
      case LogicalType.Text() when family == Family.NUMERIC -> new NumericTextCheck();
      case LogicalType.Text() -> new NulCheck();
      case LogicalType.Json() when family == Family.JSONB -> new JsonCheck(true);
      case LogicalType.Json() when family == Family.JSON -> new JsonCheck(false);
      case LogicalType.Json() -> new NulCheck();
      case LogicalType.ListOf _ when family != Family.TEXT -> new NestedNulCheck();
      case LogicalType.Struct _ when family != Family.TEXT -> new NestedNulCheck();
      case LogicalType.Vector _ -> new VectorCheck();
      default -> ValueCheck.NONE;
    };
  }

  private static ColumnEncoder asText(LogicalType carrier) {
    return carrier instanceof LogicalType.Text || carrier instanceof LogicalType.Json
        ? BytesEncoder.plain()
        : new CellsEncoder(TextForm::cells, false);
  }

  private static @Nullable ColumnEncoder integer(int bits, Family family) {
    return switch (family) {
      case INT2 -> bits <= Short.SIZE ? new IntegerEncoder(bits, Short.BYTES) : null;
      case INT4 -> bits <= Integer.SIZE ? new IntegerEncoder(bits, Integer.BYTES) : null;
      case INT8 -> new IntegerEncoder(bits, Long.BYTES);
      case FLOAT8 -> bits <= Integer.SIZE ? new IntegerAsDoubleEncoder(bits) : null;
      case NUMERIC -> new IntegerAsNumericEncoder(bits);
      default -> null;
    };
  }

  private static @Nullable ColumnEncoder real(int bits, Family family) {
    return switch (family) {
      case FLOAT4 -> bits == REAL_BITS ? new RealEncoder(bits, Float.BYTES) : null;
      case FLOAT8 -> new RealEncoder(bits, Double.BYTES);
      default -> null;
    };
  }

  private static @Nullable ColumnEncoder date(Family family) {
    return switch (family) {
      case DATE -> new DateEncoder(false);
      case TIMESTAMP -> new DateEncoder(true);
      default -> null;
    };
  }

  private static @Nullable ColumnEncoder text(Family family) {
    return switch (family) {
      case LABEL -> BytesEncoder.plain();
      case NUMERIC -> new NumericTextEncoder();
      default -> null;
    };
  }

  private static @Nullable ColumnEncoder json(Family family) {
    return switch (family) {
      case JSON -> BytesEncoder.plain();
      case JSONB -> BytesEncoder.versioned();
      default -> null;
    };
  }

  private static @Nullable ColumnEncoder nested(Family family) {
    Function<FieldVector, Cells> form = JsonForm::cells;
    return switch (family) {
      case JSON -> new CellsEncoder(form, false);
      case JSONB -> new CellsEncoder(form, true);
      default -> null;
    };
  }

  private static @Nullable ColumnEncoder vector(int dimension, Family family) {
    return switch (family) {
      case VECTOR -> new VectorEncoder(dimension, false);
      case REAL_ARRAY -> new VectorEncoder(dimension, true);
      default -> null;
    };
  }

  private static boolean is(PgType type, Family family) {
    return type.family() == family;
  }
}
