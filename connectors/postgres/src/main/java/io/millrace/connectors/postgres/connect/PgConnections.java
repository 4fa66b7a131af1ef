package io.millrace.connectors.postgres.connect;

import io.millrace.connectors.postgres.wire.WireSocket;
import io.millrace.spi.ConfigException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * Opens sessions with one database, never more than a bound at once, through a tunnel where one is
 * configured. Thread-safe.
 *
 * <p>Every session is in UTC and prints values so that nothing is lost: {@code DateStyle ISO},
 * {@code IntervalStyle postgres}, shortest exact floats, bytea in hex. The server's own time-outs
 * for statements and idle sessions are switched off. Money is printed as in the locale C, unless it
 * has no hundredths in the server's locale: other forms would be read back as other amounts.
 */
public final class PgConnections implements AutoCloseable {
  /** The oldest major version that is supported. */
  public static final int SERVER_VERSION_MIN = 12;

  static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(5);

  private static final String SET_UP =
      """
      SET SESSION TIME ZONE 'UTC';
      SET datestyle = 'ISO, YMD';
      SET intervalstyle = 'postgres';
      SET extra_float_digits = 3;
      SET bytea_output = 'hex';
      SET standard_conforming_strings = on;
      SET statement_timeout = 0;
      SET lock_timeout = 0;
      SET idle_in_transaction_session_timeout = 0;
      SET client_min_messages = warning;
      SELECT pg_catalog.set_config(name, '0', false) FROM pg_catalog.pg_settings
       WHERE name IN ('idle_session_timeout', 'transaction_timeout');
      SELECT pg_catalog.set_config('lc_monetary', 'C', false)
       WHERE pg_catalog.cash_cmp(0.01::numeric::money, 0::numeric::money) > 0;
      SELECT pg_catalog.set_config(name, '10s', false) FROM pg_catalog.pg_settings
       WHERE name = 'client_connection_check_interval' AND pg_catalog.version() LIKE '%linux%';
      """;

  private final PgSettings settings;
  private final Properties properties;
  private final Semaphore slots;
  private final Set<PgSession> sessions = ConcurrentHashMap.newKeySet();
  private final ReentrantLock tunnelLock = new ReentrantLock();
  private @Nullable SshTunnel tunnel;
  private volatile boolean closed;

  /**
   * Connects to nothing yet.
   *
   * @param connectionsMax the largest number of sessions open at once
   * @throws ConfigException when a setting cannot be right
   */
  public PgConnections(PgSettings settings, int connectionsMax) {
    this.settings = settings;
    this.properties = PgProperties.of(settings);
    this.slots = new Semaphore(connectionsMax);
  }

  /**
   * Opens a session; waits while as many as allowed are open. The caller closes it. Whoever holds
   * one session must not wait for a second: all might.
   */
  public PgSession open() throws InterruptedException {
    slots.acquire();
    boolean opened = false;
    try {
      PgSession session = connect();
      opened = true;
      return session;
    } finally {
      if (!opened) {
        slots.release();
      }
    }
  }

  /** Returns the settings, for messages. */
  public PgSettings settings() {
    return settings;
  }

  /** Aborts every session and ends the tunnel. Never throws. */
  @Override
  public void close() {
    closed = true;
    List.copyOf(sessions).forEach(PgSession::abort);
    closeTunnel();
  }

  private PgSession connect() throws InterruptedException {
    Properties info = new Properties();
    info.putAll(properties);
    int tunnelPort = tunnelPort();
    String what = "connect to " + settings.place();
    Connection connection = null;
    boolean opened = false;
    try (PgSocketFactory.Making making = new PgSocketFactory.Making()) {
      info.setProperty("socketFactoryArg", making.argument(tunnelPort));
      connection = new Driver().connect(PgProperties.url(settings), info);
      if (connection == null) {
        throw new ConfigException("host", "`host` and `database` do not make a valid address.");
      }
      PgSession session = session(connection, making.socket());
      opened = true;
      return session;
    } catch (SQLException failure) {
      if (Thread.interrupted()) {
        throw new InterruptedException("Interrupted while trying to " + what);
      }
      throw PgErrors.translate(failure, what);
    } finally {
      if (!opened) {
        closeQuietly(connection);
      }
    }
  }

  private PgSession session(Connection connection, WireSocket socket) throws SQLException {
    int version = connection.getMetaData().getDatabaseMajorVersion();
    if (version < SERVER_VERSION_MIN) {
      throw new ConfigException(
          "server_too_old",
          "The server runs PostgreSQL "
              + version
              + "; versions from "
              + SERVER_VERSION_MIN
              + " on are supported. Upgrade it.");
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(SET_UP);
    }
    if (!PgProperties.setsReadTimeout(settings)) {
      connection.setNetworkTimeout(Runnable::run, 0);
    }
    PgSession session = new PgSession(connection, socket, version, this::ended);
    sessions.add(session);
    if (closed) {
      session.abort();
    }
    return session;
  }

  private void ended(PgSession session) {
    sessions.remove(session);
    slots.release();
  }

  private int tunnelPort() throws InterruptedException {
    if (settings.tunnelMethod() instanceof TunnelMethod.NoTunnel) {
      return 0;
    }
    tunnelLock.lockInterruptibly();
    try {
      if (tunnel == null || !tunnel.alive()) {
        closeTunnel();
        tunnel = SshTunnel.open(settings.tunnelMethod(), settings.host(), settings.port());
      }
      return tunnel.localPort();
    } finally {
      tunnelLock.unlock();
    }
  }

  private void closeTunnel() {
    tunnelLock.lock();
    try {
      if (tunnel != null) {
        tunnel.close();
        tunnel = null;
      }
    } finally {
      tunnelLock.unlock();
    }
  }

  private static void closeQuietly(@Nullable Connection connection) {
    if (connection == null) {
      return;
    }
    try {
      connection.close();
    } catch (SQLException ignored) {
      // The failure that led here is the one to tell.
    }
  }
}
