package io.millrace.connectors.postgres.destination.copy;

import io.millrace.spi.type.SpecialValues;

/**
 * PostgreSQL's counting of days and microseconds, which begins at 2000-01-01, and its limits (from
 * {@code datatype/timestamp.h}).
 */
final class PgTime {
  static final int EPOCH_DAYS = 10_957;
  static final long DAY_MICROS = 86_400_000_000L;
  static final long EPOCH_MICROS = EPOCH_DAYS * DAY_MICROS;

  /** 4714-11-24 BC, in days since 1970. */
  static final int DATE_MIN = -2_451_545 + EPOCH_DAYS;

  /** 5874897-12-31, in days since 1970. */
  static final int DATE_MAX = 2_145_031_948 + EPOCH_DAYS;

  /** 4714-11-24 BC, in microseconds since 1970; the upper limit lies beyond 64 bits here. */
  static final long TIMESTAMP_MIN = -211_813_488_000_000_000L + EPOCH_MICROS;

  private PgTime() {}

  static boolean isDate(int days) {
    return (days >= DATE_MIN && days <= DATE_MAX)
        || days == SpecialValues.DATE_INFINITY
        || days == SpecialValues.DATE_MINUS_INFINITY;
  }

  static int pgDays(int days) {
    if (days == SpecialValues.DATE_INFINITY) {
      return Integer.MAX_VALUE;
    }
    return days == SpecialValues.DATE_MINUS_INFINITY ? Integer.MIN_VALUE : days - EPOCH_DAYS;
  }

  static boolean isTimestamp(long micros) {
    return micros >= TIMESTAMP_MIN || micros == SpecialValues.TIMESTAMP_MINUS_INFINITY;
  }

  static long pgMicros(long micros) {
    if (micros == SpecialValues.TIMESTAMP_INFINITY) {
      return Long.MAX_VALUE;
    }
    return micros == SpecialValues.TIMESTAMP_MINUS_INFINITY
        ? Long.MIN_VALUE
        : micros - EPOCH_MICROS;
  }

  static boolean isTime(long micros) {
    return micros >= 0 && micros <= DAY_MICROS;
  }
}
