package io.millrace.server.up;

import io.millrace.server.connection.Connection;
import io.millrace.server.job.EndedJob;
import io.millrace.server.job.Job;
import io.millrace.server.job.JobListener;
import io.millrace.server.schedule.Scheduler;

/** Has the scheduler look again when a job began or ended: intervals count from it. */
final class ScheduleWatch implements JobListener {
  private final Scheduler scheduler;

  ScheduleWatch(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  @Override
  public void started(Job job, Connection connection) {
    scheduler.changed();
  }

  @Override
  public void ended(EndedJob ended) {
    scheduler.changed();
  }

  @Override
  public void disabled(Connection connection) {
    scheduler.changed();
  }
}
