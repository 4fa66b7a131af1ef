package io.millrace.server.schedule;

import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ScheduleJson;
import io.millrace.server.job.JobStatus;
import io.millrace.server.store.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What the scheduler reads and keeps in the store. Stateless. */
final class ScheduleStore {
  private static final String SEEN = "schedule.seen";

  /** Returns every active connection that runs by itself, with its newest job. */
  List<ScheduledConnection> list(Handle tx) {
    return tx.createQuery(
            "SELECT c.id, c.schedule, c.updated_at, j.created_at AS job_created,"
                + " j.status AS job_status FROM connection c LEFT JOIN job j ON j.id ="
                + " (SELECT max(id) FROM job WHERE connection_id = c.id)"
                + " WHERE c.status = 'active' AND c.schedule_type <> 'manual'")
        .map((row, context) -> read(row))
        .list();
  }

  /** Returns until when the last process had looked after every schedule. */
  Optional<Instant> seen(Handle tx) {
    return tx.createQuery("SELECT value FROM setting WHERE name = :name")
        .bind("name", SEEN)
        .mapTo(String.class)
        .findOne()
        .map(text -> Instant.ofEpochMilli(Long.parseLong(text)));
  }

  /** Keeps until when every schedule has been looked after. */
  void saw(Handle tx, Instant seen) {
    tx.execute(
        "INSERT INTO setting (name, value) VALUES (?, ?)"
            + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        SEEN,
        Long.toString(seen.toEpochMilli()));
  }

  private static ScheduledConnection read(ResultSet row) throws SQLException {
    Instant created = Rows.instantOrNull(row, "job_created");
    return new ScheduledConnection(
        ConnectionId.of(row.getString("id")),
        ScheduleJson.read(Rows.object(row, "schedule")),
        Rows.instant(row, "updated_at"),
        created == null
            ? null
            : new ScheduledConnection.LastJob(
                created, !JobStatus.of(row.getString("job_status")).terminal()));
  }
}
