package io.millrace.connectors.postgres.destination;

import io.millrace.connectors.postgres.connect.PgSession;
import io.millrace.connectors.postgres.connect.SqlWork;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A session on loan from the pool. Used by one thread; {@link #abort} may come from another.
 *
 * <p>A session on which something failed is not trusted again: it is dropped when the lease ends,
 * unless the failed transaction was rolled back.
 */
final class Lease implements AutoCloseable {
  private final SessionPool pool;
  private final PgSession session;
  private final AtomicBoolean ended = new AtomicBoolean();
  private boolean clean = true;

  Lease(SessionPool pool, PgSession session) {
    this.pool = pool;
    this.session = session;
  }

  PgSession session() {
    return session;
  }

  Connection jdbc() {
    return session.jdbc();
  }

  /** Marks the session as within a transaction, to be dropped unless {@link #settled} follows. */
  void unsettled() {
    clean = false;
  }

  /** Marks the session as outside of any transaction. */
  void settled() {
    clean = true;
  }

  /**
   * Runs work in a transaction of its own.
   *
   * @param what the rest of a sentence that begins with "Could not"
   */
  <T> T transaction(String what, SqlWork<T> work) throws InterruptedException {
    unsettled();
    T result =
        session.call(
            what,
            jdbc -> {
              try {
                T answer = work.on(jdbc);
                jdbc.commit();
                return answer;
              } catch (SQLException | RuntimeException failure) {
                rollBack(jdbc, failure);
                throw failure;
              }
            });
    settled();
    return result;
  }

  private void rollBack(Connection jdbc, Exception failure) {
    try {
      jdbc.rollback();
      settled();
    } catch (SQLException lost) {
      failure.addSuppressed(lost);
    }
  }

  /** Breaks the session, from any thread; a call that waits for the server fails. */
  void abort() {
    session.abort();
  }

  @Override
  public void close() {
    if (ended.compareAndSet(false, true)) {
      pool.giveBack(session, clean && !Thread.currentThread().isInterrupted());
    }
  }
}
