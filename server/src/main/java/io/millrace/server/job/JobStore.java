package io.millrace.server.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
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

  /** Returns the newest ended jobs of a connection, newest first. */
  public List<Job> ended(Handle tx, ConnectionId connection, int limit) {
    return tx.createQuery(
            "SELECT * FROM job WHERE connection_id = :connection AND status IN"
                + " ('succeeded', 'failed', 'cancelled') ORDER BY id DESC LIMIT :limit")
        .bind("connection", connection.toString())
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  /** Returns a connection's newest job with one of these statuses. */
  public Optional<Job> newest(Handle tx, ConnectionId connection, List<JobStatus> statuses) {
    return tx.createQuery(
            "SELECT * FROM job WHERE connection_id = :connection AND status IN (<statuses>)"
                + " ORDER BY id DESC LIMIT 1")
        .bind("connection", connection.toString())
        .bindList("statuses", statuses.stream().map(JobStatus::label).toList())
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Returns when a connection's newest job was made. */
  public Optional<Instant> newestMade(Handle tx, ConnectionId connection) {
    return tx.createQuery(
            "SELECT created_at FROM job WHERE connection_id = :connection ORDER BY id DESC LIMIT 1")
        .bind("connection", connection.toString())
        .map((row, context) -> Rows.instant(row, "created_at"))
        .findOne();
  }

  /** Returns a connection's newest job that is no reset. */
  public Optional<Job> newestSync(Handle tx, ConnectionId connection) {
    return tx.createQuery(
            "SELECT * FROM job WHERE connection_id = :connection"
                + " AND config_type <> 'reset_connection' ORDER BY id DESC LIMIT 1")
        .bind("connection", connection.toString())
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Tells whether this is the first job that its connection ever had. */
  boolean isFirst(Handle tx, Job job) {
    return tx.createQuery("SELECT min(id) FROM job WHERE connection_id = :connection")
            .bind("connection", job.connection().toString())
            .mapTo(Long.class)
            .one()
        == job.id();
  }

  /**
   * Moves a job to another status; tells whether it was in one of those expected.
   *
   * @param from what it must be now
   */
  boolean move(Handle tx, long id, List<JobStatus> from, JobStatus to, Instant now) {
    return tx.createUpdate(
                "UPDATE job SET status = :to, updated_at = :now, lease_owner = NULL,"
                    + " lease_until = NULL WHERE id = :id AND status IN (<from>)")
            .bind("to", to.label())
            .bind("now", now.toEpochMilli())
            .bind("id", id)
            .bindList("from", from.stream().map(JobStatus::label).toList())
            .execute()
        == 1;
  }

  /** Keeps the counters of the retry policy and when the next attempt may begin. */
  void saveRetries(Handle tx, long id, RetryState retries, Instant notBefore) {
    tx.createUpdate("UPDATE job SET retries = :retries, not_before = :time WHERE id = :id")
        .bind("retries", Rows.text(retries.json()))
        .bind("time", notBefore.toEpochMilli())
        .bind("id", id)
        .execute();
  }

  /** Keeps what a job is to do, where that has changed. */
  public void saveConfig(Handle tx, long id, JobConfig config) {
    tx.createUpdate("UPDATE job SET config = :config WHERE id = :id")
        .bind("config", Rows.text(config.json()))
        .bind("id", id)
        .execute();
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
