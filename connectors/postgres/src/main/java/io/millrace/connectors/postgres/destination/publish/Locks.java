package io.millrace.connectors.postgres.destination.publish;

import io.millrace.connectors.postgres.destination.table.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;

/**
 * Waits for strong locks in short turns: who waits for one makes every later reader of the table
 * wait behind it, so after each turn the readers get theirs.
 */
public final class Locks {
  /** How long readers may have to wait behind one turn. */
  static final Duration TURN = Duration.ofSeconds(1);

  /** How many turns are taken before the wait is given up: about two minutes. */
  static final int TURNS_MAX = 60;

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String DEADLOCK = "40P01";

  private Locks() {}

  /** Statements that take locks. */
  @FunctionalInterface
  public interface Taking {
    /** Runs the statements; it may be called several times. */
    void run() throws SQLException;
  }

  /** Bounds the wait of every lock of this transaction to one turn. */
  public static void bound(Connection jdbc) throws SQLException {
    Sql.execute(jdbc, "SET LOCAL lock_timeout = " + TURN.toMillis());
  }

  /** Tells whether a failure means that others held a lock. */
  public static boolean isBusy(SQLException failure) {
    return LOCK_NOT_AVAILABLE.equals(failure.getSQLState())
        || DEADLOCK.equals(failure.getSQLState());
  }

  /**
   * Takes locks within the transaction, in as many turns as it needs; what was done before in the
   * transaction stays.
   *
   * @throws SQLException of lock_timeout when all turns were in vain, and when the thread was
   *     interrupted
   */
  static void take(Connection jdbc, Taking taking) throws SQLException {
    bound(jdbc);
    for (int turn = 1; ; turn++) {
      Savepoint before = jdbc.setSavepoint();
      try {
        taking.run();
        jdbc.releaseSavepoint(before);
        return;
      } catch (SQLException failure) {
        if (!isBusy(failure) || turn == TURNS_MAX) {
          throw failure;
        }
        jdbc.rollback(before);
        pause(failure);
      }
    }
  }

  private static void pause(SQLException failure) throws SQLException {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }
}
