package io.millrace.codec;

import io.millrace.spi.type.LogicalType.Decimal;
import io.millrace.spi.type.SpecialValues;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.apache.arrow.vector.DecimalVector;

/** Numbers in JSON's notation, read exactly or not at all. */
final class JsonNumbers {
  /** Every decimal number of so many digits is told apart by a double. */
  private static final int EXACT_DIGITS_64 = 15;

  private static final int EXACT_DIGITS_32 = 6;

  /** Every number of so many digits has room in a long. */
  private static final int LONG_DIGITS = 18;

  private static final long[] POWERS_OF_TEN = powersOfTen();

  private JsonNumbers() {}

  /** Returns the whole number that the text says, be it written as {@code 5.0} or {@code 5e0}. */
  static long whole(String text, int bits) throws MisfitException {
    BigDecimal number = plain(text, "a whole number of " + bits + " bits");
    if (number.scale() > 0 || (long) number.precision() - number.scale() > LONG_DIGITS + 1) {
      throw new MisfitException("a whole number of " + bits + " bits", text);
    }
    try {
      return number.longValueExact();
    } catch (ArithmeticException e) {
      throw new MisfitException("a whole number of " + bits + " bits", text);
    }
  }

  /**
   * Tells whether the double is what the digits say: printed with as many digits it gives them
   * again.
   */
  static boolean same(double value, char[] chars, int offset, int length) {
    int digits = significantDigits(chars, offset, length);
    if (digits == 0) {
      return value == 0;
    }
    if (!Double.isFinite(value) || value == 0) {
      return false;
    }
    if (digits <= EXACT_DIGITS_64 && Math.abs(value) >= Double.MIN_NORMAL) {
      return true;
    }
    return printsAs(new BigDecimal(value), chars, offset, length);
  }

  /** The same for a float. */
  static boolean same(float value, char[] chars, int offset, int length) {
    int digits = significantDigits(chars, offset, length);
    if (digits == 0) {
      return value == 0;
    }
    if (!Float.isFinite(value) || value == 0) {
      return false;
    }
    if (digits <= EXACT_DIGITS_32 && Math.abs(value) >= Float.MIN_NORMAL) {
      return true;
    }
    return printsAs(new BigDecimal(value), chars, offset, length);
  }

  private static boolean printsAs(BigDecimal exact, char[] chars, int offset, int length) {
    BigDecimal text = new BigDecimal(chars, offset, length).stripTrailingZeros();
    return exact.round(new MathContext(text.precision(), RoundingMode.HALF_EVEN)).compareTo(text)
        == 0;
  }

  private static int significantDigits(char[] chars, int offset, int length) {
    int digits = 0;
    int zeros = 0;
    for (int i = offset; i < offset + length; i++) {
      char c = chars[i];
      if (c == 'e' || c == 'E') {
        break;
      }
      if (c == '0') {
        zeros++;
      } else if (c > '0' && c <= '9') {
        digits = digits == 0 ? 1 : digits + zeros + 1;
        zeros = 0;
      }
    }
    return digits;
  }

  /** Stores the number that the text says at the index of the vector. */
  static void decimal(DecimalVector vector, int index, char[] chars, int offset, int length)
      throws MisfitException {
    if (!shortDecimal(vector, index, chars, offset, length)) {
      longDecimal(vector, index, new String(chars, offset, length));
    }
  }

  /** Stores the decimal that stands for NaN. */
  static void decimalNan(DecimalVector vector, int index) {
    vector.setSafe(index, 0);
    long at = (long) index * DecimalVector.TYPE_WIDTH;
    vector.getDataBuffer().setLong(at, SpecialValues.DECIMAL_NAN_LOW);
    vector.getDataBuffer().setLong(at + Long.BYTES, SpecialValues.DECIMAL_NAN_HIGH);
  }

  private static boolean shortDecimal(
      DecimalVector vector, int index, char[] chars, int offset, int length) {
    int scale = vector.getScale();
    if (length > LONG_DIGITS || scale > LONG_DIGITS) {
      return false;
    }
    long value = 0;
    int digits = 0;
    int behindPoint = -1;
    for (int i = chars[offset] == '-' ? offset + 1 : offset; i < offset + length; i++) {
      char c = chars[i];
      if (c == '.') {
        behindPoint = 0;
      } else if (c >= '0' && c <= '9') {
        value = value * 10 + (c - '0');
        digits++;
        behindPoint = behindPoint < 0 ? behindPoint : behindPoint + 1;
      } else {
        return false;
      }
    }
    int missing = scale - Math.max(0, behindPoint);
    if (missing < 0 || digits + missing > Math.min(LONG_DIGITS, vector.getPrecision())) {
      return false;
    }
    value *= POWERS_OF_TEN[missing];
    vector.setSafe(index, chars[offset] == '-' ? -value : value);
    return true;
  }

  private static void longDecimal(DecimalVector vector, int index, String text)
      throws MisfitException {
    String expected =
        "a number of at most "
            + (vector.getPrecision() - vector.getScale())
            + " digits before and "
            + vector.getScale()
            + " behind the point";
    BigDecimal number = plain(text, expected);
    long whole = (long) number.precision() - number.scale();
    if (number.signum() != 0
        && (number.scale() > vector.getScale()
            || whole > vector.getPrecision() - vector.getScale())) {
      throw new MisfitException(expected, text);
    }
    vector.setSafe(index, number.setScale(vector.getScale()));
  }

  private static BigDecimal plain(String text, String expected) throws MisfitException {
    if (text.length() > Decimal.PRECISION_MAX * 30) {
      throw new MisfitException(expected, text);
    }
    try {
      return new BigDecimal(text).stripTrailingZeros();
    } catch (NumberFormatException e) {
      throw new MisfitException(expected, text);
    }
  }

  private static long[] powersOfTen() {
    long[] powers = new long[LONG_DIGITS + 1];
    powers[0] = 1;
    for (int i = 1; i <= LONG_DIGITS; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }
}
