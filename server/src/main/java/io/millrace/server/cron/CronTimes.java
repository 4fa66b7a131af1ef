package io.millrace.server.cron;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the times of an expression. The search ends with the last year an expression can name. */
final class CronTimes {
  private final CronExpression cron;

  CronTimes(CronExpression cron) {
    this.cron = cron;
  }

  /** Returns its first time since the first year that an expression can name. */
  Optional<LocalDateTime> first() {
    return Optional.ofNullable(
        local(LocalDateTime.of(CronField.YEAR.min(CronDialect.QUARTZ), 1, 1, 0, 0)));
  }

  /** Returns the first moment after this one. */
  Optional<Instant> next(Instant after, ZoneRules rules) {
    Instant from = after.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    return Optional.ofNullable(cron.elapsing() ? elapsed(from, rules) : fixed(from, rules));
  }

  /** Compares what the clock shows, from one jump of it to the next. */
  private @Nullable Instant elapsed(Instant from, ZoneRules rules) {
    Instant start = from;
    while (true) {
      ZoneOffset offset = rules.getOffset(start);
      LocalDateTime time = local(LocalDateTime.ofEpochSecond(start.getEpochSecond(), 0, offset));
      ZoneOffsetTransition jump = rules.nextTransition(start);
      if (time == null) {
        return null;
      }
      if (jump == null || time.isBefore(jump.getDateTimeBefore())) {
        return time.toInstant(offset);
      }
      start = jump.getInstant();
    }
  }

  private @Nullable Instant fixed(Instant from, ZoneRules rules) {
    LocalDateTime shown =
        LocalDateTime.ofEpochSecond(from.getEpochSecond(), 0, rules.getOffset(from));
    LocalDateTime time = local(beforeGap(shown, from, rules));
    Instant best = null;
    while (time != null) {
      Instant at = at(time, rules);
      if (!at.isBefore(from) && (best == null || at.isBefore(best))) {
        best = at;
      }
      // A time in a gap is moved behind later ones; those come no later than the clock shows then.
      LocalDateTime next = local(time.plusSeconds(1));
      if (best != null && (next == null || next.isAfter(shown(best, rules)))) {
        return best;
      }
      time = next;
    }
    return best;
  }

  /** Times in a gap are moved by its length, so those before a moment may still be to come. */
  private static LocalDateTime beforeGap(LocalDateTime shown, Instant from, ZoneRules rules) {
    ZoneOffsetTransition jump = rules.previousTransition(from.plusSeconds(1));
    if (jump == null || !jump.isGap()) {
      return shown;
    }
    LocalDateTime moved = jump.getDateTimeAfter().plus(jump.getDuration());
    return shown.isBefore(moved) ? jump.getDateTimeBefore() : shown;
  }

  /**
   * The offset before a jump gives the first moment of an overlap, and moves a time out of a gap.
   */
  private static Instant at(LocalDateTime time, ZoneRules rules) {
    ZoneOffsetTransition jump = rules.getTransition(time);
    return time.toInstant(jump == null ? rules.getOffset(time) : jump.getOffsetBefore());
  }

  private static LocalDateTime shown(Instant at, ZoneRules rules) {
    return LocalDateTime.ofEpochSecond(at.getEpochSecond(), 0, rules.getOffset(at));
  }

  /** Returns the first time without a zone from this one on, or null. */
  private @Nullable LocalDateTime local(LocalDateTime from) {
    LocalDate date = from.toLocalDate();
    LocalTime earliest = from.toLocalTime();
    while (true) {
      LocalDate day = day(date);
      if (day == null) {
        return null;
      }
      LocalTime time = time(day.equals(from.toLocalDate()) ? earliest : LocalTime.MIN);
      if (time != null) {
        return day.atTime(time);
      }
      date = day.plusDays(1);
    }
  }

  private @Nullable LocalDate day(LocalDate from) {
    LocalDate date = from;
    while (date.getYear() <= lastYear()) {
      if (!cron.years().get(date.getYear())) {
        int year = cron.years().nextSetBit(date.getYear());
        if (year < 0) {
          return null;
        }
        date = LocalDate.of(year, 1, 1);
      } else if (!cron.months().get(date.getMonthValue())) {
        date = date.withDayOfMonth(1).plusMonths(1);
      } else if (cron.days().matches(date)) {
        return date;
      } else {
        date = date.plusDays(1);
      }
    }
    return null;
  }

  private @Nullable LocalTime time(LocalTime from) {
    for (int hour = cron.hours().nextSetBit(from.getHour());
        hour >= 0;
        hour = cron.hours().nextSetBit(hour + 1)) {
      boolean first = hour == from.getHour();
      for (int minute = cron.minutes().nextSetBit(first ? from.getMinute() : 0);
          minute >= 0;
          minute = cron.minutes().nextSetBit(minute + 1)) {
        boolean now = first && minute == from.getMinute();
        int second = cron.seconds().nextSetBit(now ? from.getSecond() : 0);
        if (second >= 0) {
          return LocalTime.of(hour, minute, second);
        }
      }
    }
    return null;
  }

  private static int lastYear() {
    return CronField.YEAR.max();
  }
}
