package io.millrace.server.cron;

import java.time.LocalDate;
import java.util.List;

/**
 * Both day fields of an expression.
 *
 * @param ofMonth the parts of the day-of-month field; any of them will do
 * @param ofWeek the parts of the day-of-week field; any of them will do
 * @param join how the fields go together
 */
record CronDays(List<DayRule> ofMonth, List<DayRule> ofWeek, Join join) {
  /** How the fields go together. */
  enum Join {
    MONTH_ALONE,
    WEEK_ALONE,
    BOTH,
    EITHER
  }

  CronDays {
    ofMonth = List.copyOf(ofMonth);
    ofWeek = List.copyOf(ofWeek);
  }

  boolean matches(LocalDate date) {
    return switch (join) {
      case MONTH_ALONE -> any(ofMonth, date);
      case WEEK_ALONE -> any(ofWeek, date);
      case BOTH -> any(ofMonth, date) && any(ofWeek, date);
      case EITHER -> any(ofMonth, date) || any(ofWeek, date);
    };
  }

  private static boolean any(List<DayRule> rules, LocalDate date) {
    for (DayRule rule : rules) {
      if (rule.matches(date)) {
        return true;
      }
    }
    return false;
  }
}
