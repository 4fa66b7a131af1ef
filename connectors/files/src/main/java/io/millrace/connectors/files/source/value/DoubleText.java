package io.millrace.connectors.files.source.value;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Floating-point numbers of 64 bits: an integer or decimal, optionally with an exponent; {@code
 * NaN}, {@code Infinity} and {@code -Infinity}.
 */
public final class DoubleText {
  /** Every decimal of so many significant digits survives the way through 64 bits and back. */
  public static final int EXACT_DIGITS = 15;

  private static final int EXACT_POWER_MAX = 22;
  private static final int LENGTH_MAX = 400;
  private static final double[] POWERS = new double[EXACT_POWER_MAX + 1];
  private static final byte[] NAN = ascii("NaN");
  private static final byte[] INFINITY = ascii("Infinity");
  private static final byte[] MINUS_INFINITY = ascii("-Infinity");

  static {
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = Double.parseDouble("1e" + i);
    }
  }

  private DoubleText() {}

  /**
   * Tells whether {@link #parse} takes the text: a number that loses no digit by it, or a special
   * value. The data are padded.
   */
  public static boolean accepts(byte[] data, int from, int to) {
    if (!isNumber(data, from, to)) {
      return isSpecial(data, from, to);
    }
    boolean brief = to - from <= EXACT_DIGITS && DecimalText.canonical(data, from, to);
    return brief || exact(data, from, to);
  }

  /** Tells whether the text is {@code NaN}, {@code Infinity} or {@code -Infinity}. */
  public static boolean isSpecial(byte[] data, int from, int to) {
    return same(data, from, to, NAN)
        || same(data, from, to, INFINITY)
        || same(data, from, to, MINUS_INFINITY);
  }

  /** Returns the nearest number. Only for texts that {@link #accepts} took. */
  public static double parse(byte[] data, int from, int to) {
    boolean negative = data[from] == '-';
    int start = negative ? from + 1 : from;
    int point = DecimalText.point(data, start, to);
    int fraction = Math.max(0, to - point - 1);
    int digits = to - start - (point < to ? 1 : 0);
    if (digits <= EXACT_DIGITS && fraction <= EXACT_POWER_MAX) {
      long high = Digits.parse(data, start, point - start);
      long low = fraction == 0 ? 0 : Digits.parse(data, point + 1, fraction);
      if ((high | low) >= 0) {
        double value = (high * Digits.power(fraction) + low) / POWERS[fraction];
        return negative ? -value : value;
      }
    }
    return Double.parseDouble(new String(data, from, to - from, StandardCharsets.US_ASCII));
  }

  /**
   * Tells whether a number of 64 bits stands for exactly this text's value and no other text of so
   * many digits: printed in its shortest form it has the same value.
   */
  public static boolean exact(byte[] data, int from, int to) {
    if (!isNumber(data, from, to)) {
      return isSpecial(data, from, to);
    }
    String text = new String(data, from, to - from, StandardCharsets.US_ASCII);
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      return false;
    }
    return new BigDecimal(Double.toString(value)).compareTo(new BigDecimal(text)) == 0;
  }

  /** Tells whether there is an integer part, optionally a fraction or an exponent. */
  public static boolean isNumber(byte[] data, int from, int to) {
    if (to - from > LENGTH_MAX) {
      return false;
    }
    int exponent = from;
    while (exponent < to && data[exponent] != 'e' && data[exponent] != 'E') {
      exponent++;
    }
    return DecimalText.canonical(data, from, exponent)
        && (exponent == to || isExponent(data, exponent + 1, to));
  }

  private static boolean isExponent(byte[] data, int from, int to) {
    int start = from < to && (data[from] == '-' || data[from] == '+') ? from + 1 : from;
    return start < to && to - start <= 4 && DecimalText.allDigits(data, start, to);
  }

  private static boolean same(byte[] data, int from, int to, byte[] text) {
    return to - from == text.length && Arrays.equals(data, from, to, text, 0, text.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
