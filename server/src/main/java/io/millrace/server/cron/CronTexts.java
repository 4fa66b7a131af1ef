package io.millrace.server.cron;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the expressions of schedules that people name without cron. */
public final class CronTexts {
  private CronTexts() {}

  /** Returns the expression of every day at this time; seconds are dropped. */
  public static String daily(LocalTime time) {
    return time.getMinute() + " " + time.getHour() + " * * *";
  }

  /** Returns the expression of these days of every week at this time; seconds are dropped. */
  public static String weekly(Set<DayOfWeek> days, LocalTime time) {
    if (days.isEmpty()) {
      throw new IllegalArgumentException("A weekly schedule needs a day.");
    }
    String list =
        EnumSet.copyOf(days).stream()
            .map(day -> Integer.toString(day.getValue() % 7))
            .collect(Collectors.joining(","));
    return time.getMinute() + " " + time.getHour() + " * * " + list;
  }
}
