package io.millrace.server.metrics;

import io.millrace.server.job.EndedJob;
import io.millrace.server.job.JobListener;
import io.millrace.server.job.JobStatus;
import io.millrace.server.job.JobType;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** Counts jobs when they have ended. */
public final class JobMetrics implements JobListener {
  private final Metrics metrics;

  /** Makes it. */
  public JobMetrics(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void ended(EndedJob ended) {
    Instant began = Objects.requireNonNullElse(ended.job().startedAt(), ended.job().createdAt());
    metrics.jobEnded(
        ended.job().type() == JobType.SYNC,
        outcome(ended.job().status()),
        Duration.between(began, ended.endedAt()));
    metrics.moved(
        ended.total().recordsCommitted(),
        ended.total().bytesCommitted(),
        ended.total().recordsRejected());
  }

  private static Metrics.Outcome outcome(JobStatus status) {
    return switch (status) {
      case SUCCEEDED -> Metrics.Outcome.SUCCEEDED;
      case CANCELLED -> Metrics.Outcome.CANCELLED;
      case FAILED, PENDING, RUNNING, INCOMPLETE -> Metrics.Outcome.FAILED;
    };
  }
}
