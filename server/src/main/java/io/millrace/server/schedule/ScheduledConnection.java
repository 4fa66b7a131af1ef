package io.millrace.server.schedule;

import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.Schedule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the scheduler knows of an active connection.
 *
 * @param id its id
 * @param schedule when it runs
 * @param changedAt when it was last changed; earlier times of a cron are nothing to it
 * @param lastJob its newest job, or null
 */
record ScheduledConnection(
    ConnectionId id, Schedule schedule, Instant changedAt, @Nullable LastJob lastJob) {
  /**
   * The newest job, whatever began it and however it ended.
   *
   * @param createdAt when it was made
   * @param open it has not ended
   */
  record LastJob(Instant createdAt, boolean open) {}
}
