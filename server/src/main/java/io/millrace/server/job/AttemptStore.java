package io.millrace.server.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The attempts of jobs, and what they did with each stream, in the store. Stateless. */
public final class AttemptStore {
  /** Adds a running attempt. */
  void insert(Handle tx, long job, int number, Instant now) {
    tx.createUpdate(
            "INSERT INTO attempt (job_id, number, status, stats, created_at, updated_at)"
                + " VALUES (:job, :number, 'running', :stats, :now, :now)")
        .bind("job", job)
        .bind("number", number)
        .bind("stats", Rows.text(Stats.ZERO.json()))
        .bind("now", now.toEpochMilli())
        .execute();
  }

  /** Moves the moment at which a waiting attempt was made: it begins now. */
  void begun(Handle tx, long job, int number, Instant now) {
    tx.createUpdate("UPDATE attempt SET updated_at = :now WHERE job_id = :job AND number = :number")
        .bind("job", job)
        .bind("number", number)
        .bind("now", now.toEpochMilli())
        .execute();
  }

  /** Keeps the counts of a running attempt; tells whether it is still running. */
  public boolean saveStats(Handle tx, long job, int number, Stats stats, Instant now) {
    return tx.createUpdate(
                "UPDATE attempt SET stats = :stats, updated_at = :now"
                    + " WHERE job_id = :job AND number = :number AND status = 'running'")
            .bind("stats", Rows.text(stats.json()))
            .bind("now", now.toEpochMilli())
            .bind("job", job)
            .bind("number", number)
            .execute()
        == 1;
  }

  /** Ends a running attempt, and its streams that still run; tells whether it was running. */
  boolean end(
      Handle tx,
      long job,
      int number,
      AttemptStatus status,
      List<FailureReason> failures,
      StreamRunState streams,
      Instant now) {
    int changed =
        tx.createUpdate(
                "UPDATE attempt SET status = :status, failure = :failure, updated_at = :now,"
                    + " ended_at = :now"
                    + " WHERE job_id = :job AND number = :number AND status = 'running'")
            .bind("status", status.label())
            .bind("failure", failures.isEmpty() ? null : text(failures))
            .bind("now", now.toEpochMilli())
            .bind("job", job)
            .bind("number", number)
            .execute();
    tx.createUpdate(
            "UPDATE attempt_stream SET status = :state, transitioned_at = :now, updated_at = :now"
                + " WHERE job_id = :job AND number = :number AND status = 'running'")
        .bind("state", streams.label())
        .bind("now", now.toEpochMilli())
        .bind("job", job)
        .bind("number", number)
        .execute();
    return changed == 1;
  }

  /** Returns an attempt. */
  public Optional<Attempt> find(Handle tx, long job, int number) {
    return tx.createQuery("SELECT * FROM attempt WHERE job_id = :job AND number = :number")
        .bind("job", job)
        .bind("number", number)
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Returns the attempts of a job, first to last. */
  public List<Attempt> list(Handle tx, long job) {
    return list(tx, List.of(job)).getOrDefault(job, List.of());
  }

  /** Returns the attempts of jobs, first to last. */
  public Map<Long, List<Attempt>> list(Handle tx, Collection<Long> jobs) {
    Map<Long, List<Attempt>> found = new HashMap<>();
    if (jobs.isEmpty()) {
      return found;
    }
    tx.createQuery("SELECT * FROM attempt WHERE job_id IN (<jobs>) ORDER BY job_id, number")
        .bindList("jobs", List.copyOf(jobs))
        .map((row, context) -> read(row))
        .forEach(one -> found.computeIfAbsent(one.job(), id -> new ArrayList<>()).add(one));
    return found;
  }

  /** Keeps what an attempt did with streams so far. */
  public void saveStreams(Handle tx, List<AttemptStream> streams, Instant now) {
    if (streams.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        tx.prepareBatch(
            "INSERT INTO attempt_stream (job_id, number, namespace, name, status, stats,"
                + " updated_at, transitioned_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT (job_id, number, namespace, name) DO UPDATE SET"
                + " status = excluded.status, stats = excluded.stats,"
                + " updated_at = excluded.updated_at, transitioned_at = excluded.transitioned_at");
    for (AttemptStream one : streams) {
      batch.add(
          one.job(),
          one.attempt(),
          StreamNames.column(one.stream()),
          one.stream().name(),
          one.state().label(),
          Rows.text(stats(one)),
          now.toEpochMilli(),
          one.transitionedAt().toEpochMilli());
    }
    batch.execute();
  }

  /** Returns what the attempts of jobs did, by job, attempt and stream. */
  public Map<Long, List<AttemptStream>> streams(Handle tx, Collection<Long> jobs) {
    Map<Long, List<AttemptStream>> found = new HashMap<>();
    if (jobs.isEmpty()) {
      return found;
    }
    tx.createQuery(
            "SELECT * FROM attempt_stream WHERE job_id IN (<jobs>)"
                + " ORDER BY job_id, number, namespace, name")
        .bindList("jobs", List.copyOf(jobs))
        .map((row, context) -> readStream(row))
        .forEach(one -> found.computeIfAbsent(one.job(), id -> new ArrayList<>()).add(one));
    return found;
  }

  private static String text(List<FailureReason> failures) {
    ObjectNode summary = Documents.empty();
    ArrayNode list = summary.putArray("failures");
    failures.stream().limit(Attempt.FAILURES_KEPT_MAX).forEach(one -> list.add(one.json()));
    return Rows.text(summary);
  }

  private static ObjectNode stats(AttemptStream stream) {
    ObjectNode json = Documents.empty();
    json.set("own", stream.own().json());
    json.set("whole", stream.whole().json());
    json.set("evidence", stream.evidence());
    return json;
  }

  static Attempt read(ResultSet row) throws SQLException {
    List<FailureReason> failures = new ArrayList<>();
    String failure = row.getString("failure");
    if (failure != null) {
      Rows.object(failure).path("failures").forEach(one -> failures.add(FailureReason.of(one)));
    }
    return new Attempt(
        row.getLong("job_id"),
        row.getInt("number"),
        AttemptStatus.of(row.getString("status")),
        Stats.of(Rows.object(row, "stats")),
        failures,
        Rows.instant(row, "created_at"),
        Rows.instant(row, "updated_at"),
        Rows.instantOrNull(row, "ended_at"));
  }

  static AttemptStream readStream(ResultSet row) throws SQLException {
    ObjectNode stats = Rows.object(row, "stats");
    return new AttemptStream(
        row.getLong("job_id"),
        row.getInt("number"),
        StreamNames.ofColumns(row.getString("namespace"), row.getString("name")),
        StreamRunState.of(row.getString("status")),
        Stats.of(stats.path("own")),
        Stats.of(stats.path("whole")),
        stats.get("evidence") instanceof ObjectNode evidence ? evidence : Documents.empty(),
        Rows.instant(row, "transitioned_at"));
  }
}
