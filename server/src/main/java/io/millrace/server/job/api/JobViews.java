package io.millrace.server.job.api;

import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionStore;
import io.millrace.server.http.ApiException;
import io.millrace.server.job.Job;
import io.millrace.server.job.JobStore;
import io.millrace.server.job.JobView;
import org.jdbi.v3.core.Handle;

/** Finds jobs and connections, or answers 404. */
final class JobViews {
  private static final JobStore JOBS = new JobStore();
  private static final ConnectionStore CONNECTIONS = new ConnectionStore();

  private JobViews() {}

  static Job job(Handle tx, long id) {
    return JOBS.find(tx, id).orElseThrow(() -> ApiException.notFound("job", id));
  }

  static JobView view(Handle tx, long id) {
    return JobView.of(tx, job(tx, id));
  }

  static Connection connection(Handle tx, ConnectionId id) {
    return CONNECTIONS.find(tx, id).orElseThrow(() -> ApiException.notFound("connection", id));
  }
}
