package io.millrace.connectors.postgres.source;

import io.millrace.connectors.postgres.connect.PgErrors;
import io.millrace.connectors.postgres.connect.PgSession;
import io.millrace.connectors.postgres.connect.SqlWork;
import io.millrace.spi.TransientException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A borrowed session in a read-only transaction that shows one moment: that of a shared snapshot,
 * or its own. Its locks end with it, so it is kept as short as one piece of work.
 */
final class ReadTransaction implements AutoCloseable {
  private static final String BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
  private static final int JOIN_ATTEMPTS_MAX = 2;

  private final Sessions sessions;
  private final PgSession session;
  private final SnapshotView snapshot;
  private final AtomicBoolean ended = new AtomicBoolean();

  private ReadTransaction(Sessions sessions, PgSession session, SnapshotView snapshot) {
    this.sessions = sessions;
    this.session = session;
    this.snapshot = snapshot;
  }

  /**
   * Begins a transaction.
   *
   * @param shared the snapshot to show; null for one of its own
   * @throws TransientException with code {@code snapshot_lost} when the snapshot has ended
   */
  static ReadTransaction begin(Sessions sessions, @Nullable SnapshotView shared)
      throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      PgSession session = sessions.borrow();
      boolean begun = false;
      try {
        String cluster = sessions.cluster(session);
        SnapshotView view = session.call("begin to read", jdbc -> begin(jdbc, cluster, shared));
        begun = true;
        return new ReadTransaction(sessions, session, view);
      } catch (TransientException failure) {
        // A session that lay idle may have lost its server; a new one tells for certain.
        if (attempt == JOIN_ATTEMPTS_MAX || !lost(failure)) {
          throw failure;
        }
        sessions.dropIdle();
      } finally {
        if (!begun) {
          sessions.discard(session);
        }
      }
    }
  }

  private static boolean lost(TransientException failure) {
    return !failure.code().equals("snapshot_lost")
        && failure.getCause() instanceof SQLException cause
        && PgErrors.isConnectionLost(cause);
  }

  private static SnapshotView begin(Connection jdbc, String cluster, @Nullable SnapshotView shared)
      throws SQLException {
    try (Statement statement = jdbc.createStatement()) {
      statement.execute(BEGIN);
      if (shared == null || shared.name() == null) {
        try (ResultSet row = statement.executeQuery("SELECT txid_current_snapshot()::text")) {
          row.next();
          return SnapshotView.parse(null, cluster, row.getString(1));
        }
      }
      try {
        statement.execute("SET TRANSACTION SNAPSHOT '" + shared.name() + "'");
      } catch (SQLException failure) {
        if (PgErrors.isConnectionLost(failure)) {
          throw failure;
        }
        throw new TransientException(
            "snapshot_lost",
            "The session that held the moment all tables are read at has ended. The read goes on at"
                + " a new one.",
            "SET TRANSACTION SNAPSHOT: " + failure.getMessage(),
            failure);
      }
      return shared;
    }
  }

  SnapshotView snapshot() {
    return snapshot;
  }

  PgSession session() {
    return session;
  }

  /** See {@link PgSession#call}. */
  <T> T call(String what, SqlWork<T> work) throws InterruptedException {
    return session.call(what, work);
  }

  /** Ends the transaction after all went well; its session can be lent again. */
  void end() throws InterruptedException {
    session.execute("end the read", "COMMIT");
    if (ended.compareAndSet(false, true)) {
      sessions.giveBack(session);
    }
  }

  /** Drops the session unless {@link #end} has been called. Safe to repeat. */
  @Override
  public void close() {
    if (ended.compareAndSet(false, true)) {
      sessions.discard(session);
    }
  }
}
