package io.millrace.server.joblog;

import io.millrace.server.connection.Connection;
import io.millrace.server.job.Attempt;
import io.millrace.server.job.EndedJob;
import io.millrace.server.job.Job;
import io.millrace.server.job.JobListener;

/** Ends the log of an attempt when the attempt has ended. */
public final class JobLogEnds implements JobListener {
  private final JobLogs logs;

  /** Makes it. */
  public JobLogEnds(JobLogs logs) {
    this.logs = logs;
  }

  @Override
  public void attemptFailed(Job job, Connection connection, Attempt attempt) {
    logs.end(new AttemptKey(job.id(), attempt.number()));
  }

  @Override
  public void ended(EndedJob ended) {
    ended.attempts().forEach(one -> logs.end(new AttemptKey(ended.job().id(), one.number())));
  }
}
