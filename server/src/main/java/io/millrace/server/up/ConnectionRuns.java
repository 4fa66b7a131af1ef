package io.millrace.server.up;

import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionJobs;
import io.millrace.server.job.JobConfig;
import io.millrace.server.job.JobStore;
import io.millrace.server.job.JobType;
import io.millrace.server.job.Jobs;
import io.millrace.server.job.Trigger;
import io.millrace.spi.StreamName;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Gives connections what they need of the jobs. */
final class ConnectionRuns implements ConnectionJobs {
  private final Jobs jobs;
  private final JobStore store = new JobStore();

  ConnectionRuns(Jobs jobs) {
    this.jobs = jobs;
  }

  @Override
  public boolean open(Handle tx, ConnectionId connection) {
    return store.open(tx, connection).isPresent();
  }

  @Override
  public void cancelOpen(ConnectionId connection) {
    jobs.cancelOpen(connection);
  }

  @Override
  public void readAgain(Handle tx, ConnectionId connection, List<StreamName> streams) {
    if (!open(tx, connection)) {
      JobConfig config = new JobConfig(Trigger.MANUAL, null, Set.copyOf(streams), false);
      jobs.start(tx, connection, JobType.REFRESH, config);
    }
  }
}
