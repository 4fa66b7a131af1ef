package io.millrace.server.schedule;

import io.millrace.server.connection.ConnectionId;
import io.millrace.server.environment.Variables;
import java.time.Duration;
import java.util.Map;

/**
 * How schedules are kept.
 *
 * @param jitter the times of a cron, and the first run of an interval, are put off by at most this,
 *     each connection by its own constant part of it; zero keeps them
 * @param missed what becomes of missed runs
 */
public record ScheduleSettings(Duration jitter, MissedRuns missed) {
  /** Exact times, missed runs once. */
  public static final ScheduleSettings DEFAULTS =
      new ScheduleSettings(Duration.ZERO, MissedRuns.ONCE);

  /** A thread that wakes so long after its time was no slow one: the machine slept. */
  static final Duration SLEPT = Duration.ofMinutes(1);

  /** The scheduler looks at the clock at least this often, which may have been set. */
  static final Duration LOOK = Duration.ofMinutes(1);

  /** How far it has come is written down this often, for the process that comes after it. */
  static final Duration KEEP = Duration.ofMinutes(5);

  /** After a start that was refused, an overdue connection waits so long, or for a change. */
  static final Duration REFUSED = Duration.ofMinutes(1);

  /** After a start that failed, the connection is tried again. */
  static final Duration FAILED = Duration.ofSeconds(10);

  /** Beyond this a regular time would say nothing. */
  private static final Duration JITTER_MAX = Duration.ofHours(1);

  public ScheduleSettings {
    if (jitter.isNegative()) {
      throw new IllegalArgumentException("A jitter of " + jitter + " is negative.");
    }
  }

  /** Returns a connection's own part of the jitter, always the same. */
  public Duration offset(ConnectionId id) {
    long millis = jitter.toMillis();
    return Duration.ofMillis(
        millis == 0 ? 0 : Math.floorMod(id.value().getLeastSignificantBits(), millis + 1));
  }

  /**
   * Reads {@code MILLRACE_SCHEDULE_JITTER_SECONDS} and {@code MILLRACE_MISSED_RUNS} ({@code once},
   * {@code skip}).
   *
   * @throws io.millrace.spi.ConfigException when one is neither
   */
  public static ScheduleSettings of(Map<String, String> environment) {
    Variables set = new Variables(environment);
    long jitter =
        set.number(
            "MILLRACE_SCHEDULE_JITTER_SECONDS",
            DEFAULTS.jitter().toSeconds(),
            0,
            JITTER_MAX.toSeconds());
    return new ScheduleSettings(
        Duration.ofSeconds(jitter), set.choice("MILLRACE_MISSED_RUNS", DEFAULTS.missed()));
  }
}
