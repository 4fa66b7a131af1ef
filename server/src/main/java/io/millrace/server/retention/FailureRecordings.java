package io.millrace.server.retention;

import io.millrace.server.connection.Connection;
import io.millrace.server.job.Attempt;
import io.millrace.server.job.AttemptStatus;
import io.millrace.server.job.EndedJob;
import io.millrace.server.job.Job;
import io.millrace.server.job.JobListener;
import io.millrace.server.joblog.AttemptKey;

/** Keeps what the flight recorder has when an attempt fails. */
public final class FailureRecordings implements JobListener {
  private final FlightRecorder recorder;

  /** Makes it. */
  public FailureRecordings(FlightRecorder recorder) {
    this.recorder = recorder;
  }

  @Override
  public void attemptFailed(Job job, Connection connection, Attempt attempt) {
    recorder.dump(new AttemptKey(job.id(), attempt.number()));
  }

  @Override
  public void ended(EndedJob ended) {
    switch (ended.job().status()) {
      case FAILED -> last(ended);
      case SUCCEEDED, CANCELLED, PENDING, RUNNING, INCOMPLETE -> {}
    }
  }

  private void last(EndedJob ended) {
    if (ended.attempts().isEmpty()) {
      return;
    }
    Attempt attempt = ended.attempts().getLast();
    if (attempt.status() == AttemptStatus.FAILED) {
      recorder.dump(new AttemptKey(ended.job().id(), attempt.number()));
    }
  }
}
