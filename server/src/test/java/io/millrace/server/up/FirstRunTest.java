package io.millrace.server.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.store.Database;
import io.millrace.server.store.DatabaseUrl;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FirstRunTest {
  @TempDir private Path folder;

  /** The store refuses one insert after the other, which leaves what a kill would leave. */
  @Test
  void completesASampleThatWasCutOff() throws Exception {
    try (Server server = SqliteServer.start(folder);
        Database store = Database.open(new DatabaseUrl.Sqlite(new DataDirectory(folder).store()))) {
      List<String> inserts =
          List.of(
              "actor WHEN new.side = 'source'",
              "actor WHEN new.side = 'destination'",
              "connection",
              "job");
      for (int i = 0; i < inserts.size(); i++) {
        String trigger = "stop_" + i;
        String on = inserts.get(i).replaceFirst("( WHEN|$)", " FOR EACH ROW$1");
        store.change(
            tx ->
                tx.execute(
                    "CREATE TRIGGER "
                        + trigger
                        + " BEFORE INSERT ON "
                        + on
                        + " BEGIN SELECT RAISE(ABORT, 'stopped'); END"));
        assertThatThrownBy(server::firstRun).hasStackTraceContaining("stopped");
        store.change(tx -> tx.execute("DROP TRIGGER " + trigger));
      }
      assertThat(server.firstRun()).isPresent();
      assertThat(count(store, "actor")).isEqualTo(2);
      assertThat(count(store, "connection")).isEqualTo(1);
      assertThat(count(store, "job")).isEqualTo(1);
      assertThat(server.firstRun()).as("only once").isEmpty();
    }
  }

  /** Who deletes the sample, or makes something else first, is not given it again. */
  @Test
  void isDoneOnceSomethingElseIsThere() throws Exception {
    try (Server server = SqliteServer.start(folder);
        Database store = Database.open(new DatabaseUrl.Sqlite(new DataDirectory(folder).store()))) {
      store.change(
          tx -> {
            tx.execute("INSERT INTO setting (name, value) VALUES ('first_run', 'begun')");
            tx.execute(
                "INSERT INTO actor SELECT 'a', id, 'source', 'd', 'Mine', '{}', '{}', 0, 0, NULL"
                    + " FROM workspace");
          });
      assertThat(server.firstRun()).isEmpty();
      store.change(tx -> tx.execute("DELETE FROM actor"));
      assertThat(server.firstRun()).isEmpty();
    }
  }

  private static long count(Database store, String table) {
    return store.read(
        tx -> tx.createQuery("SELECT count(*) FROM " + table).mapTo(Long.class).one());
  }
}
