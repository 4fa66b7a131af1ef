package io.millrace.server.schedule;

import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.Schedule;
import io.millrace.server.connection.ScheduleJson;
import io.millrace.server.cron.CronException;
import io.millrace.server.cron.ZonedCron;
import io.millrace.server.store.Rows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * How old the data of the active connections is. A success is the end of a sync or refresh that
 * succeeded; a connection that never had one counts from when it was made.
 *
 * @param active active connections
 * @param stale those of them that run by themselves and have had no success for twice the distance
 *     of their runs: on a cron, for two of its times; a connection's part of the jitter is time
 *     that it has besides
 * @param oldest the age of the oldest last success of those that run by themselves, or nothing
 */
public record Freshness(long active, long stale, Optional<Duration> oldest) {
  private static final int RUNS_MISSED = 2;

  /** One active connection. */
  private record Success(ConnectionId id, Schedule schedule, Instant at) {}

  /** Reads it; of each connection's jobs only those since its last success are looked at. */
  public static Freshness read(Handle tx, ScheduleSettings settings, Instant now) {
    List<Success> all =
        tx.createQuery(
                "SELECT c.id, c.schedule, c.created_at, (SELECT j.updated_at FROM job j"
                    + " WHERE j.connection_id = c.id AND j.status = 'succeeded'"
                    + " AND j.config_type <> 'reset_connection' ORDER BY j.id DESC LIMIT 1)"
                    + " AS succeeded_at FROM connection c WHERE c.status = 'active'")
            .map(
                (row, context) -> {
                  @Nullable Instant at = Rows.instantOrNull(row, "succeeded_at");
                  return new Success(
                      ConnectionId.of(row.getString("id")),
                      ScheduleJson.read(Rows.object(row, "schedule")),
                      at == null ? Rows.instant(row, "created_at") : at);
                })
            .list();
    return new Freshness(
        all.size(),
        all.stream().filter(one -> stale(one, now.minus(settings.offset(one.id())))).count(),
        all.stream()
            .filter(one -> !(one.schedule() instanceof Schedule.Manual))
            .map(one -> Duration.between(one.at(), now))
            .max(Duration::compareTo));
  }

  private static boolean stale(Success last, Instant now) {
    return switch (last.schedule()) {
      case Schedule.Manual ignored -> false;
      case Schedule.Basic basic ->
          last.at().plus(NextRun.interval(basic).multipliedBy(RUNS_MISSED)).isBefore(now);
      case Schedule.Cron cron -> missed(cron, last.at(), now);
    };
  }

  /** A cron's distances differ, such as those over a weekend: its times are counted. */
  private static boolean missed(Schedule.Cron cron, Instant success, Instant now) {
    try {
      ZonedCron times = ZonedCron.parse(cron.expression(), cron.timeZone());
      return times
          .next(success)
          .flatMap(times::next)
          .filter(second -> !second.isAfter(now))
          .isPresent();
    } catch (CronException e) {
      // The scheduler has said so; it has no times.
      return false;
    }
  }
}
