package io.millrace.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/**
 * How long the store is waited for: by a request shortly, since somebody waits for its answer; by
 * all else, such as a job's commits, over a restart of the store.
 */
public final class Patience {
  private static final ScopedValue<Duration> HURRIED = ScopedValue.newInstance();

  private static final int TRIES = 3;

  /**
   * How long PostgreSQL may say nothing to a statement of a request: one that hangs, or whose
   * machine has vanished, refuses nothing either. So long, too, another program's lock on SQLite's
   * file is waited for.
   */
  private static final Duration HURRIED_SILENCE_MAX = Duration.ofSeconds(15);

  /** The same for all else; the longest statements, which remove old rows, take a few seconds. */
  private static final Duration SILENCE_MAX = Duration.ofSeconds(60);

  /** How SQL states begin that tell of no connection, and of a server that stops. */
  private static final String NOT_CONNECTED = "08";

  private static final String STOPPING = "57P0";

  private Patience() {}

  /** Runs something for which somebody waits. */
  public static void hurry(Runnable work) {
    hurry(HURRIED_SILENCE_MAX, work);
  }

  /** Runs something that bears this much silence of the store. */
  static void hurry(Duration silenceMax, Runnable work) {
    ScopedValue.where(HURRIED, silenceMax).run(work);
  }

  static Connection connect(DataSource pool, Dialect dialect) throws SQLException {
    int left = HURRIED.isBound() ? 1 : TRIES;
    while (true) {
      try {
        return bounded(pool.getConnection(), dialect);
      } catch (SQLTransientConnectionException e) {
        left--;
        if (left == 0) {
          throw e;
        }
      }
    }
  }

  /** The next who takes the connection from the pool bounds it anew. */
  private static Connection bounded(Connection connection, Dialect dialect) throws SQLException {
    int max = (int) HURRIED.orElse(SILENCE_MAX).toMillis();
    try {
      switch (dialect) {
        case POSTGRES -> connection.setNetworkTimeout(Runnable::run, max);
        case SQLITE -> connection.unwrap(SQLiteConnection.class).setBusyTimeout(max);
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Returns what to throw: another exception where the store was away, or its disk is full. */
  static RuntimeException told(JdbiException e, Dialect dialect) {
    if (FullStore.is(e)) {
      return FullStore.of(e);
    }
    if (LockedStore.is(e)) {
      return LockedStore.of(e);
    }
    if (e instanceof ConnectionException) {
      return switch (dialect) {
        case SQLITE -> LockedStore.unwritable(e);
        case POSTGRES -> new StoreAwayException(e);
      };
    }
    return away(e) ? new StoreAwayException(e) : e;
  }

  /** Tells whether a failure came of a connection that broke, or of a server that stops. */
  static boolean away(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        String state = sql.getSQLState();
        return state.startsWith(NOT_CONNECTED) || state.startsWith(STOPPING);
      }
    }
    return false;
  }
}
