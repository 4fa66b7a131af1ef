package io.millrace.connectors.files.source.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Canonical integers of 64 bits: digits without leading zeros, a minus before them or nothing, and
 * no minus before zero.
 */
public final class LongText {
  /** What {@link #parse} returns for other texts. It is also the smallest number. */
  public static final long NONE = Long.MIN_VALUE;

  private static final byte[] SMALLEST =
      Long.toString(Long.MIN_VALUE).getBytes(StandardCharsets.US_ASCII);

  private LongText() {}

  /**
   * Returns the number, or {@link #NONE} for a text that is no canonical integer; {@link
   * #isSmallest} tells the smallest number from a failure. The data are padded.
   */
  public static long parse(byte[] data, int from, int to) {
    boolean negative = from < to && data[from] == '-';
    int start = negative ? from + 1 : from;
    int length = to - start;
    if (length <= 0 || (data[start] == '0' && (length > 1 || negative))) {
      return NONE;
    }
    if (length <= Digits.LENGTH_MAX) {
      long value = Digits.parse(data, start, length);
      if (value < 0) {
        return NONE;
      }
      return negative ? -value : value;
    }
    return length == Digits.LENGTH_MAX + 1 ? parse19(data, start, negative) : NONE;
  }

  /** Tells whether the text is the smallest number. */
  public static boolean isSmallest(byte[] data, int from, int to) {
    return Arrays.equals(data, from, to, SMALLEST, 0, SMALLEST.length);
  }

  private static long parse19(byte[] data, int start, boolean negative) {
    long high = Digits.parse(data, start, Digits.LENGTH_MAX);
    int last = data[start + Digits.LENGTH_MAX] - '0';
    if (high < 0 || last < 0 || last > 9 || high > Long.MAX_VALUE / 10) {
      return NONE;
    }
    long value = high * 10 + last;
    if (value < 0) {
      return NONE;
    }
    return negative ? -value : value;
  }
}
