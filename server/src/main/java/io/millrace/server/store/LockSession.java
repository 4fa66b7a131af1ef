package io.millrace.server.store;

import io.millrace.spi.ConfigException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection to PostgreSQL that holds the lock of a store as long as it lives. */
final class LockSession implements StoreLock {
  private static final Logger LOG = LoggerFactory.getLogger(LockSession.class);

  /** How long connecting, and each statement, may take. */
  private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

  /** Beside it stands a number for the schema: one database may have several stores. */
  static final int KEY = 0x4d494c4c;

  /** So that PostgreSQL frees the lock of a machine that is gone after a minute and a half. */
  private static final String FIND_DEAD_HOLDERS =
      "SET tcp_keepalives_idle = 60; SET tcp_keepalives_interval = 10;"
          + " SET tcp_keepalives_count = 3";

  private final Connection connection;

  /** How the lock is taken; neither waits. */
  enum Kind {
    SHARED("pg_try_advisory_lock_shared"),
    ALONE("pg_try_advisory_lock");

    private final String function;

    Kind(String function) {
      this.function = function;
    }
  }

  private LockSession(Connection connection) {
    this.connection = connection;
  }

  /**
   * Takes the lock for a program that begins.
   *
   * @param refusal the sentence when others have it, with {@code %s} for the store
   * @throws ConfigException the refusal
   * @throws io.millrace.spi.ConnectorException when the store cannot be reached
   */
  static LockSession first(DatabaseUrl.Postgres url, Kind kind, String refusal) {
    try {
      return take(url, kind)
          .orElseThrow(() -> new ConfigException("store_busy", refusal.formatted(url)));
    } catch (SQLException e) {
      throw Pools.failure(url, e);
    }
  }

  /** Takes the lock, or returns nothing when others have it. */
  static Optional<LockSession> take(DatabaseUrl.Postgres url, Kind kind) throws SQLException {
    LockSession session = new LockSession(connect(url));
    try {
      if (session.lock(kind)) {
        return Optional.of(session);
      }
      session.close();
      return Optional.empty();
    } catch (SQLException e) {
      session.close();
      throw e;
    }
  }

  /** Returns how many others share the lock. */
  int others() throws SQLException {
    String sql =
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = ?"
            + " AND objid::bigint = hashtext(coalesce(current_schema(), ''))::bigint & 4294967295"
            + " AND objsubid = 2 AND pid <> pg_backend_pid()"
            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, KEY);
      try (ResultSet answer = statement.executeQuery()) {
        answer.next();
        return answer.getInt(1);
      }
    }
  }

  /** Tells whether the connection lives, and with it the lock. */
  boolean alive() throws SQLException {
    return connection.isValid((int) ANSWER_MAX.toSeconds());
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // The lock is gone with the connection either way.
      LOG.atDebug().setCause(e).log("store_lock_close_failed");
    }
  }

  private boolean lock(Kind kind) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(FIND_DEAD_HOLDERS);
    }
    String sql = "SELECT " + kind.function + "(?, hashtext(coalesce(current_schema(), '')))";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, KEY);
      try (ResultSet answer = statement.executeQuery()) {
        answer.next();
        return answer.getBoolean(1);
      }
    }
  }

  private static Connection connect(DatabaseUrl.Postgres url) throws SQLException {
    String seconds = String.valueOf(ANSWER_MAX.toSeconds());
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", "millrace store lock");
    properties.setProperty("loginTimeout", seconds);
    properties.setProperty("connectTimeout", seconds);
    properties.setProperty("socketTimeout", seconds);
    if (url.user() != null) {
      properties.setProperty("user", url.user());
    }
    if (url.password() != null) {
      properties.setProperty("password", url.password());
    }
    return DriverManager.getConnection(url.jdbcUrl(), properties);
  }
}
