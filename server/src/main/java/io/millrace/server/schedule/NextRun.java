package io.millrace.server.schedule;

import io.millrace.server.connection.Schedule;
import io.millrace.server.cron.CronException;
import io.millrace.server.cron.ZonedCron;
import io.millrace.server.schedule.ScheduledConnection.LastJob;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When a connection runs next. Pure. */
final class NextRun {
  /** A cron that fires more often runs no more often than this after the last start. */
  private static final Duration CRON_DISTANCE = Duration.ofMinutes(1);

  /** A job is made a little after its time; the next minute must not be lost for that. */
  private static final Duration START_SLACK = Duration.ofSeconds(5);

  /** A last job further in the future was made while the clock was wrong. */
  private static final Duration FUTURE = Duration.ofMinutes(1);

  private static final Duration LONGEST = Duration.ofDays(365_000);
  private static final int DAYS_OF_MONTH = 30;

  private NextRun() {}

  /**
   * Returns the time of the next run, which has come when it is not after now.
   *
   * @param connection an active connection
   * @param after for a cron: times up to this one have been looked after
   * @param now the current moment
   * @throws CronException when the expression, or its zone, is none
   */
  static Optional<Instant> of(ScheduledConnection connection, Instant after, Instant now) {
    LastJob last = plausible(connection.lastJob(), now);
    return switch (connection.schedule()) {
      case Schedule.Manual ignored -> Optional.empty();
      case Schedule.Basic basic ->
          Optional.of(last == null ? now : last.createdAt().plus(interval(basic)));
      case Schedule.Cron cron ->
          ZonedCron.parse(cron.expression(), cron.timeZone()).next(cronBase(last, after));
    };
  }

  /** Returns the first time after a moment that keeps a basic schedule's rhythm. */
  static Instant inRhythm(Instant missed, Schedule.Basic basic, Instant now) {
    if (now.isBefore(missed)) {
      return missed;
    }
    Duration interval = interval(basic);
    long rounds = Duration.between(missed, now).dividedBy(interval) + 1;
    return missed.plus(interval.multipliedBy(rounds));
  }

  private static @Nullable LastJob plausible(@Nullable LastJob last, Instant now) {
    return last != null && last.createdAt().isAfter(now.plus(FUTURE)) ? null : last;
  }

  private static Instant cronBase(@Nullable LastJob last, Instant after) {
    if (last == null) {
      return after;
    }
    Instant earliest = last.createdAt().plus(CRON_DISTANCE).minus(START_SLACK);
    return earliest.isAfter(after) ? earliest : after;
  }

  /** Returns the distance of a basic schedule's runs; an absurd one is cut. */
  static Duration interval(Schedule.Basic basic) {
    Duration unit =
        switch (basic.timeUnit()) {
          case MINUTES -> Duration.ofMinutes(1);
          case HOURS -> Duration.ofHours(1);
          case DAYS -> Duration.ofDays(1);
          case WEEKS -> Duration.ofDays(7);
          case MONTHS -> Duration.ofDays(DAYS_OF_MONTH);
        };
    long units = Math.clamp(basic.units(), 1, LONGEST.dividedBy(unit));
    return unit.multipliedBy(units);
  }
}
