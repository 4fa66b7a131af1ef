package io.millrace.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.Schedule;
import io.millrace.server.connection.Schedule.TimeUnit;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NextRunTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

  @Test
  void neverRunsAManualOne() {
    assertThat(next(new Schedule.Manual(), null, NOW)).isNull();
  }

  @Test
  void runsAnIntervalAtOnceForTheFirstTime() {
    assertThat(next(new Schedule.Basic(24, TimeUnit.HOURS), null, NOW)).isEqualTo(NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "30, MINUTES, PT30M",
    "6, HOURS, PT6H",
    "2, DAYS, PT48H",
    "1, WEEKS, PT168H",
    "1, MONTHS, PT720H"
  })
  void countsAnIntervalFromWhenTheLastJobWasMade(long units, TimeUnit unit, Duration interval) {
    Instant last = NOW.minus(Duration.ofMinutes(5));
    assertThat(next(new Schedule.Basic(units, unit), last, NOW)).isEqualTo(last.plus(interval));
  }

  @Test
  void cutsAnAbsurdInterval() {
    assertThat(NextRun.interval(new Schedule.Basic(Long.MAX_VALUE, TimeUnit.MONTHS)))
        .isGreaterThan(Duration.ofDays(300_000));
  }

  @Test
  void doesNotWaitForALastJobOfTheFuture() {
    Instant wrong = NOW.plus(Duration.ofDays(400));
    assertThat(next(new Schedule.Basic(1, TimeUnit.HOURS), wrong, NOW)).isEqualTo(NOW);
    assertThat(next(cron("0 * * * *"), wrong, NOW)).isEqualTo("2026-11-28T13:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    // Strictly after the base.
    "'0 * * * *', 2026-11-28T11:00:00Z, 2026-11-28T12:00:00Z, 2026-11-28T13:00:00Z",
    // A minute after the last start at the earliest.
    "'* * * * *', 2026-11-28T11:59:30Z, 2026-11-28T12:00:00Z, 2026-11-28T12:01:00Z",
    "'* * * * *', 2026-11-28T12:00:00Z, 2026-11-28T12:00:00Z, 2026-11-28T12:01:00Z",
    "'* * * * *', 2026-11-28T12:00:02Z, 2026-11-28T12:00:03Z, 2026-11-28T12:01:00Z",
    "'* * * * *', 2026-11-28T12:00:30Z, 2026-11-28T12:00:31Z, 2026-11-28T12:02:00Z",
    "'*/10 * * * * ?', 2026-11-28T12:00:00Z, 2026-11-28T12:00:00Z, 2026-11-28T12:01:00Z",
    // What was missed since the base.
    "'0 * * * *', 2026-11-28T08:00:00Z, 2026-11-28T08:30:00Z, 2026-11-28T09:00:00Z"
  })
  void firesACronAfterItsBase(String expression, Instant last, Instant after, Instant expected) {
    assertThat(next(cron(expression), last, after)).isEqualTo(expected);
  }

  @Test
  void keepsTheRhythmOfAnInterval() {
    Schedule.Basic hourly = new Schedule.Basic(1, TimeUnit.HOURS);
    assertThat(NextRun.inRhythm(Instant.parse("2026-11-28T08:10:00Z"), hourly, NOW))
        .isEqualTo("2026-11-28T12:10:00Z");
    assertThat(NextRun.inRhythm(Instant.parse("2026-11-28T08:00:00Z"), hourly, NOW))
        .isEqualTo("2026-11-28T13:00:00Z");
  }

  private static Schedule cron(String expression) {
    return new Schedule.Cron(expression, "UTC");
  }

  private static @Nullable Instant next(Schedule schedule, @Nullable Instant last, Instant after) {
    return NextRun.of(
            new ScheduledConnection(
                ConnectionId.random(),
                schedule,
                NOW.minus(Duration.ofDays(9)),
                last == null ? null : new ScheduledConnection.LastJob(last, false)),
            after,
            NOW)
        .orElse(null);
  }
}
