package io.millrace.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.TransientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Makes the pools of connections to the store. */
final class Pools {
  private static final int SQLITE_READERS = 4;

  /** Flyway keeps its history in one connection and makes each step in another. */
  private static final int POSTGRES_MIGRATORS = 2;

  private static final int POSTGRES_READERS = 8;

  /** How long a server that stands still may keep the others from writing. */
  private static final Duration IDLE_WRITER_MAX = Duration.ofSeconds(60);

  /**
   * How long opening a SQLite store waits for its lock; what comes later, {@link Patience} says.
   */
  private static final Duration LOCK_MAX = Duration.ofSeconds(30);

  /** How long one try waits for a connection of a pool; {@link Patience} says how many. */
  private static final Duration TRY_MAX = Duration.ofSeconds(10);

  /** How SQL states begin that tell of no connection. */
  private static final String NOT_CONNECTED = "08";

  private static final int SQLITE_CACHE_KIB = 8 << 10;

  private Pools() {}

  /** For migrations alone; whoever asks for it closes it. */
  static HikariDataSource migrators(DatabaseUrl url) {
    return switch (url) {
      case DatabaseUrl.Sqlite sqlite -> open(url, sqlite(sqlite.file(), true, 1));
      case DatabaseUrl.Postgres postgres ->
          open(url, postgres(postgres, "store-migrate", POSTGRES_MIGRATORS));
    };
  }

  /** One connection: who wants to write waits for it in turn. */
  static HikariDataSource writers(DatabaseUrl url, StoreUse use) {
    return switch (url) {
      case DatabaseUrl.Sqlite sqlite -> open(url, sqlite(sqlite.file(), true, 1), use);
      case DatabaseUrl.Postgres postgres -> open(url, postgresWriters(postgres), use);
    };
  }

  static HikariDataSource readers(DatabaseUrl url, StoreUse use) {
    return switch (url) {
      case DatabaseUrl.Sqlite sqlite ->
          open(url, sqlite(sqlite.file(), false, SQLITE_READERS), use);
      case DatabaseUrl.Postgres postgres -> open(url, postgresReaders(postgres), use);
    };
  }

  private static HikariConfig sqlite(Path file, boolean writing, int connections) {
    makeFolder(file);
    SQLiteConfig sqlite = new SQLiteConfig();
    sqlite.setJournalMode(SQLiteConfig.JournalMode.WAL);
    // FULL: a commit that has returned survives a loss of power, not only of the process.
    sqlite.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    sqlite.enforceForeignKeys(true);
    sqlite.setBusyTimeout((int) LOCK_MAX.toMillis());
    sqlite.setCacheSize(-SQLITE_CACHE_KIB);
    if (writing) {
      // Taken at its beginning, the lock cannot be refused in the middle of a transaction.
      sqlite.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    }
    SQLiteDataSource source = new SQLiteDataSource(sqlite);
    source.setUrl("jdbc:sqlite:" + file);
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    config.setMaximumPoolSize(connections);
    config.setPoolName(writing ? "store-write" : "store-read");
    config.setConnectionTimeout(TRY_MAX.toMillis());
    return config;
  }

  private static HikariConfig postgresWriters(DatabaseUrl.Postgres url) {
    HikariConfig config = postgres(url, "store-write", 1);
    config.setConnectionInitSql(
        "SET idle_in_transaction_session_timeout = " + IDLE_WRITER_MAX.toMillis());
    return config;
  }

  /** As in SQLite, one transaction sees one state of the store. */
  private static HikariConfig postgresReaders(DatabaseUrl.Postgres url) {
    HikariConfig config = postgres(url, "store-read", POSTGRES_READERS);
    config.setReadOnly(true);
    config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    return config;
  }

  private static HikariConfig postgres(DatabaseUrl.Postgres url, String name, int connections) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url.jdbcUrl());
    config.setUsername(url.user());
    config.setPassword(url.password());
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(1);
    config.setPoolName(name);
    config.setConnectionTimeout(TRY_MAX.toMillis());
    return config;
  }

  private static HikariDataSource open(DatabaseUrl url, HikariConfig config, StoreUse use) {
    config.setMetricsTrackerFactory((name, stats) -> use.track(stats));
    return open(url, config);
  }

  private static HikariDataSource open(DatabaseUrl url, HikariConfig config) {
    config.setAutoCommit(true);
    try {
      return new HikariDataSource(config);
    } catch (PoolInitializationException e) {
      throw failure(url, e.getCause() == null ? e : e.getCause());
    }
  }

  /** Returns what to say of a store that cannot be connected to. */
  static ConnectorException failure(DatabaseUrl url, Throwable cause) {
    Optional<ConfigException> damaged = DamagedStore.of(cause, url);
    if (damaged.isPresent()) {
      return damaged.get();
    }
    Optional<ConnectorException> refused = RefusedStore.of(cause, url);
    if (refused.isPresent()) {
      return refused.get();
    }
    String why =
        ConnectorException.outside(String.valueOf(cause.getMessage())).replaceFirst("\\.$", "");
    String state = cause instanceof SQLException sql ? String.valueOf(sql.getSQLState()) : "";
    if (state.startsWith(NOT_CONNECTED)) {
      return new TransientException(
          "store_unreachable",
          "The metadata store cannot be reached: " + why + ". Start it, or correct --database.",
          cause.toString(),
          cause);
    }
    return new ConfigException(
        "store_unreachable",
        "The metadata store cannot be opened: "
            + why
            + ". Check --database, or that the data directory can be written.",
        cause.toString(),
        cause);
  }

  private static void makeFolder(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw new ConfigException(
          "data_directory",
          "The folder of " + file + " cannot be made (" + e.getClass().getSimpleName() + ").",
          e.toString(),
          e);
    }
  }
}
