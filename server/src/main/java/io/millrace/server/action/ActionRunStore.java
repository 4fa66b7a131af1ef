package io.millrace.server.action;

import io.millrace.server.connection.ConnectionId;
import io.millrace.server.job.Job;
import io.millrace.server.store.Rows;
import io.millrace.server.store.TextSeal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The runs of actions. Stateless but for the key of secrets. */
final class ActionRunStore {
  private final TextSeal seal;

  ActionRunStore(TextSeal seal) {
    this.seal = seal;
  }

  /** Makes the runs of the actions that are set for how a job has ended. */
  void plan(Handle tx, Job job, Instant now) {
    tx.createUpdate(
            "INSERT INTO action_run (job_id, position, connection_id, kind, target_id, settings,"
                + " status, tries, not_before, created_at, updated_at) SELECT :job, position,"
                + " connection_id, kind, target_id, settings, 'pending', 0, :now, :now, :now"
                + " FROM action WHERE connection_id = :connection AND outcome = :outcome")
        .bind("job", job.id())
        .bind("connection", job.connection().toString())
        .bind("outcome", job.status().label())
        .bind("now", now.toEpochMilli())
        .execute();
  }

  /** Makes the runs of operations, which come before the actions: their positions are below 0. */
  void planOperations(Handle tx, Job job, List<UUID> operations, Instant now) {
    int position = -operations.size();
    for (UUID operation : operations) {
      tx.execute(
          "INSERT INTO action_run (job_id, position, connection_id, kind, settings, status,"
              + " tries, not_before, created_at, updated_at)"
              + " VALUES (?, ?, ?, 'operation', ?, 'pending', 0, ?, ?, ?)",
          job.id(),
          position++,
          job.connection().toString(),
          Rows.text(ActionJson.stored(new Action.Operation(operation), seal)),
          now.toEpochMilli(),
          now.toEpochMilli(),
          now.toEpochMilli());
    }
  }

  /** Returns the next run of each job that has one to do, the oldest first, at most so many. */
  List<ActionRun> next(Handle tx, int limit) {
    return tx.createQuery(
            "SELECT r.* FROM action_run r WHERE r.status = 'pending' AND NOT EXISTS"
                + " (SELECT 1 FROM action_run b WHERE b.job_id = r.job_id"
                + " AND b.position < r.position AND b.status = 'pending')"
                + " ORDER BY r.not_before, r.job_id LIMIT :limit")
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  Optional<ActionRun> find(Handle tx, ActionRun.Key key) {
    return tx.createQuery("SELECT * FROM action_run WHERE job_id = :job AND position = :position")
        .bind("job", key.job())
        .bind("position", key.position())
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Returns the newest runs of a connection. */
  List<ActionRun> list(Handle tx, ConnectionId connection, int limit) {
    return tx.createQuery(
            "SELECT * FROM action_run WHERE connection_id = :connection"
                + " ORDER BY job_id DESC, position LIMIT :limit")
        .bind("connection", connection.toString())
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  /** Counts a try, before it begins. */
  void begin(Handle tx, ActionRun.Key key, Instant now) {
    tx.execute(
        "UPDATE action_run SET tries = tries + 1, updated_at = ? WHERE job_id = ? AND position = ?",
        now.toEpochMilli(),
        key.job(),
        key.position());
  }

  /** Writes down how a pending run went on. */
  void end(
      Handle tx,
      ActionRun.Key key,
      ActionRun.Status status,
      @Nullable String message,
      Instant notBefore,
      Instant now) {
    tx.execute(
        "UPDATE action_run SET status = ?, message = ?, not_before = ?, updated_at = ?"
            + " WHERE job_id = ? AND position = ? AND status = 'pending'",
        status.name().toLowerCase(Locale.ROOT),
        message,
        notBefore.toEpochMilli(),
        now.toEpochMilli(),
        key.job(),
        key.position());
  }

  /** One start of a connection answers every run whose turn it was. */
  void started(Handle tx, ConnectionId target, Instant now) {
    tx.execute(
        "UPDATE action_run SET status = 'succeeded', message = NULL, updated_at = ?"
            + " WHERE target_id = ? AND status = 'pending' AND NOT EXISTS (SELECT 1"
            + " FROM action_run b WHERE b.job_id = action_run.job_id"
            + " AND b.position < action_run.position AND b.status = 'pending')",
        now.toEpochMilli(),
        target.toString());
  }

  /** Tells whether {@link #release} would do anything. */
  boolean anyoneWaits(Handle tx, Instant now) {
    return tx.createQuery(
                "SELECT count(*) FROM action_run WHERE status = 'pending'"
                    + " AND target_id IS NOT NULL AND not_before > :now")
            .bind("now", now.toEpochMilli())
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  /** Lets starts that found no room try again. */
  void release(Handle tx, Instant now) {
    tx.execute(
        "UPDATE action_run SET not_before = ? WHERE status = 'pending' AND target_id IS NOT NULL"
            + " AND not_before > ?",
        now.toEpochMilli(),
        now.toEpochMilli());
  }

  void forget(Handle tx, Instant before) {
    tx.execute(
        "DELETE FROM action_run WHERE status <> 'pending' AND updated_at < ?",
        before.toEpochMilli());
  }

  private ActionRun read(ResultSet row) throws SQLException {
    return new ActionRun(
        row.getLong("job_id"),
        row.getInt("position"),
        ConnectionId.of(row.getString("connection_id")),
        ActionJson.read(
            row.getString("kind"), row.getString("target_id"), Rows.object(row, "settings"), seal),
        ActionRun.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        row.getInt("tries"),
        row.getString("message"),
        Rows.instant(row, "not_before"),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "updated_at"));
  }
}
