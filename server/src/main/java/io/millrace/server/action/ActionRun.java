package io.millrace.server.action;

import io.millrace.server.connection.ConnectionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An action of a job that has ended.
 *
 * @param job the job
 * @param position its place among the job's actions, from 0
 * @param connection the job's connection
 * @param action what is to be done, as it was set when the job ended
 * @param status how far it is
 * @param tries how often it was begun, be it ended or not
 * @param message why it failed, or is tried again; null otherwise
 * @param notBefore it is begun no earlier
 * @param createdAt when the job's end was noticed
 * @param updatedAt when this last changed
 */
record ActionRun(
    long job,
    int position,
    ConnectionId connection,
    Action action,
    Status status,
    int tries,
    @Nullable String message,
    Instant notBefore,
    Instant createdAt,
    Instant updatedAt) {
  /** How far a run is. */
  enum Status {
    PENDING,
    SUCCEEDED,
    FAILED
  }

  /** Names a run. */
  record Key(long job, int position) {}

  Key key() {
    return new Key(job, position);
  }
}
