package io.millrace.connectors.postgres.destination.copy;

import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.util.MemoryUtil;

/**
 * The parts of a number in PostgreSQL's output text: {@code -12345.6700}, {@code NaN}, {@code
 * Infinity}. An exponent never occurs there and is not read.
 */
final class NumericText {
  /** PostgreSQL's limits before and behind the point. */
  static final int WHOLE_DIGITS_MAX = 131_072;

  static final int FRACTION_DIGITS_MAX = 16_383;

  private static final byte[] NAN = "NaN".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] INFINITY = "Infinity".getBytes(StandardCharsets.US_ASCII);

  private int sign;
  private boolean special;
  private long wholeStart;
  private int wholeDigits;
  private int fractionDigits;

  /** Reads a number; returns false, and leaves the parts undefined, when there is none. */
  boolean read(long start, int length) {
    long end = start + length;
    boolean minus = length > 0 && MemoryUtil.getByte(start) == '-';
    long at = minus ? start + 1 : start;
    special = readSpecial(at, end, minus);
    if (special) {
      return true;
    }
    sign = minus ? NumericDigits.NEGATIVE : NumericDigits.POSITIVE;
    long wholeEnd = skipDigits(at, end);
    boolean point = wholeEnd < end && MemoryUtil.getByte(wholeEnd) == '.';
    long fractionEnd = point ? skipDigits(wholeEnd + 1, end) : wholeEnd;
    fractionDigits = point ? (int) (fractionEnd - wholeEnd - 1) : 0;
    if (fractionEnd != end || wholeEnd - at + fractionDigits == 0) {
      return false;
    }
    while (at < wholeEnd && MemoryUtil.getByte(at) == '0') {
      at++;
    }
    wholeStart = at;
    wholeDigits = (int) (wholeEnd - at);
    return wholeDigits <= WHOLE_DIGITS_MAX && fractionDigits <= FRACTION_DIGITS_MAX;
  }

  /** The sign in PostgreSQL's binary form, that of NaN and infinities included. */
  int sign() {
    return sign;
  }

  /** Tells whether it is NaN or an infinity. */
  boolean special() {
    return special;
  }

  int wholeDigits() {
    return wholeDigits;
  }

  int fractionDigits() {
    return fractionDigits;
  }

  /** Returns a digit; the whole ones come first, without leading zeros. */
  int digit(int index) {
    long at = wholeStart + index;
    return MemoryUtil.getByte(index < wholeDigits ? at : at + 1) - '0';
  }

  private boolean readSpecial(long at, long end, boolean minus) {
    if (!minus && matches(at, end, NAN)) {
      sign = NumericDigits.NAN;
      return true;
    }
    sign = minus ? NumericDigits.MINUS_INFINITY : NumericDigits.INFINITY;
    return matches(at, end, INFINITY);
  }

  private static boolean matches(long at, long end, byte[] word) {
    if (end - at != word.length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if (MemoryUtil.getByte(at + i) != word[i]) {
        return false;
      }
    }
    return true;
  }

  private static long skipDigits(long start, long end) {
    long at = start;
    while (at < end && MemoryUtil.getByte(at) >= '0' && MemoryUtil.getByte(at) <= '9') {
      at++;
    }
    return at;
  }
}
