package io.millrace.connectors.files.source.value;

/**
 * ISO 8601 dates with a time of day: {@code 2024-02-29T23:59:59.123456+02:00}. A blank may stand
 * for the {@code T}; seconds and their fraction (up to six digits, more where the rest are zeros)
 * may be absent; the zone is {@code Z}, {@code +02}, {@code +0200} or {@code +02:00}.
 */
public final class TimestampText {
  /** What the methods return for other texts. */
  public static final long NONE = Long.MIN_VALUE;

  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final long SECONDS_PER_DAY = 86_400L;
  private static final int FRACTION_DIGITS = 6;
  private static final int FRACTION_DIGITS_MAX = 9;
  private static final int ZONE_HOURS_MAX = 18;
  private static final int MINUTES_END = DateText.LENGTH + 6;
  private static final int SECONDS_END = DateText.LENGTH + 9;

  /** Eight bytes as {@code 00:00:00}, and the places of the colons in them. */
  private static final long SHAPE = 0x30303A30303A3030L;

  private static final long COLONS = 0x0000FF0000FF0000L;

  private TimestampText() {}

  /**
   * Returns the microseconds since 1970-01-01T00:00:00 of a text without zone, or {@link #NONE}. A
   * date alone is its midnight. The data are padded.
   */
  public static long parseLocal(byte[] data, int from, int to) {
    if (to - from == DateText.LENGTH) {
      int days = DateText.parse(data, from);
      return days == DateText.NONE ? NONE : days * SECONDS_PER_DAY * MICROS_PER_SECOND;
    }
    int end = timeEnd(data, from, to);
    return end == to ? micros(data, from, end) : NONE;
  }

  /**
   * Returns the microseconds since 1970-01-01T00:00:00Z of a text with zone, or {@link #NONE}. The
   * data are padded.
   */
  public static long parseInstant(byte[] data, int from, int to) {
    int end = timeEnd(data, from, to);
    if (end >= to) {
      return NONE;
    }
    int offset = offsetSeconds(data, end, to);
    long local = micros(data, from, end);
    if (offset == Integer.MIN_VALUE || local == NONE) {
      return NONE;
    }
    return local - offset * MICROS_PER_SECOND;
  }

  /** Returns where the zone would begin. */
  private static int timeEnd(byte[] data, int from, int to) {
    int at = Math.min(to, from + MINUTES_END);
    while (at < to && (data[at] == ':' || data[at] == '.' || isDigit(data[at]))) {
      at++;
    }
    return at;
  }

  private static long micros(byte[] data, int from, int end) {
    int length = end - from;
    if (length < MINUTES_END || (data[from + 10] != 'T' && data[from + 10] != ' ')) {
      return NONE;
    }
    int days = DateText.parse(data, from);
    long seconds =
        length < SECONDS_END
            ? (length == MINUTES_END ? minutes(data, from + 11) : -1)
            : seconds(data, from + 11);
    long fraction = length > SECONDS_END ? fraction(data, from + SECONDS_END, end) : 0;
    if (days == DateText.NONE || (seconds | fraction) < 0) {
      return NONE;
    }
    return (days * SECONDS_PER_DAY + seconds) * MICROS_PER_SECOND + fraction;
  }

  /** Parses {@code 23:59:59}. */
  private static int seconds(byte[] data, int from) {
    long pairs = Digits.pairs(Bytes.word(data, from), SHAPE, COLONS);
    int hour = (int) pairs & 0xFF;
    int minute = (int) (pairs >>> 24) & 0xFF;
    int second = (int) (pairs >>> 48) & 0xFF;
    if (pairs == Digits.NONE || ((23 - hour) | (59 - minute) | (59 - second)) < 0) {
      return -1;
    }
    return hour * 3600 + minute * 60 + second;
  }

  /** Parses {@code 23:59}. */
  private static int minutes(byte[] data, int from) {
    int hour = Digits.two(data, from);
    int minute = Digits.two(data, from + 3);
    if (data[from + 2] != ':' || (hour | minute | (23 - hour) | (59 - minute)) < 0) {
      return -1;
    }
    return hour * 3600 + minute * 60;
  }

  private static long fraction(byte[] data, int point, int end) {
    int digits = end - point - 1;
    if (data[point] != '.' || digits < 1 || digits > FRACTION_DIGITS_MAX) {
      return -1;
    }
    int kept = Math.min(digits, FRACTION_DIGITS);
    for (int at = point + 1 + kept; at < end; at++) {
      if (data[at] != '0') {
        return -1;
      }
    }
    long value = Digits.parse(data, point + 1, kept);
    return value < 0 ? -1 : value * Digits.power(FRACTION_DIGITS - kept);
  }

  private static int offsetSeconds(byte[] data, int at, int to) {
    int length = to - at;
    if (length == 1 && data[at] == 'Z') {
      return 0;
    }
    boolean colon = length == 6 && data[at + 3] == ':';
    boolean known = length == 3 || length == 5 || colon;
    if (!known || (data[at] != '+' && data[at] != '-')) {
      return Integer.MIN_VALUE;
    }
    int hours = Digits.two(data, at + 1);
    int minutes = length == 3 ? 0 : Digits.two(data, to - 2);
    if ((hours | minutes | (ZONE_HOURS_MAX - hours) | (59 - minutes)) < 0) {
      return Integer.MIN_VALUE;
    }
    int seconds = hours * 3600 + minutes * 60;
    return data[at] == '-' ? -seconds : seconds;
  }

  private static boolean isDigit(byte value) {
    return value >= '0' && value <= '9';
  }
}
