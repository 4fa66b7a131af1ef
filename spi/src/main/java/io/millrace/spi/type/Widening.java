package io.millrace.spi.type;

import io.millrace.spi.type.LogicalType.Date;
import io.millrace.spi.type.LogicalType.Decimal;
import io.millrace.spi.type.LogicalType.Int;
import io.millrace.spi.type.LogicalType.ListOf;
import io.millrace.spi.type.LogicalType.Real;
import io.millrace.spi.type.LogicalType.Text;
import io.millrace.spi.type.LogicalType.Timestamp;

/** Finds the narrowest type that holds every value of two types exactly. */
public final class Widening {
  private static final int FLOAT64_EXACT_INT_BITS = 32;

  private Widening() {}

  /**
   * Returns the narrowest type that holds every value of both; {@link Text} where there is no
   * other. Symmetric, and equal types stay as they are.
   */
  public static LogicalType join(LogicalType one, LogicalType other) {
    if (one.equals(other)) {
      return one;
    }
    return switch (one) {
      case Int(int bits) -> joinInt(bits, other);
      case Real(int bits) -> joinReal(bits, other);
      case Decimal decimal -> joinDecimal(decimal, other);
      case Date() when other instanceof Timestamp -> other;
      case Timestamp() when other instanceof Date -> one;
      case ListOf(LogicalType element) when other instanceof ListOf(LogicalType second) ->
          new ListOf(join(element, second));
      default -> new Text();
    };
  }

  /** Tells whether {@code to} holds every value of {@code from} exactly, {@link Text} excepted. */
  public static boolean widens(LogicalType from, LogicalType to) {
    return !(to instanceof Text) && join(from, to).equals(to);
  }

  private static LogicalType joinInt(int bits, LogicalType other) {
    return switch (other) {
      case Int(int second) -> new Int(Math.max(bits, second));
      case Real(int ignored) when bits <= FLOAT64_EXACT_INT_BITS -> new Real(64);
      case Decimal decimal -> joinDecimal(new Decimal(digits(bits), 0), decimal);
      default -> new Text();
    };
  }

  private static LogicalType joinReal(int bits, LogicalType other) {
    return switch (other) {
      case Real(int second) -> new Real(Math.max(bits, second));
      case Int(int second) -> joinInt(second, new Real(bits));
      default -> new Text();
    };
  }

  private static LogicalType joinDecimal(Decimal one, LogicalType other) {
    return switch (other) {
      case Int(int bits) -> joinDecimal(one, new Decimal(digits(bits), 0));
      case Decimal second -> {
        int scale = Math.max(one.scale(), second.scale());
        int whole = Math.max(one.precision() - one.scale(), second.precision() - second.scale());
        yield whole + scale <= Decimal.PRECISION_MAX
            ? new Decimal(Math.max(1, whole + scale), scale)
            : new Text();
      }
      default -> new Text();
    };
  }

  private static int digits(int bits) {
    return switch (bits) {
      case 8 -> 3;
      case 16 -> 5;
      case 32 -> 10;
      default -> 19;
    };
  }
}
