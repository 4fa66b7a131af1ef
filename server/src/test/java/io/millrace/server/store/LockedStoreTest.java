package io.millrace.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A SQLite store whose file another program has locked. */
final class LockedStoreTest {
  private static final Duration SHORTLY = Duration.ofMillis(50);

  @TempDir private Path folder;

  @Test
  void saysWhoKeepsItFromWritingAndGoesOnAfterwards() throws Exception {
    Path file = folder.resolve("millrace.db");
    try (Database database = Database.open(new DatabaseUrl.Sqlite(file));
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");
      assertThatThrownBy(() -> Patience.hurry(SHORTLY, () -> add(database)))
          .isInstanceOf(StoreAwayException.class)
          .hasMessageContaining("Another program keeps the metadata store");
      assertThat(count(database)).isZero();
      statement.execute("ROLLBACK");
      Patience.hurry(SHORTLY, () -> add(database));
      assertThat(count(database)).isEqualTo(1);
    }
  }

  @Test
  void saysWhatMayBeToThoseWhoWaitForTheOneThatWaits() {
    ConnectionException timeout =
        new ConnectionException(new SQLTransientConnectionException("store-write, timed out"));
    assertThat(Patience.told(timeout, Dialect.SQLITE))
        .isInstanceOf(StoreAwayException.class)
        .hasMessageContaining("another program keeps it locked");
    assertThat(Patience.told(timeout, Dialect.POSTGRES))
        .hasMessageContaining("does not answer")
        .hasMessageNotContaining("millrace.db");
  }

  private static void add(Database database) {
    database.change(tx -> tx.execute("INSERT INTO setting VALUES ('a', '1')"));
  }

  private static int count(Database database) {
    return database.read(
        tx -> tx.createQuery("SELECT count(*) FROM setting").mapTo(Integer.class).one());
  }
}
