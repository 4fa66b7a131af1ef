package io.millrace.server.cron;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.BitSet;

/** A part of a day field. Days of the week count from Sunday, which is 0. */
sealed interface DayRule {
  /** Tells whether the expression fires on this day, as far as this part is concerned. */
  boolean matches(LocalDate date);

  /** These days of the month. */
  record OfMonth(BitSet days) implements DayRule {
    @Override
    public boolean matches(LocalDate date) {
      return days.get(date.getDayOfMonth());
    }
  }

  /** So many days before the last day of the month. */
  record FromLast(int before) implements DayRule {
    @Override
    public boolean matches(LocalDate date) {
      return date.getDayOfMonth() == date.lengthOfMonth() - before;
    }
  }

  /** The working day nearest to a day, within its month. */
  record Nearest(int day) implements DayRule {
    @Override
    public boolean matches(LocalDate date) {
      return day <= date.lengthOfMonth() && date.equals(nearest(date.withDayOfMonth(day)));
    }
  }

  /** The working day nearest to so many days before the last day of the month. */
  record NearestFromLast(int before) implements DayRule {
    @Override
    public boolean matches(LocalDate date) {
      int day = date.lengthOfMonth() - before;
      return day >= 1 && date.equals(nearest(date.withDayOfMonth(day)));
    }
  }

  /** These days of the week. */
  record OfWeek(BitSet days) implements DayRule {
    @Override
    public boolean matches(LocalDate date) {
      return days.get(weekday(date));
    }
  }

  /** The last of this day of the week in the month. */
  record LastOfWeek(int day) implements DayRule {
    @Override
    public boolean matches(LocalDate date) {
      return weekday(date) == day && date.getDayOfMonth() + 7 > date.lengthOfMonth();
    }
  }

  /** The n-th of this day of the week in the month. */
  record NthOfWeek(int day, int n) implements DayRule {
    @Override
    public boolean matches(LocalDate date) {
      return weekday(date) == day && (date.getDayOfMonth() - 1) / 7 + 1 == n;
    }
  }

  private static int weekday(LocalDate date) {
    return date.getDayOfWeek().getValue() % 7;
  }

  private static LocalDate nearest(LocalDate day) {
    int last = day.lengthOfMonth();
    if (day.getDayOfWeek() == DayOfWeek.SATURDAY) {
      return day.getDayOfMonth() == 1 ? day.plusDays(2) : day.minusDays(1);
    }
    if (day.getDayOfWeek() == DayOfWeek.SUNDAY) {
      return day.getDayOfMonth() == last ? day.minusDays(2) : day.plusDays(1);
    }
    return day;
  }
}
