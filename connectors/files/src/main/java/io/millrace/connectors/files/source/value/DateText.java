package io.millrace.connectors.files.source.value;

/** ISO 8601 dates of the years 0001 to 9999: {@code 2024-02-29}. */
public final class DateText {
  /** What {@link #parse} returns for other texts. */
  public static final int NONE = Integer.MIN_VALUE;

  /** The length of every such date. */
  public static final int LENGTH = 10;

  private static final int[] DAYS_BEFORE_MONTH = {
    306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275
  };
  private static final int[] DAYS_OF_MONTH = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  private static final int DAYS_FROM_MARCH_OF_YEAR_0 = 719_468;

  /** Eight bytes as {@code 0000-00-}, and the places of the dashes in them. */
  private static final long SHAPE = 0x2D30302D30303030L;

  private static final long DASHES = 0xFF0000FF00000000L;

  private DateText() {}

  /** Returns the days since 1970-01-01, or {@link #NONE}. The data are padded. */
  public static int parse(byte[] data, int from, int to) {
    return to - from == LENGTH ? parse(data, from) : NONE;
  }

  /** Parses the ten bytes that begin at {@code from}. */
  static int parse(byte[] data, int from) {
    long pairs = Digits.pairs(Bytes.word(data, from), SHAPE, DASHES);
    int day = Digits.two(data, from + 8);
    int month = (int) (pairs >>> 40) & 0xFF;
    if (pairs == Digits.NONE || ((month - 1) | (day - 1) | (12 - month)) < 0) {
      return NONE;
    }
    int year = (int) (pairs & 0xFF) * 100 + (int) ((pairs >>> 16) & 0xFF);
    if (year == 0 || day > DAYS_OF_MONTH[month - 1] || (month == 2 && day == 29 && !leap(year))) {
      return NONE;
    }
    return days(year, month, day);
  }

  /** Counts from March, so that the leap day is the last of its year. */
  private static int days(int year, int month, int day) {
    int marchYear = month <= 2 ? year - 1 : year;
    int dayOfYear = DAYS_BEFORE_MONTH[month - 1] + day - 1;
    return marchYear * 365
        + marchYear / 4
        - marchYear / 100
        + marchYear / 400
        + dayOfYear
        - DAYS_FROM_MARCH_OF_YEAR_0;
  }

  private static boolean leap(int year) {
    return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
  }
}
