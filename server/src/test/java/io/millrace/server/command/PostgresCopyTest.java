package io.millrace.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.store.Database;
import io.millrace.server.store.DatabaseUrl;
import io.millrace.server.up.RestoredStore;
import io.millrace.testkit.servers.PostgresServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code millrace backup} prints for a store in PostgreSQL works as it stands. */
final class PostgresCopyTest {
  private static final Pattern STATEMENT = Pattern.compile(" -c '((?:[^']|'\\\\'')*)'");

  @TempDir private Path folder;

  @Test
  void theUserStandsInEachCommandAndThePasswordInNone() {
    assertThat(
            commands(
                "postgresql://me%40corp:hunter2@db.example:5433/meta"
                    + "?sslmode=require&password=hunter3&ApplicationName=x"))
        .hasSize(3)
        .allSatisfy(
            command ->
                assertThat(command)
                    .contains("'postgresql://me%40corp@db.example:5433/meta?sslmode=require'")
                    .doesNotContain("hunter"));
    assertThat(commands("postgresql://db.example/meta").getFirst())
        .isEqualTo("pg_dump --format=custom --file=millrace.dump 'postgresql://db.example/meta'");
    assertThat(commands("postgresql://me@db.example/me'ta").getFirst())
        .endsWith("'postgresql://me@db.example/me'\\''ta'");
  }

  @Test
  void aSchemaOfItsOwnIsCopiedAlone() {
    List<String> commands = commands("postgresql://me@db.example/meta?currentSchema=millrace");
    assertThat(commands.get(0))
        .contains(" --schema='\"millrace\"' 'postgresql://me@db.example/meta'");
    assertThat(commands.get(2)).contains(" -c 'SET search_path = \"millrace\"' ");
  }

  @Test
  void theNumbersOfSyncsAndJobsAreSkipped() {
    String database = PostgresServer.shared().newDatabase();
    String url =
        "postgresql://"
            + PostgresServer.USER
            + "@"
            + PostgresServer.HOST
            + ":"
            + PostgresServer.shared().port()
            + "/"
            + database;
    try (Database store = Database.open(DatabaseUrl.parse(url))) {
      store.change(
          tx -> {
            tx.execute("INSERT INTO workspace VALUES ('w', 'w', 'w', '{}', 1, 1, NULL)");
            tx.execute(
                "INSERT INTO actor VALUES ('a', 'w', 'source', 'd', 'n', '{}', '{}', 1, 1, NULL)");
            tx.execute(
                "INSERT INTO connection VALUES ('c', 'w', 'a', 'a', 'n', 'active', NULL, 'manual',"
                    + " '{}', 'source', NULL, '', NULL, 0, '{}', 1, 1)");
            tx.execute("INSERT INTO sync_memory VALUES ('c', 7, 6)");
          });
      long before = job(store);
      PostgresServer.shared().execute(database, statements(commands(url).get(2)));
      assertThat(job(store)).isGreaterThan(before + RestoredStore.GAP);
      assertThat(number(store, "SELECT last_sync FROM sync_memory"))
          .isEqualTo(7 + RestoredStore.GAP);
      assertThat(number(store, "SELECT ended_sync FROM sync_memory"))
          .isEqualTo(7 + RestoredStore.GAP);
    }
  }

  @Test
  void aCopyGoesToNoFolderThatIsNotThere() {
    TestProgram.Result refused = new TestProgram(folder).run("backup", "--to", "none/x.db");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("There is no folder").contains("--to");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  private List<String> commands(String url) {
    TestProgram.Result told = new TestProgram(folder).run("backup", "--database", url);
    assertThat(told.code()).as(told.err()).isZero();
    assertThat(told.out()).contains("PGPASSWORD");
    return told.out().lines().filter(line -> line.startsWith("  ")).map(String::strip).toList();
  }

  private static String[] statements(String command) {
    List<String> statements = new ArrayList<>();
    Matcher matcher = STATEMENT.matcher(command);
    while (matcher.find()) {
      statements.add(matcher.group(1).replace("'\\''", "'"));
    }
    assertThat(statements).hasSize(2);
    return statements.toArray(String[]::new);
  }

  private static long job(Database store) {
    return number(
        store,
        "INSERT INTO job (connection_id, config_type, status, config, retries, not_before,"
            + " created_at, updated_at) VALUES ('c', 'sync', 'succeeded', '{}', '{}', 1, 1, 1)"
            + " RETURNING id");
  }

  private static long number(Database store, String statement) {
    return store.write(tx -> tx.createQuery(statement).mapTo(Long.class).one());
  }
}
