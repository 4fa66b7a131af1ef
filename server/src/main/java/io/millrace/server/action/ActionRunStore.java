package io.millrace.server.action;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.store.Rows;
import io.millrace.server.store.TextSeal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The runs of actions. Stateless but for the key of secrets. */
final class ActionRunStore {
  private static final int JOBS_MAX = 1_000;

  /** A job of which something follows; clears and cancelled jobs are none. */
  private static final String ENDED =
      "SELECT j.id, j.connection_id, j.status, j.updated_at FROM job j"
          + " WHERE j.status IN ('succeeded', 'failed') AND j.config_type IN ('sync', 'refresh')"
          + " AND j.updated_at >= :from"
          + " AND EXISTS (SELECT 1 FROM action a WHERE a.connection_id = j.connection_id"
          + " AND a.outcome = j.status AND a.created_at <= j.updated_at)"
          + " AND NOT EXISTS (SELECT 1 FROM action_run r WHERE r.job_id = j.id"
          + " AND r.position >= 0) ORDER BY j.updated_at, j.id LIMIT "
          + JOBS_MAX;

  /** A job after which operations run; a connection that was changed since may have new ones. */
  private static final String OPERATED =
      "SELECT j.id, j.connection_id, c.details FROM job j JOIN connection c"
          + " ON c.id = j.connection_id WHERE j.status = 'succeeded'"
          + " AND j.config_type IN ('sync', 'refresh') AND j.updated_at >= :from"
          + " AND c.updated_at <= j.updated_at AND c.details LIKE '%\"operationIds\":[\"%'"
          + " AND NOT EXISTS (SELECT 1 FROM action_run r WHERE r.job_id = j.id"
          + " AND r.position < 0) ORDER BY j.updated_at, j.id LIMIT "
          + JOBS_MAX;

  private final TextSeal seal;

  ActionRunStore(TextSeal seal) {
    this.seal = seal;
  }

  /** Tells whether {@link #plan} would do anything. */
  boolean anythingEnded(Handle tx, Instant from) {
    return some(tx, ENDED, from) || some(tx, OPERATED, from);
  }

  private static boolean some(Handle tx, String jobs, Instant from) {
    return tx.createQuery("SELECT count(*) FROM (" + jobs + ") AS ended")
            .bind("from", from.toEpochMilli())
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  /** Makes the runs of the jobs that have ended since a moment and have none. */
  void plan(Handle tx, Instant from, Instant now) {
    tx.createUpdate(
            "INSERT INTO action_run (job_id, position, connection_id, kind, target_id, settings,"
                + " status, tries, not_before, created_at, updated_at) SELECT e.id, a.position,"
                + " e.connection_id, a.kind, a.target_id, a.settings, 'pending', 0, :now, :now,"
                + " :now FROM ("
                + ENDED
                + ") AS e JOIN action a ON a.connection_id = e.connection_id"
                + " AND a.outcome = e.status AND a.created_at <= e.updated_at")
        .bind("from", from.toEpochMilli())
        .bind("now", now.toEpochMilli())
        .execute();
  }

  /** Makes the runs of operations, which come before the actions: their positions are below 0. */
  void planOperations(Handle tx, Instant from, Instant now) {
    record Operated(long job, String connection, List<UUID> operations) {}
    List<Operated> jobs =
        tx.createQuery(OPERATED)
            .bind("from", from.toEpochMilli())
            .map((row, context) -> new Operated(row.getLong(1), row.getString(2), operations(row)))
            .list();
    for (Operated one : jobs) {
      int position = -one.operations().size();
      for (UUID operation : one.operations()) {
        tx.execute(
            "INSERT INTO action_run (job_id, position, connection_id, kind, settings, status,"
                + " tries, not_before, created_at, updated_at)"
                + " VALUES (?, ?, ?, 'operation', ?, 'pending', 0, ?, ?, ?)",
            one.job(),
            position++,
            one.connection(),
            Rows.text(ActionJson.stored(new Action.Operation(operation), seal)),
            now.toEpochMilli(),
            now.toEpochMilli(),
            now.toEpochMilli());
      }
    }
  }

  private static List<UUID> operations(ResultSet row) throws SQLException {
    List<UUID> ids = new ArrayList<>();
    for (JsonNode id : Rows.object(row, "details").path("operationIds")) {
      if (ids.size() < ActionSettings.OPERATIONS_MAX) {
        ids.add(UUID.fromString(id.asText()));
      }
    }
    return ids;
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
