package io.millrace.connectors.postgres.destination;

import io.millrace.connectors.postgres.connect.PgConnections;
import io.millrace.connectors.postgres.connect.PgSession;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.Heartbeat;
import io.millrace.spi.WorkThreads;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every so often, from a connection of its own, whether the server is at work on what another
 * session asked for, and beats when it is. A statement that waits for a lock, or a session that
 * nobody serves any more, is not at work.
 */
final class Pulse implements AutoCloseable {
  /** Calls that end sooner cost no connection. */
  static final Duration EVERY = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
  private static final String AT_WORK =
      """
      SELECT state = 'active' AND coalesce(wait_event_type, '') NOT IN ('Lock', 'Client')
        FROM pg_catalog.pg_stat_activity WHERE pid = ?
      """;

  private final Thread thread;

  /** Begins to look. */
  Pulse(PgConnections connections, PgSession watched, Heartbeat heartbeat, Duration every) {
    int process = watched.driver().getBackendPID();
    this.thread =
        WorkThreads.virtual(
            "millrace-postgres-pulse", () -> look(connections, process, heartbeat, every));
    thread.start();
  }

  private static void look(
      PgConnections connections, int process, Heartbeat heartbeat, Duration every) {
    try {
      while (true) {
        Thread.sleep(every);
        if (atWork(connections, process)) {
          heartbeat.beat();
        }
      }
    } catch (InterruptedException e) {
      LOG.atDebug().log("pulse_ended");
    }
  }

  private static boolean atWork(PgConnections connections, int process)
      throws InterruptedException {
    try (PgSession session = connections.open()) {
      return session.call(
          "look at a running statement",
          jdbc -> {
            try (PreparedStatement statement = jdbc.prepareStatement(AT_WORK)) {
              statement.setInt(1, process);
              try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
              }
            }
          });
    } catch (ConnectorException e) {
      LOG.atDebug().setCause(e).log("pulse_not_taken");
      return false;
    }
  }

  /** Looks no more; returns at once. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
