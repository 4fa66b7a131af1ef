package io.millrace.server.job;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * How much work there is, over all processes of the store. A job between two attempts waits from
 * when its next attempt is due.
 *
 * @param waiting jobs whose time has come and that nobody runs yet
 * @param running jobs that run
 * @param oldest how long the one that waits longest has waited; zero where none waits
 */
public record JobQueue(long waiting, long running, Duration oldest) {
  /** Reads it, from an index of the jobs that have not ended. */
  public static JobQueue read(Handle tx, Instant now) {
    return tx.createQuery(
            "SELECT count(CASE WHEN status <> 'running' AND not_before <= :now THEN 1 END)"
                + " AS waiting, count(CASE WHEN status = 'running' THEN 1 END) AS running,"
                + " min(CASE WHEN status <> 'running' THEN not_before END) AS oldest"
                + " FROM job WHERE status IN ('pending', 'incomplete', 'running')")
        .bind("now", now.toEpochMilli())
        .map(
            (row, context) -> {
              long waiting = row.getLong("waiting");
              long since = waiting == 0 ? now.toEpochMilli() : row.getLong("oldest");
              return new JobQueue(
                  waiting, row.getLong("running"), Duration.ofMillis(now.toEpochMilli() - since));
            })
        .one();
  }
}
