package io.millrace.server.up;

import io.millrace.server.action.ActionRunner;
import io.millrace.server.job.EndedJob;
import io.millrace.server.job.JobListener;

/** Has what follows a job begin when the job has ended. */
final class ActionWatch implements JobListener {
  private final ActionRunner runner;

  ActionWatch(ActionRunner runner) {
    this.runner = runner;
  }

  @Override
  public void ended(EndedJob ended) {
    runner.jobEnded();
  }
}
