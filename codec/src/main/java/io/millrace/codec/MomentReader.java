package io.millrace.codec;

import io.millrace.spi.type.SpecialValues;

/**
 * Reads dates and times exactly, in ISO 8601 and in the {@link TextForm}. For one thread.
 *
 * <p>Years have four digits or more, or are ISO's signed years; {@code BC} stands at the end. A
 * fraction of a second has at most six digits that are not zero.
 */
final class MomentReader {
  private static final int YEAR_DIGITS_MAX = 7;

  /** Days from 0000-12-31 to 1970-01-01. */
  private static final int DAYS_TO_EPOCH = 719_163;

  private static final int[] DAYS_BEFORE_MONTH = {
    0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365
  };

  private char[] chars = new char[0];
  private int at;
  private int end;
  private int start;
  private int textEnd;
  private String expected = "";

  /** Returns days since 1970-01-01, or an infinity. */
  int date(char[] text, int offset, int length) throws MisfitException {
    begin(text, offset, length, "a date such as 2025-10-16");
    if (takeInfinity()) {
      return chars[start] == '-' ? SpecialValues.DATE_MINUS_INFINITY : SpecialValues.DATE_INFINITY;
    }
    boolean beforeChrist = takeBeforeChrist();
    long days = day(beforeChrist);
    finish();
    if (days >= SpecialValues.DATE_INFINITY || days <= SpecialValues.DATE_MINUS_INFINITY) {
      throw misfit();
    }
    return (int) days;
  }

  /** Returns microseconds since midnight, up to 24:00:00. */
  long time(char[] text, int offset, int length) throws MisfitException {
    begin(text, offset, length, "a time of day such as 12:00:00.5, without a zone");
    long micros = timeOfDay();
    finish();
    if (micros > Moments.MICROS_PER_DAY) {
      throw misfit();
    }
    return micros;
  }

  /** Returns microseconds since 1970-01-01T00:00:00, or an infinity; a date alone is midnight. */
  long timestamp(char[] text, int offset, int length) throws MisfitException {
    begin(text, offset, length, "a timestamp such as 2025-10-16T12:00:00.5, without a zone");
    return moment(false);
  }

  /** Returns microseconds since 1970-01-01T00:00:00Z, or an infinity. */
  long timestampTz(char[] text, int offset, int length) throws MisfitException {
    begin(text, offset, length, "a timestamp with a zone such as 2025-10-16T12:00:00.5Z");
    return moment(true);
  }

  private long moment(boolean zoned) throws MisfitException {
    if (takeInfinity()) {
      return chars[start] == '-'
          ? SpecialValues.TIMESTAMP_MINUS_INFINITY
          : SpecialValues.TIMESTAMP_INFINITY;
    }
    boolean beforeChrist = takeBeforeChrist();
    long days = day(beforeChrist);
    long micros = 0;
    if (zoned || at < end) {
      takeSeparator();
      micros = timeOfDay();
      if (micros >= Moments.MICROS_PER_DAY) {
        throw misfit();
      }
    }
    long offset = zoned ? zoneSeconds() * Moments.MICROS_PER_SECOND : 0;
    finish();
    try {
      long value = Math.addExact(Math.multiplyExact(days, Moments.MICROS_PER_DAY), micros - offset);
      if (Moments.infinite(value)) {
        throw misfit();
      }
      return value;
    } catch (ArithmeticException e) {
      throw misfit();
    }
  }

  private void begin(char[] text, int offset, int length, String what) {
    chars = text;
    start = offset;
    at = offset;
    end = offset + length;
    textEnd = end;
    expected = what;
  }

  private void finish() throws MisfitException {
    if (at != end) {
      throw misfit();
    }
  }

  private MisfitException misfit() {
    return new MisfitException(expected, new String(chars, start, textEnd - start));
  }

  private boolean takeInfinity() {
    String word = start < end && chars[start] == '-' ? "-infinity" : "infinity";
    return new String(chars, start, Math.min(end - start, word.length() + 1)).equals(word);
  }

  private boolean takeBeforeChrist() {
    if (end - start > 3
        && chars[end - 1] == 'C'
        && chars[end - 2] == 'B'
        && chars[end - 3] == ' ') {
      end -= 3;
      return true;
    }
    return false;
  }

  private long day(boolean beforeChrist) throws MisfitException {
    int sign = 1;
    if (at < end && (chars[at] == '-' || chars[at] == '+')) {
      sign = chars[at++] == '-' ? -1 : 1;
      if (beforeChrist) {
        throw misfit();
      }
    }
    int from = at;
    long year = digits(YEAR_DIGITS_MAX);
    if (at - from < 4 || (beforeChrist && year == 0)) {
      throw misfit();
    }
    year = beforeChrist ? 1 - year : sign * year;
    take('-');
    int month = twoDigits(12);
    take('-');
    int day = twoDigits(31);
    if (month < 1 || day < 1 || day > daysOfMonth(year, month)) {
      throw misfit();
    }
    return epochDay(year, month, day);
  }

  private static int daysOfMonth(long year, int month) {
    int days = DAYS_BEFORE_MONTH[month] - DAYS_BEFORE_MONTH[month - 1];
    return month == 2 && leap(year) ? days + 1 : days;
  }

  private static boolean leap(long year) {
    return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  private static long epochDay(long year, int month, int day) {
    long before = year - 1;
    long days =
        365 * before
            + Math.floorDiv(before, 4L)
            - Math.floorDiv(before, 100L)
            + Math.floorDiv(before, 400L);
    int dayOfYear = DAYS_BEFORE_MONTH[month - 1] + day + (month > 2 && leap(year) ? 1 : 0);
    return days + dayOfYear - DAYS_TO_EPOCH;
  }

  private long timeOfDay() throws MisfitException {
    int hours = twoDigits(24);
    take(':');
    int minutes = twoDigits(59);
    int seconds = 0;
    long fraction = 0;
    if (at < end && chars[at] == ':') {
      at++;
      seconds = twoDigits(59);
      fraction = fraction();
    }
    return (hours * 3_600L + minutes * 60L + seconds) * Moments.MICROS_PER_SECOND + fraction;
  }

  private long fraction() throws MisfitException {
    if (at >= end || (chars[at] != '.' && chars[at] != ',')) {
      return 0;
    }
    at++;
    int from = at;
    long micros = 0;
    long unit = Moments.MICROS_PER_SECOND / 10;
    for (; at < end && isDigit(chars[at]); at++) {
      if (unit == 0 && chars[at] != '0') {
        throw misfit();
      }
      micros += unit * (chars[at] - '0');
      unit /= 10;
    }
    if (at == from) {
      throw misfit();
    }
    return micros;
  }

  private long zoneSeconds() throws MisfitException {
    if (at < end && (chars[at] == 'Z' || chars[at] == 'z')) {
      at++;
      return 0;
    }
    if (at >= end || (chars[at] != '+' && chars[at] != '-')) {
      throw misfit();
    }
    int sign = chars[at++] == '-' ? -1 : 1;
    long seconds = twoDigits(23) * 3_600L;
    for (int unit = 60; unit > 0 && at < end; unit /= 60) {
      if (chars[at] == ':') {
        at++;
      }
      seconds += (long) twoDigits(59) * unit;
    }
    return sign * seconds;
  }

  private void takeSeparator() throws MisfitException {
    if (at < end && (chars[at] == 'T' || chars[at] == 't' || chars[at] == ' ')) {
      at++;
    } else {
      throw misfit();
    }
  }

  private void take(char wanted) throws MisfitException {
    if (at >= end || chars[at] != wanted) {
      throw misfit();
    }
    at++;
  }

  private int twoDigits(int max) throws MisfitException {
    if (at + 2 > end || !isDigit(chars[at]) || !isDigit(chars[at + 1])) {
      throw misfit();
    }
    int value = (chars[at] - '0') * 10 + (chars[at + 1] - '0');
    at += 2;
    if (value > max) {
      throw misfit();
    }
    return value;
  }

  private long digits(int max) throws MisfitException {
    long value = 0;
    int from = at;
    while (at < end && isDigit(chars[at])) {
      if (at - from == max) {
        throw misfit();
      }
      value = value * 10 + (chars[at++] - '0');
    }
    return value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
