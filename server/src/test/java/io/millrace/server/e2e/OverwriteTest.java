package io.millrace.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.server.e2e.Program.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What readers see who poll the target while it is overwritten, also by a sync that is killed. */
final class OverwriteTest {
  private static final int ROWS = 30_000;
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;
  private Program program = new Program(Path.of(""));
  private String database = "";

  @BeforeEach
  void source() {
    program = new Program(folder);
    database = Shop.server().newDatabase();
    Shop.server().execute(database, "CREATE TABLE things (generation int, id int, v text)");
    fill(1);
  }

  /** Every generation has another number of rows, each of which names it. */
  private void fill(int generation) {
    Shop.server()
        .execute(
            database,
            "TRUNCATE things",
            "INSERT INTO things SELECT %d, i, md5(i::text) FROM generate_series(1, %d) i"
                .formatted(generation, rows(generation)));
  }

  private static int rows(int generation) {
    return ROWS + 1000 * generation;
  }

  /** What a reader sees of a whole generation. */
  private static String whole(int generation) {
    return generation + ": " + rows(generation);
  }

  @Test
  void postgresqlShowsTheOldTableOrTheNewOne() throws Exception {
    String target = Shop.server().newDatabase();
    String uri = "postgresql://postgres@localhost:" + Shop.port() + "/" + target;
    sync(uri);
    try (Connection connection = Shop.server().connect(target);
        PollingReader reader = new PollingReader(() -> sight(connection, "things"))) {
      killedSync(uri);
      sync(uri);
      fill(3);
      sync(uri);
      assertThat(reader.end()).containsExactly(whole(1), whole(2), whole(3));
    }
  }

  @Test
  void duckDbShowsWholeTablesOrALockedFile() throws Exception {
    sync("duckdb:out.duckdb");
    fill(2);
    Running running = start("duckdb:out.duckdb");
    running.awaitOutput("\"stream_started\"");
    try (PollingReader reader = new PollingReader(this::duckDbSight)) {
      running.signal("KILL");
      running.end();
      assertThat(reader.end()).isSubsetOf(whole(1), whole(2)).isNotEmpty();
    }
    running = start("duckdb:out.duckdb");
    awaitWriter();
    try (PollingReader reader = new PollingReader(this::duckDbSight)) {
      assertThat(running.end().code()).isZero();
      assertThat(reader.end()).isSubsetOf(whole(1), whole(2)).contains(whole(2));
    }
  }

  @Test
  void filesNeverShowFewerRowsAndTheManifestNamesOneWholeSet() throws Exception {
    String uri = "file:lake?format=Parquet";
    sync(uri);
    try (PollingReader files = new PollingReader(this::filesSight);
        PollingReader manifest = new PollingReader(this::manifestSight)) {
      killedSync(uri);
      sync(uri);
      assertThat(files.end()).isSubsetOf(whole(1), whole(1) + " " + whole(2), whole(2));
      assertThat(manifest.end()).containsExactly("" + rows(1), "" + rows(2));
    }
  }

  private void sync(String uri) throws InterruptedException {
    Run run = start(uri).end();
    assertThat(run.code()).as(run.toString()).isZero();
  }

  private void killedSync(String uri) throws InterruptedException {
    fill(2);
    Running running = start(uri);
    running.awaitOutput("\"stream_started\"");
    running.signal("KILL");
    running.end();
  }

  private Running start(String uri) {
    return program.start(
        "sync",
        "postgresql://postgres@localhost:" + Shop.port() + "/" + database,
        uri,
        "--stream",
        "public.things",
        "--metadata-columns",
        "none",
        "--output",
        "json");
  }

  /** Waits until the sync has the file: a reader who came first would keep it away. */
  private void awaitWriter() throws InterruptedException {
    Path log = folder.resolve("out.duckdb.wal");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!Files.exists(log)) {
      assertThat(System.nanoTime()).as("no writer came").isLessThan(deadline);
      Thread.sleep(5);
    }
  }

  private @Nullable String duckDbSight() throws SQLException {
    try (Connection connection =
        DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("out.duckdb"))) {
      return sight(connection, "things");
    } catch (SQLException e) {
      return asksToComeAgain(e, "lock");
    }
  }

  /** Between listing the files and opening them an old one may go: then one lists them again. */
  private @Nullable String filesSight() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      return sight(connection, "read_parquet('" + folder.resolve("lake/things/*.parquet") + "')");
    } catch (SQLException e) {
      return asksToComeAgain(e, "no such file");
    }
  }

  private static @Nullable String asksToComeAgain(SQLException e, String sign) throws SQLException {
    if (String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains(sign)) {
      return null;
    }
    throw e;
  }

  private String manifestSight() throws Exception {
    JsonNode manifest =
        JSON.readTree(Files.readAllBytes(folder.resolve("lake/things/_manifest.json")));
    long rows = 0;
    for (JsonNode file : manifest.path("files")) {
      rows += file.path("rows").asLong();
    }
    return "" + rows;
  }

  /** Returns the generations that are visible, each with its rows. */
  private static String sight(Connection connection, String from) throws SQLException {
    StringBuilder sight = new StringBuilder();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT generation, count(DISTINCT id) FROM " + from + " GROUP BY 1 ORDER BY 1")) {
      while (rows.next()) {
        sight.append(sight.isEmpty() ? "" : " ").append(rows.getInt(1)).append(": ");
        sight.append(rows.getLong(2));
      }
    }
    return sight.toString();
  }
}
