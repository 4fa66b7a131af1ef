package io.millrace.server.joblog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.statement.Query;

/**
 * Finds lines across jobs: the store says which jobs, their logs are read, the newest attempt
 * first.
 */
public final class JobLogSearch {
  private final Database database;
  private final JobLogs logs;

  /** Makes it. */
  public JobLogSearch(Database database, JobLogs logs) {
    this.database = database;
    this.logs = logs;
  }

  /**
   * Returns {@code {lines: [{jobId, attemptNumber, connectionId, event}], truncated}}, jobs newest
   * first, and so the lines of each attempt; truncated when a bound ended the search.
   */
  public ObjectNode find(LogQuery query) {
    ObjectNode found = Documents.empty();
    ArrayNode lines = found.putArray("lines");
    List<Searched> attempts = attempts(query);
    boolean truncated = attempts.size() >= logs.settings().jobsSearchedMax();
    for (Searched one : attempts) {
      if (logs.removed(one.key())) {
        continue;
      }
      if (lines.size() >= query.max()) {
        truncated = true;
        break;
      }
      truncated |= collect(query, one, lines);
    }
    return found.put("truncated", truncated);
  }

  /** Tells whether there is such an attempt. */
  boolean exists(AttemptKey key) {
    return count(key, "") > 0;
  }

  /** Tells whether an attempt runs. */
  boolean running(AttemptKey key) {
    return count(key, " AND status = 'running'") > 0;
  }

  /** Keeps the newest lines of the attempt that there is room for. */
  private boolean collect(LogQuery query, Searched one, ArrayNode lines) {
    int room = query.max() - lines.size();
    Deque<LogLine> kept = new ArrayDeque<>();
    boolean[] dropped = {false};
    logs.read(
        one.key(),
        0,
        line -> {
          if (matches(query, line)) {
            kept.addLast(line);
            if (kept.size() > room) {
              kept.removeFirst();
              dropped[0] = true;
            }
          }
          return true;
        });
    for (LogLine line : kept.reversed()) {
      ObjectNode json = lines.addObject();
      json.put("jobId", one.key().job());
      json.put("attemptNumber", one.key().attempt());
      json.put("connectionId", one.connection());
      json.set("event", line.json());
    }
    return dropped[0];
  }

  private static boolean matches(LogQuery query, LogLine line) {
    Instant from = query.from();
    Instant until = query.until();
    return line.level().compareTo(query.level()) >= 0
        && (from == null || !line.at().isBefore(from))
        && (until == null || line.at().isBefore(until))
        && (query.text().isEmpty() || line.text().toLowerCase(Locale.ROOT).contains(query.text()));
  }

  private List<Searched> attempts(LogQuery query) {
    String sql =
        "SELECT a.job_id, a.number, j.connection_id FROM attempt a JOIN job j ON j.id = a.job_id"
            + " WHERE 1 = 1"
            + (query.connection() == null ? "" : " AND j.connection_id = :connection")
            + (query.job() == null ? "" : " AND j.id = :job")
            + (query.from() == null ? "" : " AND (a.ended_at IS NULL OR a.ended_at >= :from)")
            + (query.until() == null ? "" : " AND a.created_at < :until")
            + " ORDER BY a.job_id DESC, a.number DESC LIMIT :max";
    return database.read(
        tx -> {
          Query statement = tx.createQuery(sql).bind("max", logs.settings().jobsSearchedMax());
          if (query.connection() != null) {
            statement.bind("connection", query.connection().toString());
          }
          if (query.job() != null) {
            statement.bind("job", query.job());
          }
          if (query.from() != null) {
            statement.bind("from", query.from().toEpochMilli());
          }
          if (query.until() != null) {
            statement.bind("until", query.until().toEpochMilli());
          }
          return statement
              .map(
                  (row, context) ->
                      new Searched(
                          new AttemptKey(row.getLong("job_id"), row.getInt("number")),
                          row.getString("connection_id")))
              .list();
        });
  }

  private int count(AttemptKey key, String condition) {
    return database.read(
        tx ->
            tx.createQuery(
                    "SELECT count(*) FROM attempt WHERE job_id = :job AND number = :number"
                        + condition)
                .bind("job", key.job())
                .bind("number", key.attempt())
                .mapTo(Integer.class)
                .one());
  }

  private record Searched(AttemptKey key, String connection) {}
}
