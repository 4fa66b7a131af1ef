package io.millrace.server.joblog.ship;

import io.millrace.server.job.EndedJob;
import io.millrace.server.job.JobListener;
import io.millrace.server.job.JobStatus;
import io.millrace.server.joblog.AttemptKey;
import io.millrace.server.joblog.LogLine;

/** Sends a line with the counts of each job that has ended. */
public final class ShippedEnds implements JobListener {
  private final LogShipper shipper;

  /** Makes it. */
  public ShippedEnds(LogShipper shipper) {
    this.shipper = shipper;
  }

  @Override
  public void ended(EndedJob ended) {
    int attempt = ended.attempts().isEmpty() ? 0 : ended.attempts().getLast().number();
    boolean failed = ended.job().status() == JobStatus.FAILED;
    shipper.ended(
        new AttemptKey(ended.job().id(), attempt),
        new LogLine(
            ended.endedAt(),
            failed ? LogLine.Level.ERROR : LogLine.Level.INFO,
            "platform",
            "job_ended status=" + ended.job().status().label(),
            ShippedEnds.class.getName(),
            Thread.currentThread().getName(),
            null),
        ended.total().recordsCommitted(),
        ended.total().bytesCommitted());
  }
}
