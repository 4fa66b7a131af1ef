package io.millrace.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.up.RestoredStore;
import io.millrace.spi.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.flywaydb.core.api.MigrationVersion;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** From an older program's store to this one's, and back. */
final class UpgradeTest {
  private static final String OLD = "5";

  @TempDir private Path folder;

  @Test
  void keepsACopyThatCanBePutBack() {
    Path store = oldStore();
    Path copy = folder.resolve("backups/millrace-v" + OLD + ".db");
    try (Database database = Database.open(new DatabaseUrl.Sqlite(store))) {
      assertThat(setting(database)).isEqualTo("old");
      database.change(tx -> tx.execute("UPDATE setting SET value = 'new'"));
      database.change(tx -> tx.execute("DELETE FROM login_session"));
    }
    assertThat(StoreCopy.version(copy)).isEqualTo(OLD);
    Path aside = folder.resolve("backups/replaced");
    assertThat(StoreCopy.restore(copy, store, aside, RestoredStore::skipNumbers)).isEqualTo(OLD);
    assertThat(StoreCopy.version(store)).isEqualTo(OLD);
    assertThat(StoreCopy.version(aside.resolve("millrace.db"))).isNotEqualTo(OLD);
    try (Database again = Database.open(new DatabaseUrl.Sqlite(store))) {
      assertThat(setting(again)).isEqualTo("old");
      assertThat(number(again, "SELECT last_sync FROM sync_memory"))
          .as("no sync has the number of one that came after the copy")
          .isEqualTo(7 + RestoredStore.GAP);
      assertThat(number(again, "SELECT ended_sync FROM sync_memory"))
          .isEqualTo(7 + RestoredStore.GAP);
      assertThat(number(again, "SELECT seq FROM sqlite_sequence WHERE name = 'job'"))
          .isEqualTo(3 + RestoredStore.GAP);
    }
  }

  private static long number(Database database, String query) {
    return database.read(tx -> tx.createQuery(query).mapTo(Long.class).one());
  }

  @Test
  void copiesAStoreThatIsInUse() {
    Path store = folder.resolve("millrace.db");
    Path copy = folder.resolve("elsewhere/copy.db");
    try (Database database = Database.open(new DatabaseUrl.Sqlite(store))) {
      database.change(tx -> tx.execute("INSERT INTO setting VALUES ('a', 'kept')"));
      StoreCopy.write(store, copy);
      database.change(tx -> tx.execute("UPDATE setting SET value = 'too late'"));
      assertThatThrownBy(() -> StoreCopy.write(store, copy))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("exists already");
    }
    try (Database database = Database.open(new DatabaseUrl.Sqlite(copy))) {
      assertThat(setting(database)).isEqualTo("kept");
    }
  }

  @Test
  void refusesWhatIsNoStoreAndChangesNothing() throws IOException {
    Path store = oldStore();
    Path text = Files.writeString(folder.resolve("notes.db"), "no store at all, but text");
    Path other = folder.resolve("other.db");
    Jdbi.create(source(other)).useHandle(handle -> handle.execute("CREATE TABLE t (x)"));
    for (Path wrong : new Path[] {text, other, folder.resolve("none.db")}) {
      assertThatThrownBy(() -> StoreCopy.restore(wrong, store, folder.resolve("aside"), tx -> {}))
          .as(wrong.toString())
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(wrong.getFileName().toString());
    }
    assertThat(StoreCopy.version(store)).isEqualTo(OLD);
    assertThat(folder.resolve("aside")).doesNotExist();
  }

  private Path oldStore() {
    Path store = folder.resolve("millrace.db");
    Migrations.configured(source(store), Dialect.SQLITE)
        .target(MigrationVersion.fromVersion(OLD))
        .load()
        .migrate();
    Jdbi.create(source(store))
        .useHandle(
            handle -> {
              handle.execute("INSERT INTO setting VALUES ('a', 'old')");
              handle.execute("INSERT INTO workspace VALUES ('w', 'w', 'w', '{}', 1, 1, NULL)");
              handle.execute(
                  "INSERT INTO actor VALUES ('a', 'w', 'source', 'd', 'n', '{}', '{}', 1, 1, NULL)");
              handle.execute(
                  "INSERT INTO connection VALUES ('c', 'w', 'a', 'a', 'n', 'active', NULL,"
                      + " 'manual', '{}', 'source', NULL, '', NULL, 0, '{}', 1, 1)");
              handle.execute("INSERT INTO sync_memory VALUES ('c', 7, 6)");
              handle.execute(
                  "INSERT INTO job (id, connection_id, config_type, status, config, retries,"
                      + " not_before, created_at, updated_at) VALUES (3, 'c', 'sync', 'succeeded',"
                      + " '{}', '{}', 1, 1, 1)");
            });
    return store;
  }

  private static SQLiteDataSource source(Path file) {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  private static String setting(Database database) {
    return database.read(
        tx ->
            tx.createQuery("SELECT value FROM setting WHERE name = 'a'").mapTo(String.class).one());
  }
}
