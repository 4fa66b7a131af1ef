package io.millrace.connectors.postgres.destination;

import io.millrace.connectors.postgres.connect.SqlWork;
import io.millrace.connectors.postgres.destination.publish.Locks;
import io.millrace.connectors.postgres.destination.table.Sql;
import io.millrace.spi.TransientException;
import java.sql.SQLException;
import java.time.Duration;

/** Repeats a transaction while others hold a lock that it needs. */
final class Busy {
  private static final int TURNS_MAX = 60;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private Busy() {}

  /**
   * Runs a transaction, again and again while it meets locks. The waits for locks within it must be
   * bounded.
   *
   * @param what the rest of a sentence that begins with "Could not"
   * @param table the table, for the message
   */
  static <T> T retry(Lease lease, String what, String table, SqlWork<T> work)
      throws InterruptedException {
    for (int turn = 1; ; turn++) {
      try {
        return lease.transaction(what, work);
      } catch (TransientException failure) {
        if (!(failure.getCause() instanceof SQLException sql) || !Locks.isBusy(sql)) {
          throw failure;
        }
        if (turn == TURNS_MAX) {
          throw busy(lease, what, table, sql);
        }
      }
      Thread.sleep(PAUSE);
    }
  }

  private static TransientException busy(
      Lease lease, String what, String table, SQLException failure) throws InterruptedException {
    String holders =
        lease.transaction(
            "look up who holds locks",
            jdbc ->
                String.join(
                    ", ",
                    Sql.strings(
                        jdbc,
                        """
                        SELECT DISTINCT format('%s (process %s, %s)', a.usename, a.pid,
                                               coalesce(nullif(a.application_name, ''), a.state))
                          FROM pg_catalog.pg_locks l
                          JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
                         WHERE l.granted AND l.locktype = 'relation' AND a.pid <> pg_backend_pid()
                           AND l.relation = pg_catalog.to_regclass(?)
                        """,
                        table)));
    return new TransientException(
        "table_locked",
        "Could not %s: other sessions hold locks on it%s. It is tried again later."
            .formatted(what, holders.isEmpty() ? "" : ": " + holders),
        String.valueOf(failure.getMessage()),
        failure);
  }
}
