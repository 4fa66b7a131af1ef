package io.millrace.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ConfigException;
import java.nio.file.Path;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EachStore
final class DatabaseTest {
  private static final String ADD = "INSERT INTO setting (name, value) VALUES (?, ?)";

  private final Dialect dialect;
  @TempDir private Path folder;

  DatabaseTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @Test
  void keepsWhatIsWrittenOverAReopening() {
    DatabaseUrl url = TestStore.url(dialect, folder);
    try (Database store = Database.open(url)) {
      store.change(tx -> tx.execute(ADD, "a", "1"));
    }
    try (Database store = Database.open(url)) {
      assertThat(store.healthy()).isTrue();
      assertThat(value(store, "a")).isEqualTo("1");
    }
  }

  @Test
  void undoesAWriteThatFails() {
    try (Database store = TestStore.open(dialect, folder)) {
      assertThatThrownBy(
              () ->
                  store.change(
                      tx -> {
                        tx.execute(ADD, "a", "1");
                        throw new IllegalStateException("in the middle");
                      }))
          .isInstanceOf(IllegalStateException.class);
      assertThat(count(store)).isZero();
    }
  }

  @Test
  void holdsReferences() {
    try (Database store = TestStore.open(dialect, folder)) {
      assertThatThrownBy(
              () ->
                  store.change(
                      tx ->
                          tx.execute(
                              "INSERT INTO sync_memory VALUES ('no such connection', 1, 1)")))
          .isInstanceOf(UnableToExecuteStatementException.class);
    }
  }

  @Test
  void refusesATransactionWithinAnother() {
    try (Database store = TestStore.open(dialect, folder)) {
      assertThatThrownBy(() -> store.read(tx -> count(store)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("takes its handle");
      assertThatThrownBy(
              () -> store.change(tx -> store.change(inner -> inner.execute(ADD, "a", "1"))))
          .isInstanceOf(AssertionError.class);
      assertThat(count(store)).isZero();
    }
  }

  @Test
  void takesManyWritersAtOnce() throws InterruptedException {
    try (Database store = TestStore.open(dialect, folder)) {
      Thread[] writers = new Thread[16];
      for (int i = 0; i < writers.length; i++) {
        String name = "writer-" + i;
        writers[i] =
            Thread.startVirtualThread(
                () -> {
                  for (int n = 0; n < 20; n++) {
                    String value = name + "-" + n;
                    store.change(tx -> tx.execute(ADD, value, value));
                  }
                });
      }
      for (Thread writer : writers) {
        writer.join();
      }
      assertThat(count(store)).isEqualTo(320);
    }
  }

  @Test
  void refusesTheStoreOfANewerProgram() {
    DatabaseUrl url = TestStore.url(dialect, folder);
    try (Database store = Database.open(url)) {
      store.change(
          tx ->
              tx.execute(
                  "INSERT INTO schema_history (installed_rank, version, description, type, script,"
                      + " checksum, installed_by, execution_time, success) VALUES (999, '999',"
                      + " 'later', 'SQL', 'V999__later.sql', 1, 'x', 1, "
                      + (dialect == Dialect.SQLITE ? "1" : "true")
                      + ")"));
    }
    assertThatThrownBy(() -> Database.open(url))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("newer Millrace")
        .hasMessageContaining("999");
  }

  private static String value(Database store, String name) {
    return store.read(
        tx ->
            tx.createQuery("SELECT value FROM setting WHERE name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .one());
  }

  private static int count(Database store) {
    return store.read(
        tx -> tx.createQuery("SELECT count(*) FROM setting").mapTo(Integer.class).one());
  }
}
