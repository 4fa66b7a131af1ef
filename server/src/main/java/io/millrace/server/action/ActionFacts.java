package io.millrace.server.action;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.actor.ActorId;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionStore;
import io.millrace.server.job.Job;
import io.millrace.server.job.JobStore;
import io.millrace.server.json.Documents;
import org.jdbi.v3.core.Handle;

/** What an action needs to know of what it follows. */
record ActionFacts(ActorId destination, ObjectNode message) {
  /** Reads them; the job may have been forgotten since. */
  static ActionFacts read(Handle tx, ConnectionStore connections, JobStore jobs, ActionRun run) {
    Connection connection =
        connections
            .find(tx, run.connection())
            .orElseThrow(() -> new IllegalStateException("Connections are never removed."));
    ObjectNode message = Documents.empty();
    Job job = jobs.find(tx, run.job()).orElse(null);
    message.put("event", "sync_" + (job == null ? "ended" : job.status().label()));
    message.put("deliveryId", run.job() + "-" + run.position());
    message.put("workspaceId", connection.workspace().toString());
    message.put("connectionId", connection.id().toString());
    message.put("connectionName", connection.name());
    message.put("jobId", run.job());
    if (job != null) {
      message.put("jobType", job.type().label());
      message.put("status", job.status().label());
      message.put("createdAt", job.createdAt().toString());
      message.put("endedAt", job.updatedAt().toString());
    }
    return new ActionFacts(connection.destination(), message);
  }
}
