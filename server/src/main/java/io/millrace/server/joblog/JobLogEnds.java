package io.millrace.server.joblog;

import io.millrace.server.job.JobListener;

/** Ends the log of an attempt when the attempt has ended. */
public final class JobLogEnds implements JobListener {
  private final JobLogs logs;

  /** Makes it. */
  public JobLogEnds(JobLogs logs) {
    this.logs = logs;
  }

  @Override
  public void attemptEnded(long job, int attempt) {
    logs.end(new AttemptKey(job, attempt));
  }
}
