package io.millrace.codec;

import io.millrace.spi.type.SpecialValues;

/**
 * Dates and times as text. A date is {@code 2025-10-16}, years have at least four digits, and years
 * before 1 are counted back from {@code 0001 BC} as PostgreSQL does.
 */
final class Moments {
  static final long MICROS_PER_SECOND = 1_000_000;
  static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;

  private static final int DAYS_PER_ERA = 146_097;
  private static final int YEARS_PER_ERA = 400;

  /** Days from 0000-03-01, with which an era begins, to 1970-01-01. */
  private static final int DAYS_TO_EPOCH = 719_468;

  private static final int DATE_CHARS_MAX = 20;
  private static final int TIME_CHARS_MAX = 16;
  private static final int FRACTION_DIGITS = 6;

  private Moments() {}

  /** What stands for an infinite date, or null for a finite one. */
  static boolean infinite(int days) {
    return days == SpecialValues.DATE_INFINITY || days == SpecialValues.DATE_MINUS_INFINITY;
  }

  /** Tells whether the timestamp is one of the infinities. */
  static boolean infinite(long micros) {
    return micros == SpecialValues.TIMESTAMP_INFINITY
        || micros == SpecialValues.TIMESTAMP_MINUS_INFINITY;
  }

  /** Adds {@code infinity} or {@code -infinity}. */
  static void putInfinity(ByteSink out, boolean negative) {
    out.putAscii(negative ? "-infinity" : "infinity");
  }

  /**
   * Adds year, month and day without the mark of the era.
   *
   * @param epochDay a finite day
   * @return whether the year is before 1: the caller adds {@code " BC"} at the end
   */
  static boolean putDay(ByteSink out, long epochDay) {
    long shifted = epochDay + DAYS_TO_EPOCH;
    long era = Math.floorDiv(shifted, (long) DAYS_PER_ERA);
    int dayOfEra = (int) (shifted - era * DAYS_PER_ERA);
    // Leap days are left out, so that every year has 365 days: one each 4 years, none each 100.
    int yearOfEra =
        (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / (DAYS_PER_ERA - 1)) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    // From March on, 153 days are five months.
    int monthFromMarch = (5 * dayOfYear + 2) / 153;
    int day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
    int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    long year = yearOfEra + era * YEARS_PER_ERA + (month <= 2 ? 1 : 0);
    boolean beforeChrist = year < 1;
    putDay(out, beforeChrist ? 1 - year : year, month, day);
    return beforeChrist;
  }

  private static void putDay(ByteSink out, long year, int month, int day) {
    byte[] room = out.reserve(DATE_CHARS_MAX);
    int at = out.size();
    int yearDigits = Math.max(4, Digits.count(year));
    Digits.fill(room, at, yearDigits, year);
    at += yearDigits;
    room[at] = '-';
    Digits.fill(room, at + 1, 2, month);
    room[at + 3] = '-';
    Digits.fill(room, at + 4, 2, day);
    out.advance(yearDigits + 6);
  }

  /** Adds {@code 12:00:00.123456}: always six digits behind the point. */
  static void putTimeFull(ByteSink out, long microsOfDay) {
    putSeconds(out, microsOfDay / MICROS_PER_SECOND);
    putFraction(out, microsOfDay % MICROS_PER_SECOND, FRACTION_DIGITS);
  }

  /** Adds {@code 12:00:00}, and a fraction without zeros at its end where there is one. */
  static void putTimeShort(ByteSink out, long microsOfDay) {
    putSeconds(out, microsOfDay / MICROS_PER_SECOND);
    long fraction = microsOfDay % MICROS_PER_SECOND;
    if (fraction == 0) {
      return;
    }
    int digits = FRACTION_DIGITS;
    while (fraction % 10 == 0) {
      fraction /= 10;
      digits--;
    }
    putFraction(out, fraction, digits);
  }

  private static void putSeconds(ByteSink out, long secondsOfDay) {
    int seconds = (int) secondsOfDay;
    byte[] room = out.reserve(TIME_CHARS_MAX);
    int at = out.size();
    Digits.fill(room, at, 2, seconds / 3_600);
    room[at + 2] = ':';
    Digits.fill(room, at + 3, 2, seconds / 60 % 60);
    room[at + 5] = ':';
    Digits.fill(room, at + 6, 2, seconds % 60);
    out.advance(8);
  }

  private static void putFraction(ByteSink out, long fraction, int digits) {
    byte[] room = out.reserve(1 + FRACTION_DIGITS);
    room[out.size()] = '.';
    Digits.fill(room, out.size() + 1, digits, fraction);
    out.advance(1 + digits);
  }
}
