package io.millrace.connectors.files.source.value;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Canonical decimals: an integer part without leading zeros, and optionally a point with at least
 * one digit behind it; a minus before it or nothing.
 */
public final class DecimalText {
  /** What {@link #parse} returns for other texts, and for numbers that do not fit. */
  public static final long NONE = Long.MIN_VALUE;

  /** The largest precision that {@link #parse} takes. */
  public static final int SHORT_PRECISION_MAX = Digits.LENGTH_MAX;

  private DecimalText() {}

  /**
   * Returns the number times ten to the power of {@code scale}, or {@link #NONE} when the text is
   * no canonical decimal or needs more digits than the type has. The data are padded.
   *
   * @param precision 1 to {@link #SHORT_PRECISION_MAX}
   */
  public static long parse(byte[] data, int from, int to, int precision, int scale) {
    boolean negative = from < to && data[from] == '-';
    int start = negative ? from + 1 : from;
    int point = point(data, start, to);
    int whole = point - start;
    int fraction = Math.max(0, to - point - 1);
    if (!shaped(data, start, whole, to - point, fraction)
        || fraction > scale
        || whole > Math.max(1, precision - scale)) {
      return NONE;
    }
    long high = Digits.parse(data, start, whole);
    long low = fraction == 0 ? 0 : Digits.parse(data, point + 1, fraction);
    if ((high | low) < 0 || (high > 0 && precision == scale)) {
      return NONE;
    }
    long value = high * Digits.power(scale) + low * Digits.power(scale - fraction);
    return negative ? -value : value;
  }

  /**
   * Returns the number times ten to the power of {@code scale}, or null when the text is no
   * canonical decimal or needs more digits than the type has.
   */
  public static @Nullable BigInteger parseLong(
      byte[] data, int from, int to, int precision, int scale) {
    boolean negative = from < to && data[from] == '-';
    int start = negative ? from + 1 : from;
    int point = point(data, start, to);
    int fraction = Math.max(0, to - point - 1);
    if (!canonical(data, from, to) || fraction > scale) {
      return null;
    }
    String digits =
        new String(data, start, point - start, StandardCharsets.US_ASCII)
            + new String(data, Math.min(to, point + 1), fraction, StandardCharsets.US_ASCII)
            + "0".repeat(scale - fraction);
    BigInteger value = new BigInteger(digits);
    if (value.compareTo(BigInteger.TEN.pow(precision)) >= 0) {
      return null;
    }
    return negative ? value.negate() : value;
  }

  /** Tells whether the text is a canonical decimal, of any length. */
  public static boolean canonical(byte[] data, int from, int to) {
    int start = from < to && data[from] == '-' ? from + 1 : from;
    int point = point(data, start, to);
    return shaped(data, start, point - start, to - point, to - point - 1)
        && allDigits(data, start, point)
        && (point == to || allDigits(data, point + 1, to));
  }

  /** Returns where the point is, or {@code to}. */
  public static int point(byte[] data, int from, int to) {
    return Bytes.indexOf(data, from, to, (byte) '.');
  }

  private static boolean shaped(byte[] data, int start, int whole, int behind, int fraction) {
    boolean leadingZero = whole > 1 && data[start] == '0';
    return whole > 0 && !leadingZero && (behind == 0 || fraction > 0);
  }

  static boolean allDigits(byte[] data, int from, int to) {
    for (int at = from; at < to; at++) {
      if (data[at] < '0' || data[at] > '9') {
        return false;
      }
    }
    return true;
  }
}
