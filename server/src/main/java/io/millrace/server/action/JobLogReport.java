package io.millrace.server.action;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.joblog.AttemptKey;
import io.millrace.server.joblog.JobLogs;
import io.millrace.server.joblog.LogLine;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import java.time.Clock;
import org.jdbi.v3.core.Handle;

/**
 * Writes how actions went into the log of the job's last attempt, and how they ended into the
 * connection's timeline.
 */
public final class JobLogReport implements ActionReport {
  /** The type of the timeline that clients know for what they have no name for. */
  private static final String EVENT = "UNKNOWN";

  private final Database database;
  private final JobLogs logs;
  private final Events events;
  private final Clock clock;

  /** Takes events of a connection's timeline. */
  @FunctionalInterface
  public interface Events {
    /** Adds an event of a job. */
    void add(Handle tx, ConnectionId connection, String type, ObjectNode summary, long job);
  }

  /** Makes one. */
  public JobLogReport(Database database, JobLogs logs, Events events, Clock clock) {
    this.database = database;
    this.logs = logs;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public void succeeded(ConnectionId connection, long job, String action) {
    line(job, LogLine.Level.INFO, "After the job: " + action + " is done.");
    event(connection, summary(job, action).put("status", "succeeded"), job);
  }

  @Override
  public void failed(
      ConnectionId connection, long job, String action, String message, boolean last) {
    line(
        job,
        last ? LogLine.Level.ERROR : LogLine.Level.WARN,
        "After the job: " + action + " failed" + (last ? ": " : " and is tried again: ") + message);
    if (last) {
      event(connection, summary(job, action).put("status", "failed").put("message", message), job);
    }
  }

  private static ObjectNode summary(long job, String action) {
    return Documents.empty().put("jobId", job).put("action", action);
  }

  private void event(ConnectionId connection, ObjectNode summary, long job) {
    database.change(tx -> events.add(tx, connection, EVENT, summary, job));
  }

  private void line(long job, LogLine.Level level, String text) {
    int attempt =
        database.read(
            tx ->
                tx.createQuery("SELECT coalesce(max(number), 0) FROM attempt WHERE job_id = :job")
                    .bind("job", job)
                    .mapTo(Integer.class)
                    .one());
    AttemptKey key = new AttemptKey(job, attempt);
    logs.append(
        key,
        new LogLine(
            clock.instant(),
            level,
            "platform",
            text,
            JobLogReport.class.getName(),
            Thread.currentThread().getName(),
            null));
    logs.end(key);
  }
}
