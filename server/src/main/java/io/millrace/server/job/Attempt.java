package io.millrace.server.job;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One try of a job. The first is there as soon as the job is, so that clients find one.
 *
 * @param job its job
 * @param number from 0
 * @param status what it does or came to
 * @param stats its counts over all streams
 * @param failures why it failed, most telling first; empty unless it did
 * @param createdAt when it was made
 * @param updatedAt when its counts or status last changed
 * @param endedAt when it ended, or null
 */
public record Attempt(
    long job,
    int number,
    AttemptStatus status,
    Stats stats,
    List<FailureReason> failures,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant endedAt) {
  /** Why an attempt failed is told in at most so many sentences. */
  public static final int FAILURES_MAX = 10;

  /** One more says that it was the job's last. */
  static final int FAILURES_KEPT_MAX = FAILURES_MAX + 1;

  public Attempt {
    failures = List.copyOf(failures);
  }
}
