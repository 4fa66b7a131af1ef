package io.millrace.server.job;

import io.millrace.server.connection.ConnectionId;
import io.millrace.server.workspace.WorkspaceId;
import io.millrace.spi.SystemException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Which process runs which job, in the store. Stateless.
 *
 * <p>A process takes a job for a while and renews its lease while it runs it; a job whose lease has
 * run out has lost its process.
 */
public final class JobLeases {
  /** How long a process may be silent before another takes its jobs. */
  public static final Duration LEASE = Duration.ofSeconds(60);

  private static final String DUE =
      " FROM job j JOIN connection c ON c.id = j.connection_id"
          + " WHERE j.status IN ('pending', 'incomplete') AND j.not_before <= :now";

  /** Returns the workspaces with jobs whose time has come. */
  public List<WorkspaceId> waiting(Handle tx, Instant now, Collection<ConnectionId> busy) {
    return bound(tx, "SELECT DISTINCT c.workspace_id" + DUE + except(busy), now, busy)
        .mapTo(String.class)
        .map(WorkspaceId::of)
        .list();
  }

  /** Returns the job of a workspace that has waited longest. */
  public Optional<Job> oldest(
      Handle tx, WorkspaceId workspace, Instant now, Collection<ConnectionId> busy) {
    String sql =
        "SELECT j.*"
            + DUE
            + except(busy)
            + " AND c.workspace_id = :workspace ORDER BY j.not_before, j.id LIMIT 1";
    return bound(tx, sql, now, busy)
        .bind("workspace", workspace.toString())
        .map((row, context) -> JobStore.read(row))
        .findOne();
  }

  /** Returns when the next job's time comes, of those that wait for it; the end of time if none. */
  public Instant nextDue(Handle tx, Instant now) {
    return tx.createQuery(
            "SELECT min(not_before) FROM job WHERE status IN ('pending', 'incomplete')"
                + " AND not_before > :now")
        .bind("now", now.toEpochMilli())
        .map(
            (row, context) -> {
              long millis = row.getLong(1);
              return row.wasNull() ? Instant.MAX : Instant.ofEpochMilli(millis);
            })
        .one();
  }

  /** Takes a job that waits, for this process alone; tells whether nobody else was faster. */
  boolean take(Handle tx, long job, String owner, Instant now) {
    return tx.createUpdate(
                "UPDATE job SET status = 'running', lease_owner = :owner, lease_until = :until,"
                    + " started_at = coalesce(started_at, :now), updated_at = :now"
                    + " WHERE id = :id AND status IN ('pending', 'incomplete')"
                    + " AND not_before <= :now")
            .bind("owner", owner)
            .bind("until", now.plus(LEASE).toEpochMilli())
            .bind("now", now.toEpochMilli())
            .bind("id", job)
            .execute()
        == 1;
  }

  /**
   * Renews the leases of the jobs that this process runs.
   *
   * @return those of them that somebody wants cancelled, or that are no longer its own
   */
  public Set<Long> renew(Handle tx, Set<Long> jobs, String owner, Instant now) {
    if (jobs.isEmpty()) {
      return Set.of();
    }
    tx.createUpdate(
            "UPDATE job SET lease_until = :until WHERE id IN (<jobs>) AND lease_owner = :owner")
        .bind("until", now.plus(LEASE).toEpochMilli())
        .bind("owner", owner)
        .bindList("jobs", List.copyOf(jobs))
        .execute();
    return tx.createQuery(
            "SELECT id FROM job WHERE id IN (<jobs>) AND (cancel_requested = 1"
                + " OR status <> 'running' OR lease_owner <> :owner)")
        .bind("owner", owner)
        .bindList("jobs", List.copyOf(jobs))
        .mapTo(Long.class)
        .set();
  }

  /**
   * Makes sure that a job is still this process's until the transaction ends, and renews its lease.
   *
   * @throws SystemException when the job has ended, or another process has it
   */
  public void hold(Handle tx, long job, String owner, Instant now) {
    int held =
        tx.createUpdate(
                "UPDATE job SET lease_until = :until WHERE id = :id AND status = 'running'"
                    + " AND lease_owner = :owner")
            .bind("until", now.plus(LEASE).toEpochMilli())
            .bind("id", job)
            .bind("owner", owner)
            .execute();
    if (held == 0) {
      throw new SystemException(
          "job_lost",
          "The job has ended, or another process has taken it over; this one saves nothing more of"
              + " it.");
    }
  }

  /** Remembers that somebody wants a running job cancelled. */
  void requestCancel(Handle tx, long job) {
    tx.execute("UPDATE job SET cancel_requested = 1 WHERE id = ?", job);
  }

  /** Tells whether somebody wants the job cancelled. */
  public boolean cancelRequested(Handle tx, long job) {
    return tx.createQuery("SELECT cancel_requested FROM job WHERE id = :id")
            .bind("id", job)
            .mapTo(Integer.class)
            .one()
        == 1;
  }

  /**
   * Returns the running jobs that have lost their process.
   *
   * @param owner also those of this owner, which has just begun and so runs none; null for none
   */
  List<Job> abandoned(Handle tx, @Nullable String owner, Instant now) {
    return tx.createQuery(
            "SELECT * FROM job WHERE status = 'running' AND (lease_until IS NULL"
                + " OR lease_until < :now OR lease_owner = :owner) ORDER BY id")
        .bind("now", now.toEpochMilli())
        .bind("owner", owner == null ? "" : owner)
        .map((row, context) -> JobStore.read(row))
        .list();
  }

  private static String except(Collection<ConnectionId> busy) {
    return busy.isEmpty() ? "" : " AND j.connection_id NOT IN (<busy>)";
  }

  private static Query bound(Handle tx, String sql, Instant now, Collection<ConnectionId> busy) {
    Query query = tx.createQuery(sql).bind("now", now.toEpochMilli());
    return busy.isEmpty()
        ? query
        : query.bindList("busy", busy.stream().map(ConnectionId::toString).toList());
  }
}
