package io.millrace.connectors.files.source.value;

/** Turns runs of decimal digits into numbers, eight at a time. */
final class Digits {
  /** What {@link #parse} returns when one of the bytes is no digit. */
  static final long NONE = -1;

  /** The longest run that {@link #parse} takes: every such number fits a long. */
  static final int LENGTH_MAX = 18;

  private static final long ZEROS = 0x3030303030303030L;
  private static final long ABOVE_NINE = 0x7676767676767676L;
  private static final long TEN_TO_8 = 100_000_000L;
  private static final long[] POWERS = new long[LENGTH_MAX + 1];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private Digits() {}

  /** Returns ten to the power of 0 to 18. */
  static long power(int exponent) {
    return POWERS[exponent];
  }

  /** Returns the number that 1 to 18 digits write, or {@link #NONE}. Padded data. */
  static long parse(byte[] data, int from, int length) {
    if (length <= 8) {
      return upTo8(Bytes.word(data, from), length);
    }
    int first = length - 8;
    if (first <= 8) {
      long high = upTo8(Bytes.word(data, from), first);
      long low = upTo8(Bytes.word(data, from + first), 8);
      return (high | low) < 0 ? NONE : high * TEN_TO_8 + low;
    }
    long high = parse(data, from, first);
    long low = upTo8(Bytes.word(data, from + first), 8);
    return (high | low) < 0 ? NONE : high * TEN_TO_8 + low;
  }

  /** Returns the value of two digits, or a negative number. */
  static int two(byte[] data, int from) {
    int tens = data[from] - '0';
    int ones = data[from + 1] - '0';
    return (tens | ones | (9 - tens) | (9 - ones)) < 0 ? -1 : tens * 10 + ones;
  }

  /**
   * Turns a word of digits and other fixed bytes into pairs: where two digits stood side by side,
   * the byte of the first holds their number.
   *
   * @param shape the word with zeros in the place of digits
   * @return the pairs, or {@link #NONE} when a byte is no digit or not as the shape has it
   */
  static long pairs(long word, long shape, long fixedBytes) {
    long digits = word ^ shape;
    if ((((digits + ABOVE_NINE) | digits) & Bytes.HIGH_BITS) != 0 || (digits & fixedBytes) != 0) {
      return NONE;
    }
    return digits * 10 + (digits >>> 8);
  }

  private static long upTo8(long word, int length) {
    long digits = (word ^ ZEROS) << ((8 - length) << 3);
    if ((((digits + ABOVE_NINE) | digits) & Bytes.HIGH_BITS) != 0) {
      return NONE;
    }
    long pairs = digits * 10 + (digits >>> 8);
    long high = (pairs & 0x000000FF000000FFL) * 0x000F424000000064L;
    long low = ((pairs >>> 16) & 0x000000FF000000FFL) * 0x0000271000000001L;
    return (high + low) >>> 32;
  }
}
