package io.millrace.server.job;

import io.millrace.server.connection.Connection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job that has ended, with what people want to know of it.
 *
 * @param job the job, in its last status
 * @param connection its connection, as it is afterwards
 * @param attempts all its attempts, first to last
 * @param streams what each stream came to, over all attempts
 * @param total the counts over all streams and attempts
 * @param failure the most telling reason of a failure, or null
 * @param failuresInARow how many jobs of the connection have failed one after the other, this one
 *     included; 0 when it did not fail
 * @param endedAt when
 */
public record EndedJob(
    Job job,
    Connection connection,
    List<Attempt> attempts,
    List<AttemptStream> streams,
    Stats total,
    @Nullable FailureReason failure,
    int failuresInARow,
    Instant endedAt) {
  public EndedJob {
    attempts = List.copyOf(attempts);
    streams = List.copyOf(streams);
  }
}
