package io.millrace.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ConfigException;
import io.millrace.testkit.servers.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreLockTest {
  private static final int LOOKS_MAX = 600;

  @TempDir private Path folder;

  @Test
  void isSharedByServersOrHeldAlone() throws Exception {
    DatabaseUrl url = TestStore.url(Dialect.POSTGRES, folder);
    try (LockSession first =
            LockSession.first((DatabaseUrl.Postgres) url, LockSession.Kind.SHARED, "%s");
        StoreLock _ = StoreLock.shared(TestStore.url(Dialect.POSTGRES, folder))) {
      assertThat(first.others()).as("another store counts not").isZero();
      try (StoreLock _ = StoreLock.shared(url)) {
        assertThat(first.others()).isOne();
      }
      assertThatThrownBy(() -> StoreLock.alone(url))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("A server runs on the metadata store postgresql://localhost:");
    }
    try (StoreLock _ = StoreLock.alone(url)) {
      assertThatThrownBy(() -> StoreLock.shared(url))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("start the server when that is done");
      assertThatThrownBy(() -> StoreLock.alone(url)).isInstanceOf(ConfigException.class);
    }
    StoreLock.shared(url).close();
  }

  @Test
  void isOfOneStoreAlone() {
    try (StoreLock _ = StoreLock.shared(TestStore.url(Dialect.POSTGRES, folder))) {
      StoreLock.alone(TestStore.url(Dialect.POSTGRES, folder)).close();
    }
  }

  @Test
  void isTakenAgainWhenItsConnectionBreaks() throws Exception {
    DatabaseUrl.Postgres url = (DatabaseUrl.Postgres) TestStore.url(Dialect.POSTGRES, folder);
    String database = url.jdbcUrl().substring(url.jdbcUrl().lastIndexOf('/') + 1);
    try (StoreLock _ = SharedLock.take(url, Duration.ofMillis(20));
        Connection other = PostgresServer.shared().connect(database)) {
      int first = holder(other);
      assertThat(first).isPositive();
      PostgresServer.shared().execute(database, "SELECT pg_terminate_backend(" + first + ")");
      int now = holder(other);
      for (int i = 0; i < LOOKS_MAX && (now == 0 || now == first); i++) {
        Thread.sleep(20);
        now = holder(other);
      }
      assertThat(now).isNotIn(0, first);
      assertThatThrownBy(() -> StoreLock.alone(url)).isInstanceOf(ConfigException.class);
    }
    StoreLock.alone(url).close();
  }

  /** Returns the process that holds a lock in a database; 0 is none. */
  private static int holder(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND database ="
                    + " (SELECT oid FROM pg_database WHERE datname = current_database())")) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }
}
