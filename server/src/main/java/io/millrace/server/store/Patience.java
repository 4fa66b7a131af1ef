package io.millrace.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;

/**
 * How long a connection is waited for: a request once, since somebody waits for its answer; all
 * else, such as a job's commits, over a restart of the store.
 */
public final class Patience {
  private static final ScopedValue<Boolean> HURRIED = ScopedValue.newInstance();

  private static final int TRIES = 3;

  /** How SQL states begin that tell of no connection, and of a server that stops. */
  private static final String NOT_CONNECTED = "08";

  private static final String STOPPING = "57P0";

  private Patience() {}

  /** Runs something for which somebody waits. */
  public static void hurry(Runnable work) {
    ScopedValue.where(HURRIED, true).run(work);
  }

  static Connection connect(DataSource pool) throws SQLException {
    int left = HURRIED.isBound() ? 1 : TRIES;
    while (true) {
      try {
        return pool.getConnection();
      } catch (SQLTransientConnectionException e) {
        left--;
        if (left == 0) {
          throw e;
        }
      }
    }
  }

  /** Returns what to throw: another exception where the store was away. */
  static RuntimeException told(JdbiException e) {
    if (e instanceof ConnectionException) {
      return new StoreAwayException(e);
    }
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        String state = sql.getSQLState();
        return state.startsWith(NOT_CONNECTED) || state.startsWith(STOPPING)
            ? new StoreAwayException(e)
            : e;
      }
    }
    return e;
  }
}
