package io.millrace.connectors.postgres.connect;

import io.millrace.connectors.postgres.wire.CopyFeed;
import io.millrace.connectors.postgres.wire.WireSocket;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.WorkThreads;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.postgresql.PGConnection;

/**
 * One connection to the server, in UTC and with exact text forms (see {@link PgConnections}).
 *
 * <p>Used by one thread at a time; {@link #abort} and {@link #close} may come from any other. An
 * interrupt of the thread that waits for the server breaks the connection.
 */
public final class PgSession implements AutoCloseable {
  private final Connection connection;
  private final PGConnection driver;
  private final WireSocket socket;
  private final int serverVersion;
  private final Consumer<PgSession> closed;
  private final AtomicBoolean open = new AtomicBoolean(true);
  private volatile boolean busy;

  PgSession(Connection connection, WireSocket socket, int serverVersion, Consumer<PgSession> closed)
      throws SQLException {
    this.connection = connection;
    this.socket = socket;
    this.driver = connection.unwrap(PGConnection.class);
    this.serverVersion = serverVersion;
    this.closed = closed;
  }

  /** Returns the JDBC connection, for callers that translate failures with {@link #failure}. */
  public Connection jdbc() {
    return connection;
  }

  /** Returns the driver's interface to COPY, cancellation and the rest. */
  public PGConnection driver() {
    return driver;
  }

  /** Begins a {@code COPY ... TO STDOUT}, whose end the caller waits for. */
  public CopyFeed copyOut(String sql) throws SQLException {
    return CopyFeed.begin(driver.getCopyAPI(), socket, sql);
  }

  /** Returns the server's major version, such as 18. */
  public int serverVersion() {
    return serverVersion;
  }

  /**
   * Runs a piece of work.
   *
   * @param what see {@link PgErrors#translate}
   * @throws InterruptedException when the thread was interrupted; the session is of no more use
   */
  public <T> T call(String what, SqlWork<T> work) throws InterruptedException {
    busy = true;
    try {
      return work.on(connection);
    } catch (SQLException failure) {
      throw failure(what, failure);
    } finally {
      busy = false;
    }
  }

  /** Runs statements that return nothing of interest. See {@link #call}. */
  public void execute(String what, String sql) throws InterruptedException {
    call(
        what,
        jdbc -> {
          try (Statement statement = jdbc.createStatement()) {
            return statement.execute(sql);
          }
        });
  }

  /**
   * Returns what to throw for a failure on this session.
   *
   * @throws InterruptedException instead, when it failed because the thread was interrupted
   */
  public ConnectorException failure(String what, SQLException failure) throws InterruptedException {
    if (Thread.interrupted()) {
      abort();
      throw new InterruptedException("Interrupted while trying to " + what);
    }
    return PgErrors.translate(failure, what);
  }

  /**
   * Ends the session at once, from any thread: asks the server to cancel what it is doing, then
   * drops the connection. A thread that waits for the server fails. Never throws.
   */
  public void abort() {
    if (!open.compareAndSet(true, false)) {
      return;
    }
    try {
      cancelQuietly();
      connection.abort(Runnable::run);
    } catch (SQLException ignored) {
      // It is gone either way.
    } finally {
      closed.accept(this);
    }
  }

  /** Ends the session; aborts it when a statement is still running. Never throws. */
  @Override
  public void close() {
    if (busy || Thread.currentThread().isInterrupted()) {
      abort();
      return;
    }
    if (!open.compareAndSet(true, false)) {
      return;
    }
    try {
      connection.close();
    } catch (SQLException ignored) {
      // It is gone either way.
    } finally {
      closed.accept(this);
    }
  }

  /** Marks a statement as running over several calls, such as a COPY; see {@link #close}. */
  public void busy(boolean running) {
    this.busy = running;
  }

  private void cancelQuietly() {
    if (!busy) {
      return;
    }
    // A thread of its own: the cancel request opens a socket, which an interrupt would break.
    Thread canceller = WorkThreads.virtual("millrace-postgres-cancel", this::sendCancel);
    canceller.start();
    try {
      canceller.join(PgConnections.CANCEL_TIMEOUT);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void sendCancel() {
    try {
      driver.cancelQuery();
    } catch (SQLException ignored) {
      // The dropped connection ends the statement at its next write.
    }
  }
}
