package io.millrace.server.retention;

import io.millrace.server.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jdbi.v3.core.statement.Query;

/**
 * Removes rows that are beyond the bounds: looks them up in a read that nobody waits for, then
 * deletes them in small transactions.
 */
final class OldRows {
  private static final String ENDED = "('failed', 'succeeded', 'cancelled')";

  private final Database database;
  private final Clock clock;
  private final RetentionSettings.Rows bounds;

  OldRows(Database database, Clock clock, RetentionSettings.Rows bounds) {
    this.database = database;
    this.clock = clock;
    this.bounds = bounds;
  }

  /**
   * Removes jobs that ended, with their attempts.
   *
   * @param removed is told of each
   */
  long jobs(LongConsumer removed) {
    List<Object> jobs =
        find(
            "SELECT id FROM (SELECT id, status, updated_at, ROW_NUMBER() OVER (PARTITION BY"
                + " connection_id ORDER BY id DESC) AS place FROM job) ranked WHERE place > :min"
                + " AND status IN "
                + ENDED
                + " AND (place > :max OR updated_at < :before) ORDER BY id LIMIT :limit",
            bounds.jobAge(),
            Map.of("min", bounds.jobsMin(), "max", bounds.jobsMax()));
    for (Object job : jobs) {
      // The streams of one job may be many thousands.
      while (deleteStreams(job) == bounds.transactionRows()) {
        Thread.onSpinWait();
      }
      database.change(
          tx -> {
            tx.execute("DELETE FROM attempt WHERE job_id = ?", job);
            tx.execute("DELETE FROM job WHERE id = ? AND status IN " + ENDED, job);
          });
      removed.accept(((Number) job).longValue());
    }
    return jobs.size();
  }

  /** Tells whether a job has ended, or is no more. */
  boolean ended(long job) {
    return database.read(
        tx ->
            tx.createQuery("SELECT count(*) FROM job WHERE id = :id AND status NOT IN " + ENDED)
                    .bind("id", job)
                    .mapTo(Long.class)
                    .one()
                == 0);
  }

  /** Removes events of timelines. */
  long events() {
    return delete(
        "event",
        find(
            "SELECT id FROM (SELECT id, created_at, ROW_NUMBER() OVER (PARTITION BY connection_id"
                + " ORDER BY created_at DESC, id) AS place FROM event) ranked WHERE place > :max"
                + " OR created_at < :before LIMIT :limit",
            bounds.eventAge(),
            Map.of("max", bounds.eventsMax())));
  }

  /** Removes entries of the audit trail; the newest of each thing stays. */
  long changes() {
    return delete(
        "change",
        find(
            "SELECT id FROM (SELECT id, created_at, ROW_NUMBER() OVER (PARTITION BY entity,"
                + " entity_id ORDER BY id DESC) AS version, ROW_NUMBER() OVER (ORDER BY id DESC)"
                + " AS place FROM change) ranked WHERE version > 1 AND (place > :max OR created_at"
                + " < :before) ORDER BY id LIMIT :limit",
            bounds.changeAge(),
            Map.of("max", bounds.changesMax())));
  }

  /** Removes versions of streams' states; the newest of each stream stays. */
  long states() {
    return delete(
        "stream_state_version",
        find(
            "SELECT id FROM (SELECT id, created_at, ROW_NUMBER() OVER (PARTITION BY connection_id,"
                + " namespace, name ORDER BY id DESC) AS place FROM stream_state_version) ranked"
                + " WHERE place > 1 AND created_at < :before ORDER BY id LIMIT :limit",
            bounds.stateAge(),
            Map.of()));
  }

  private List<Object> find(String sql, Duration age, Map<String, Integer> places) {
    long before = clock.instant().minus(age).toEpochMilli();
    return database.read(
        tx -> {
          Query query = tx.createQuery(sql).bind("limit", bounds.roundRows()).bindMap(places);
          if (sql.contains(":before")) {
            query.bind("before", before);
          }
          return query.map((row, context) -> row.getObject(1)).list();
        });
  }

  private int deleteStreams(Object job) {
    return database.write(
        tx ->
            tx.createUpdate(
                    "DELETE FROM attempt_stream WHERE (job_id, number, namespace, name) IN (SELECT"
                        + " job_id, number, namespace, name FROM attempt_stream WHERE job_id ="
                        + " :job LIMIT :rows)")
                .bind("job", job)
                .bind("rows", bounds.transactionRows())
                .execute());
  }

  private long delete(String table, List<Object> ids) {
    for (int from = 0; from < ids.size(); from += bounds.transactionRows()) {
      List<Object> some = ids.subList(from, Math.min(from + bounds.transactionRows(), ids.size()));
      database.change(
          tx ->
              tx.createUpdate("DELETE FROM " + table + " WHERE id IN (<ids>)")
                  .bindList("ids", some)
                  .execute());
    }
    return ids.size();
  }
}
