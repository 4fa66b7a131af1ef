package io.millrace.connectors.postgres.source;

import io.millrace.connectors.postgres.connect.PgErrors;
import io.millrace.connectors.postgres.connect.PgSession;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.Notice;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The moment at which all streams of a source are read. A session of its own holds the snapshot and
 * touches no table, so that it holds no lock; readers join it. Thread-safe.
 */
final class SharedSnapshot implements AutoCloseable {
  /** Snapshots that are kept for readers of other streams when one stream needs a newer one. */
  private static final int KEPT_MAX = 2;

  private final Sessions sessions;
  private final boolean shareable;
  private final Consumer<Notice> notices;
  private final Deque<Held> held = new ArrayDeque<>();
  private boolean refused;
  private boolean closed;

  /**
   * @param shareable there are connections enough for a session that only holds the snapshot
   */
  SharedSnapshot(Sessions sessions, boolean shareable, Consumer<Notice> notices) {
    this.sessions = sessions;
    this.shareable = shareable;
    this.notices = notices;
  }

  /** Returns the newest snapshot, or null where this server shares none. */
  synchronized @Nullable SnapshotView current() throws InterruptedException {
    if (held.isEmpty() && shareable && !refused && !closed) {
      hold();
    }
    return held.isEmpty() ? null : held.getFirst().view;
  }

  /** Returns the newest snapshot after a look at whether its session is still there. */
  synchronized @Nullable SnapshotView living() throws InterruptedException {
    while (!held.isEmpty() && !held.getFirst().lives()) {
      sessions.discard(held.removeFirst().session);
    }
    return current();
  }

  /** Returns a snapshot newer than the given one. */
  synchronized @Nullable SnapshotView after(@Nullable SnapshotView old)
      throws InterruptedException {
    @Nullable SnapshotView newest = living();
    if (newest == null || !newest.equals(old)) {
      return newest;
    }
    hold();
    while (held.size() > KEPT_MAX) {
      sessions.discard(held.removeLast().session);
    }
    return held.getFirst().view;
  }

  @Override
  public synchronized void close() {
    closed = true;
    held.forEach(one -> sessions.discard(one.session));
    held.clear();
  }

  private void hold() throws InterruptedException {
    PgSession session = sessions.borrow();
    boolean kept = false;
    try {
      String cluster = sessions.cluster(session);
      SnapshotView view = session.call("share a snapshot", jdbc -> export(jdbc, cluster));
      held.addFirst(new Held(session, view));
      kept = true;
    } catch (ConnectorException failure) {
      if (!(failure.getCause() instanceof SQLException sql) || PgErrors.isConnectionLost(sql)) {
        throw failure;
      }
      refused = true;
      notices.accept(
          new Notice(
              "snapshot_not_shared",
              null,
              "The server does not let sessions share a snapshot, so each stream is read by one"
                  + " session, at a moment of its own. ("
                  + ConnectorException.outside(sql.getMessage())
                  + ")"));
    } finally {
      if (!kept) {
        sessions.discard(session);
      }
    }
  }

  private static SnapshotView export(Connection jdbc, String cluster) throws SQLException {
    try (Statement statement = jdbc.createStatement()) {
      statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
      try (ResultSet row =
          statement.executeQuery(
              "SELECT pg_catalog.pg_export_snapshot(),"
                  + " pg_catalog.txid_current_snapshot()::text")) {
        row.next();
        return SnapshotView.parse(row.getString(1), cluster, row.getString(2));
      }
    }
  }

  private record Held(PgSession session, SnapshotView view) {
    boolean lives() throws InterruptedException {
      try {
        session.execute("hold the snapshot", "SELECT 1");
        return true;
      } catch (ConnectorException gone) {
        return false;
      }
    }
  }
}
