package io.millrace.spi.type;

import java.util.List;

/**
 * A type of the lattice. {@link Fields} says how each travels in Arrow.
 *
 * <p>A value that its type cannot hold exactly is not rounded or nulled: its column is declared as
 * {@link Text}, or the row goes to quarantine.
 */
public sealed interface LogicalType {
  /** True or false. Arrow: Bool. */
  record Bool() implements LogicalType {}

  /**
   * A signed integer. Arrow: Int.
   *
   * @param bits 8, 16, 32 or 64
   */
  record Int(int bits) implements LogicalType {
    public Int {
      if (bits != 8 && bits != 16 && bits != 32 && bits != 64) {
        throw new IllegalArgumentException("An integer has 8, 16, 32 or 64 bits, not " + bits);
      }
    }
  }

  /**
   * An IEEE 754 number, NaN and infinities included. Arrow: FloatingPoint.
   *
   * @param bits 32 or 64
   */
  record Real(int bits) implements LogicalType {
    public Real {
      if (bits != 32 && bits != 64) {
        throw new IllegalArgumentException("A float has 32 or 64 bits, not " + bits);
      }
    }
  }

  /**
   * An exact decimal number. Arrow: Decimal (128 bits). {@link SpecialValues} holds its NaN.
   *
   * @param precision 1 to 38 digits
   * @param scale 0 to precision digits behind the point
   */
  record Decimal(int precision, int scale) implements LogicalType {
    /** The largest precision. */
    public static final int PRECISION_MAX = 38;

    public Decimal {
      if (precision < 1 || precision > PRECISION_MAX || scale < 0 || scale > precision) {
        throw new IllegalArgumentException("No such decimal: (" + precision + "," + scale + ")");
      }
    }
  }

  /**
   * A day of the proleptic Gregorian calendar, BC included. Arrow: Date(DAY), days since
   * 1970-01-01. {@link SpecialValues} holds its infinities.
   */
  record Date() implements LogicalType {}

  /**
   * A time of day, {@code 00:00:00} to {@code 24:00:00}. Arrow: Time(MICROSECOND, 64), microseconds
   * since midnight.
   */
  record Time() implements LogicalType {}

  /**
   * A date and time without zone. Arrow: Timestamp(MICROSECOND, null), microseconds since
   * 1970-01-01T00:00:00. {@link SpecialValues} holds its infinities.
   */
  record Timestamp() implements LogicalType {}

  /**
   * An instant. Arrow: Timestamp(MICROSECOND, "UTC"), microseconds since 1970-01-01T00:00:00Z.
   * {@link SpecialValues} holds its infinities.
   */
  record TimestampTz() implements LogicalType {}

  /** Unicode text. Arrow: Utf8. */
  record Text() implements LogicalType {}

  /** Bytes. Arrow: Binary. */
  record Binary() implements LogicalType {}

  /** One JSON value as text. Arrow: Utf8. */
  record Json() implements LogicalType {}

  /** A UUID. Arrow: FixedSizeBinary(16), most significant byte first. */
  record Uuid() implements LogicalType {}

  /**
   * A list. Arrow: List, its element named {@code item}.
   *
   * @param element the type of its items, which may be null
   */
  record ListOf(LogicalType element) implements LogicalType {}

  /**
   * A record with named parts. Arrow: Struct.
   *
   * @param parts the parts, in order; each may be null
   */
  record Struct(List<Part> parts) implements LogicalType {
    public Struct {
      parts = List.copyOf(parts);
    }
  }

  /**
   * A part of a {@link Struct}.
   *
   * @param name its name
   * @param type its type
   */
  record Part(String name, LogicalType type) {}

  /**
   * A list of 32-bit floats of fixed length (an embedding). Arrow: FixedSizeList(dimension) of
   * FloatingPoint(SINGLE), its element named {@code item}.
   *
   * @param dimension the number of floats, at least 1
   */
  record Vector(int dimension) implements LogicalType {}

  /** Returns the name for people and documents: {@code decimal(15,2)}, {@code list<text>}. */
  default String display() {
    return switch (this) {
      case Bool() -> "boolean";
      case Int(int bits) -> "int" + bits;
      case Real(int bits) -> "float" + bits;
      case Decimal(int precision, int scale) -> "decimal(" + precision + "," + scale + ")";
      case Date() -> "date";
      case Time() -> "time";
      case Timestamp() -> "timestamp";
      case TimestampTz() -> "timestamp with zone";
      case Text() -> "text";
      case Binary() -> "binary";
      case Json() -> "json";
      case Uuid() -> "uuid";
      case ListOf(LogicalType element) -> "list<" + element.display() + ">";
      case Struct(List<Part> parts) ->
          "struct<"
              + String.join(
                  ", ", parts.stream().map(p -> p.name() + ": " + p.type().display()).toList())
              + ">";
      case Vector(int dimension) -> "vector(" + dimension + ")";
    };
  }
}
