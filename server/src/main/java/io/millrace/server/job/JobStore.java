package io.millrace.server.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The jobs in the store. Stateless. */
public final class JobStore {
  /**
   * Adds a pending job and returns its number. Fails when the connection has one that has not
   * ended: look with {@link #open} before, in the same transaction.
   */
  public long insert(
      Handle tx, ConnectionId connection, JobType type, ObjectNode config, Instant now) {
    return tx.createUpdate(
            "INSERT INTO job (connection_id, config_type, status, config, retries, not_before,"
                + " created_at, updated_at) VALUES (:connection, :type, 'pending', :config,"
                + " :retries, :now, :now, :now)")
        .bind("connection", connection.toString())
        .bind("type", type.label())
        .bind("config", Rows.text(config))
        .bind("retries", Rows.text(Documents.empty()))
        .bind("now", now.toEpochMilli())
        .executeAndReturnGeneratedKeys("id")
        .mapTo(Long.class)
        .one();
  }

  /** Returns a job. */
  public Optional<Job> find(Handle tx, long id) {
    return tx.createQuery("SELECT * FROM job WHERE id = :id")
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Returns the connection's job that has not ended. */
  public Optional<Job> open(Handle tx, ConnectionId connection) {
    return tx.createQuery(
            "SELECT * FROM job WHERE connection_id = :connection"
                + " AND status IN ('pending', 'running', 'incomplete')")
        .bind("connection", connection.toString())
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Returns the newest job of each of these connections that has one. */
  public Map<ConnectionId, Job> newest(Handle tx, List<ConnectionId> connections) {
    Map<ConnectionId, Job> newest = new HashMap<>();
    if (connections.isEmpty()) {
      return newest;
    }
    tx.createQuery(
            "SELECT * FROM job WHERE id IN (SELECT max(id) FROM job"
                + " WHERE connection_id IN (<connections>) GROUP BY connection_id)")
        .bindList("connections", connections.stream().map(ConnectionId::toString).toList())
        .map((row, context) -> read(row))
        .forEach(job -> newest.put(job.connection(), job));
    return newest;
  }

  static Job read(ResultSet row) throws SQLException {
    return new Job(
        row.getLong("id"),
        ConnectionId.of(row.getString("connection_id")),
        JobType.of(row.getString("config_type")),
        JobStatus.of(row.getString("status")),
        Rows.object(row, "config"),
        Rows.object(row, "retries"),
        Rows.instant(row, "not_before"),
        Rows.instant(row, "created_at"),
        Rows.instantOrNull(row, "started_at"),
        Rows.instant(row, "updated_at"));
  }
}
