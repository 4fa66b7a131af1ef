package io.millrace.connectors.files.format.parquet;

import io.millrace.spi.type.LogicalType;
import java.math.BigInteger;

/**
 * How the values of a leaf are stored.
 *
 * @param kind the format's physical type
 * @param length the bytes of a value of fixed length; 0 for the others
 */
record PhysicalType(Kind kind, int length) {
  /** The format's {@code Type}. */
  enum Kind {
    BOOLEAN(0),
    INT32(1),
    INT64(2),
    FLOAT(4),
    DOUBLE(5),
    BYTE_ARRAY(6),
    FIXED_LEN_BYTE_ARRAY(7);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  private static final int INT32_DIGITS = 9;
  private static final int INT64_DIGITS = 18;
  private static final int UUID_BYTES = 16;

  /** Returns how a leaf of this type is stored; lists and structs are no leaves. */
  static PhysicalType of(LogicalType type) {
    return switch (type) {
      case LogicalType.Bool() -> new PhysicalType(Kind.BOOLEAN, 0);
      case LogicalType.Int(int bits) -> new PhysicalType(bits == 64 ? Kind.INT64 : Kind.INT32, 0);
      case LogicalType.Real(int bits) -> new PhysicalType(bits == 32 ? Kind.FLOAT : Kind.DOUBLE, 0);
      case LogicalType.Decimal(int precision, int ignored) -> decimal(precision);
      case LogicalType.Date() -> new PhysicalType(Kind.INT32, 0);
      case LogicalType.Time() -> new PhysicalType(Kind.INT64, 0);
      case LogicalType.Timestamp() -> new PhysicalType(Kind.INT64, 0);
      case LogicalType.TimestampTz() -> new PhysicalType(Kind.INT64, 0);
      case LogicalType.Uuid() -> new PhysicalType(Kind.FIXED_LEN_BYTE_ARRAY, UUID_BYTES);
      case LogicalType.Text() -> new PhysicalType(Kind.BYTE_ARRAY, 0);
      case LogicalType.Binary() -> new PhysicalType(Kind.BYTE_ARRAY, 0);
      case LogicalType.Json() -> new PhysicalType(Kind.BYTE_ARRAY, 0);
      case LogicalType.ListOf ignored -> throw new IllegalArgumentException("A list is no leaf.");
      case LogicalType.Vector ignored -> throw new IllegalArgumentException("A list is no leaf.");
      case LogicalType.Struct ignored -> throw new IllegalArgumentException("No leaf: " + type);
    };
  }

  private static PhysicalType decimal(int precision) {
    if (precision <= INT32_DIGITS) {
      return new PhysicalType(Kind.INT32, 0);
    }
    if (precision <= INT64_DIGITS) {
      return new PhysicalType(Kind.INT64, 0);
    }
    int bits = BigInteger.TEN.pow(precision).bitLength() + 1;
    return new PhysicalType(Kind.FIXED_LEN_BYTE_ARRAY, (bits + 7) / 8);
  }
}
