package io.millrace.connectors.postgres.destination;

import io.millrace.connectors.postgres.connect.PgConnections;
import io.millrace.connectors.postgres.connect.PgSession;
import io.millrace.spi.Heartbeat;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sessions for the next piece of work, so that a hundred small streams log in a few times
 * only. Never more than a bound are open; who asks for one more waits. Thread-safe.
 *
 * <p>Whoever holds a lease must not ask for a second: all might.
 */
final class SessionPool implements AutoCloseable {
  /** Whatever the user's defaults are, a commit is durable and statements see what is committed. */
  private static final String SET_UP =
      """
      SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE;
      SELECT pg_catalog.set_config('synchronous_commit', 'on', false)
       WHERE pg_catalog.current_setting('synchronous_commit') = 'off';
      """;

  private final PgConnections connections;
  private final Heartbeat heartbeat;
  private final Semaphore leases;
  private final ArrayDeque<PgSession> idle = new ArrayDeque<>();

  /**
   * Makes an empty pool that owns {@code connections}.
   *
   * @param sessionsMax the bound; {@code connections} must allow one more, for pulses
   */
  SessionPool(PgConnections connections, int sessionsMax, Heartbeat heartbeat) {
    this.heartbeat = heartbeat;
    this.connections = connections;
    this.leases = new Semaphore(sessionsMax);
  }

  /** Watches what may take long on a lease; the caller closes it afterwards. */
  Pulse pulse(Lease lease) {
    return new Pulse(connections, lease.session(), heartbeat, Pulse.EVERY);
  }

  /** Returns a session without an open transaction; the caller closes the lease. */
  Lease borrow() throws InterruptedException {
    leases.acquire();
    PgSession session = null;
    try {
      session = pollIdle();
      if (session == null) {
        session = open();
      }
      return new Lease(this, session);
    } finally {
      if (session == null) {
        leases.release();
      }
    }
  }

  /**
   * Takes a session back.
   *
   * @param clean it is outside of any transaction and nothing is wrong with it; else it is dropped,
   *     and with it the idle ones, which may have met the same fate
   */
  void giveBack(PgSession session, boolean clean) {
    if (clean) {
      synchronized (idle) {
        idle.addFirst(session);
      }
    } else {
      session.abort();
      dropIdle();
    }
    leases.release();
  }

  /** Ends every session, those on lease included. Never throws. */
  @Override
  public void close() {
    dropIdle();
    connections.close();
  }

  private PgSession open() throws InterruptedException {
    PgSession session = connections.open();
    boolean ready = false;
    try {
      session.call(
          "prepare a session",
          jdbc -> {
            try (Statement statement = jdbc.createStatement()) {
              statement.execute(SET_UP);
            }
            jdbc.setAutoCommit(false);
            return true;
          });
      ready = true;
      return session;
    } finally {
      if (!ready) {
        session.abort();
      }
    }
  }

  private @Nullable PgSession pollIdle() {
    synchronized (idle) {
      return idle.pollFirst();
    }
  }

  private void dropIdle() {
    List<PgSession> dropped;
    synchronized (idle) {
      dropped = List.copyOf(idle);
      idle.clear();
    }
    dropped.forEach(PgSession::close);
  }
}
