package io.millrace.connectors.duckdb;

import io.millrace.spi.Heartbeat;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * One database connection. Its statements run one after the other, inside {@link #call}; {@link
 * #close} may come from any thread.
 */
final class Session implements AutoCloseable {
  private final DuckDBConnection connection;
  private final Heartbeat heartbeat;
  private volatile @Nullable Statement running;
  private final Runnable left;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Makes a session.
   *
   * @param left called once, when the connection is closed
   */
  Session(DuckDBConnection connection, Heartbeat heartbeat, Runnable left) {
    this.connection = connection;
    this.heartbeat = heartbeat;
    this.left = left;
  }

  /** Work that uses a session. */
  interface Work<T extends @Nullable Object> {
    T run(Session session) throws SQLException;
  }

  /** Reads one row of a result. */
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Runs work on a native thread; an interrupt cancels its statement. */
  <T extends @Nullable Object> T call(Work<T> work) throws InterruptedException {
    return NativeCalls.call(() -> work.run(this), this::cancel, heartbeat);
  }

  /** Runs work as one transaction: committed when it returns, rolled back when it throws. */
  <T extends @Nullable Object> T transact(Work<T> work) throws InterruptedException {
    return call(
        session -> {
          session.execute("BEGIN TRANSACTION");
          try {
            T result = work.run(session);
            session.execute("COMMIT");
            return result;
          } catch (SQLException | RuntimeException e) {
            session.rollback();
            throw e;
          }
        });
  }

  /** Runs a statement without a result. */
  void execute(String sql) throws SQLException {
    update(sql);
  }

  /** Runs a statement and returns the number of rows it changed. */
  long update(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(sql, parameters)) {
      return statement.executeLargeUpdate();
    } finally {
      running = null;
    }
  }

  /** Runs a query and returns its rows. */
  <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      List<T> result = new ArrayList<>();
      while (rows.next()) {
        result.add(reader.read(rows));
      }
      return result;
    } finally {
      running = null;
    }
  }

  private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
    if (closed.get()) {
      throw new SQLException("INTERRUPT Error: the connection was closed");
    }
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    running = statement;
    return statement;
  }

  /** Ends the transaction, if there is one, and forgets what it did. */
  void rollback() {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      // There was no transaction, or the database itself is lost: nothing is kept either way.
    }
  }

  /** Makes an Arrow stream readable under a name, for the next statement. */
  void register(String name, Object arrowStream) {
    connection.registerArrowStream(name, arrowStream);
  }

  /** Returns the connection itself. */
  Connection connection() {
    return connection;
  }

  /** Makes a running statement fail soon. */
  void cancel() {
    Statement statement = running;
    if (statement != null) {
      try {
        statement.cancel();
      } catch (SQLException e) {
        // It has ended already.
      }
    }
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    cancel();
    NativeCalls.settle(
        () -> {
          connection.close();
          return true;
        });
    left.run();
  }
}
