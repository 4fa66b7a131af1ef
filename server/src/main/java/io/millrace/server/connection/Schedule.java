package io.millrace.server.connection;

import java.util.Locale;

/** When a connection runs by itself. */
public sealed interface Schedule {
  /** Never. */
  record Manual() implements Schedule {}

  /** Every so often after the last job was made. */
  record Basic(long units, TimeUnit timeUnit) implements Schedule {}

  /**
   * At the times of an expression.
   *
   * @param expression as given: 5 fields (Unix), 6 or 7 (Quartz)
   * @param timeZone an IANA zone
   */
  record Cron(String expression, String timeZone) implements Schedule {}

  /** The units of {@link Basic}; a month counts as 30 days. */
  enum TimeUnit {
    MINUTES,
    HOURS,
    DAYS,
    WEEKS,
    MONTHS;

    /** Returns the API's name. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns the API's {@code scheduleType}. */
  default String type() {
    return switch (this) {
      case Manual ignored -> "manual";
      case Basic ignored -> "basic";
      case Cron ignored -> "cron";
    };
  }
}
