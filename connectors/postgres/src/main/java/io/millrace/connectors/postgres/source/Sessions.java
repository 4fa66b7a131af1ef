package io.millrace.connectors.postgres.source;

import io.millrace.connectors.postgres.connect.PgConnections;
import io.millrace.connectors.postgres.connect.PgErrors;
import io.millrace.connectors.postgres.connect.PgSession;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Lends sessions and keeps returned ones open, so that a hundred small tables do not log in a
 * hundred times. Thread-safe.
 */
final class Sessions implements AutoCloseable {
  private static final String DATABASE_OID =
      "SELECT oid::text FROM pg_catalog.pg_database"
          + " WHERE datname = pg_catalog.current_database()";

  private final PgConnections connections;
  private final Semaphore slots;
  private final ConcurrentLinkedDeque<PgSession> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;
  private volatile @Nullable String cluster;

  /**
   * @param connections opens at least as many sessions as are lent at once
   * @param sessionsMax how many are lent at once
   */
  Sessions(PgConnections connections, int sessionsMax) {
    this.connections = connections;
    this.slots = new Semaphore(sessionsMax, true);
  }

  /** Lends a session outside any transaction; waits while all are lent. */
  PgSession borrow() throws InterruptedException {
    slots.acquire();
    boolean lent = false;
    try {
      @Nullable PgSession session = idle.pollFirst();
      if (session == null) {
        session = connections.open();
      }
      lent = true;
      return session;
    } finally {
      if (!lent) {
        slots.release();
      }
    }
  }

  /**
   * Returns a name of the database that no other has, and that a standby shares with its primary.
   *
   * @param session outside any transaction
   */
  String cluster(PgSession session) throws InterruptedException {
    @Nullable String known = cluster;
    if (known == null) {
      known = session.call("identify the database", Sessions::identify);
      cluster = known;
    }
    return known;
  }

  private static String identify(Connection jdbc) throws SQLException {
    try {
      return one(jdbc, "SELECT system_identifier::text FROM pg_catalog.pg_control_system()")
          + "/"
          + one(jdbc, DATABASE_OID);
    } catch (SQLException refused) {
      if (PgErrors.isConnectionLost(refused)) {
        throw refused;
      }
      return one(jdbc, DATABASE_OID);
    }
  }

  private static String one(Connection jdbc, String sql) throws SQLException {
    try (Statement statement = jdbc.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  /** Takes back a session that is outside any transaction. */
  void giveBack(PgSession session) {
    if (closed) {
      session.close();
    } else {
      idle.addFirst(session);
    }
    slots.release();
  }

  /** Takes back a session that is of no more use. */
  void discard(PgSession session) {
    session.abort();
    slots.release();
  }

  /** Ends the idle sessions, which a failure of one of them makes suspect. */
  void dropIdle() {
    for (@Nullable PgSession session = idle.pollFirst();
        session != null;
        session = idle.pollFirst()) {
      session.abort();
    }
  }

  @Override
  public void close() {
    closed = true;
    dropIdle();
    connections.close();
  }
}
