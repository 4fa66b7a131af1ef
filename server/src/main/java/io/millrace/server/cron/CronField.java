package io.millrace.server.cron;

import java.util.List;

/** A field of an expression and what may stand in it. */
enum CronField {
  SECOND("second", 0, 59),
  MINUTE("minute", 0, 59),
  HOUR("hour", 0, 23),
  DAY_OF_MONTH("day-of-month", 1, 31),
  MONTH("month", 1, 12),
  /** As Unix numbers it; Quartz counts one more. */
  DAY_OF_WEEK("day-of-week", 0, 7),
  YEAR("year", 1970, 2099);

  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
  private static final List<String> WEEKDAYS =
      List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

  private final String label;
  private final int min;
  private final int max;

  CronField(String label, int min, int max) {
    this.label = label;
    this.min = min;
    this.max = max;
  }

  /** Returns what messages call it. */
  String label() {
    return label;
  }

  /** Returns the names that may stand for its numbers, from the smallest number on. */
  List<String> names() {
    return switch (this) {
      case MONTH -> MONTHS;
      case DAY_OF_WEEK -> WEEKDAYS;
      case SECOND, MINUTE, HOUR, DAY_OF_MONTH, YEAR -> List.of();
    };
  }

  int min(CronDialect dialect) {
    return this == DAY_OF_WEEK && dialect == CronDialect.QUARTZ ? 1 : min;
  }

  int max() {
    return max;
  }

  /** Returns how many different values there are, after which a range begins anew. */
  int cycle() {
    return this == DAY_OF_WEEK ? 7 : max - min + 1;
  }

  /** Returns what is expected in it, for messages. */
  String expected(CronDialect dialect) {
    String numbers = "a number from " + min(dialect) + " to " + max;
    return names().isEmpty()
        ? numbers
        : numbers + " or a name from " + names().getFirst() + " to " + names().getLast();
  }
}
