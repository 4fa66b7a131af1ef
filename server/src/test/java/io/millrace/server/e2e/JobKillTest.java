package io.millrace.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is killed at random moments of clears, refreshes and a backfill over several
 * streams: each job ends after the next start, and the targets hold what an undisturbed one leaves.
 *
 * <p>{@code -Dmillrace.job.kills=20} makes so many rounds of them, {@code -Dmillrace.kill.seed}
 * sets the moments.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
final class JobKillTest {
  private static final int ROUNDS = Integer.getInteger("millrace.job.kills", 1);
  private static final long SEED = Long.getLong("millrace.kill.seed", System.nanoTime());
  private static final int ROWS = 10_000;
  private static final int SPAN_MILLIS = 700;
  private static final List<String> MERGED = List.of("one", "two", "three");
  private static final String APPENDED = "log";

  @TempDir Path folder;
  private final Random random = new Random(SEED);
  private final String source = Shop.server().newDatabase();
  private final String target = Shop.server().newDatabase();

  @Test
  void jobsEndRightlyHoweverOftenTheServerDies() throws Exception {
    for (String table : tables()) {
      Shop.server()
          .execute(
              source,
              "CREATE TABLE " + table + " (id bigint PRIMARY KEY, v text)",
              "INSERT INTO "
                  + table
                  + " SELECT i, md5(i::text) FROM generate_series(1, "
                  + ROWS
                  + ") i");
    }
    try (ServerProgram server = new ServerProgram(new Program(folder), "--data", "data")) {
      server.start();
      String connection = connect(server);
      run(server, connection, "sync", null);
      assertThat(rows()).isEqualTo(rows(ROWS, ROWS));
      for (int round = 0; round < ROUNDS; round++) {
        run(server, connection, "clear", null);
        assertThat(rows()).as("clear, seed %d", SEED).isEqualTo(rows(0, 0));
        run(server, connection, "sync", null);
        assertThat(rows()).as("sync, seed %d", SEED).isEqualTo(rows(ROWS, ROWS));
        run(server, connection, "refresh", "Merge");
        assertThat(rows()).as("merge, seed %d", SEED).isEqualTo(rows(ROWS, 2 * ROWS));
        run(server, connection, "refresh", "Truncate");
        assertThat(rows()).as("truncate, seed %d", SEED).isEqualTo(rows(ROWS, ROWS));
        backfill(server, connection, "more" + round);
      }
    }
  }

  /** New fields of old rows arrive, in every stream. */
  private void backfill(ServerProgram server, String connection, String column)
      throws InterruptedException {
    for (String table : tables()) {
      Shop.server()
          .execute(source, "ALTER TABLE " + table + " ADD COLUMN " + column + " int DEFAULT 7");
    }
    run(server, connection, "sync", null);
    assertThat(rows()).as("backfill, seed %d", SEED).isEqualTo(rows(ROWS, 2 * ROWS));
    for (String table : tables()) {
      assertThat(Shop.count(target, "SELECT count(*) FROM " + table + " WHERE " + column + " = 7"))
          .as("%s, seed %d", table, SEED)
          .isEqualTo(ROWS);
    }
  }

  /** Starts a job, kills the server while it runs, and waits for its end after the next start. */
  private void run(
      ServerProgram server, String connection, String kind, @Nullable String refreshMode)
      throws InterruptedException {
    ObjectNode request = Documents.empty().put("connectionId", connection);
    if (refreshMode != null) {
      request.put("refreshMode", refreshMode);
    }
    long job = server.post("/connections/" + kind, request).path("job").path("id").asLong();
    Thread.sleep(random.nextInt(SPAN_MILLIS));
    server.kill();
    server.start();
    assertThat(server.awaitEnd(job)).as("%s, seed %d", kind, SEED).isEqualTo("succeeded");
  }

  private static List<String> tables() {
    return List.of("one", "two", "three", APPENDED);
  }

  private static Map<String, String> rows(int merged, int appended) {
    Map<String, String> rows = new TreeMap<>();
    MERGED.forEach(table -> rows.put(table, merged + " " + Math.min(merged, ROWS)));
    rows.put(APPENDED, appended + " " + Math.min(appended, ROWS));
    return rows;
  }

  /** Returns how many rows, and how many ids, each target has. */
  private Map<String, String> rows() {
    Map<String, String> rows = new TreeMap<>();
    for (String table : tables()) {
      rows.put(
          table,
          Shop.count(target, "SELECT count(*) FROM " + table)
              + " "
              + Shop.count(target, "SELECT count(DISTINCT id) FROM " + table));
    }
    return rows;
  }

  private String connect(ServerProgram server) throws InterruptedException {
    String from = actor(server, "source", source, "decd338e-5647-4c0b-adf4-da0e75f5a750");
    String to = actor(server, "destination", target, "25c5221d-dce2-4163-ade9-739ef790f503");
    JsonNode found =
        server.post("/sources/discover_schema", Documents.empty().put("sourceId", from));
    ObjectNode body = Documents.empty().put("sourceId", from).put("destinationId", to);
    body.put("status", "active").put("namespaceDefinition", "destination");
    body.put("nonBreakingChangesPreference", "propagate_columns");
    body.put("backfillPreference", "enabled");
    ObjectNode catalog = (ObjectNode) found.path("catalog");
    for (JsonNode stream : catalog.path("streams")) {
      boolean appended = stream.path("stream").path("name").asText().equals(APPENDED);
      ObjectNode config = (ObjectNode) stream.path("config");
      config.put("selected", true).put("syncMode", "incremental");
      config.put("destinationSyncMode", appended ? "append" : "append_dedup");
      config.putArray("cursorField").add("id");
      config.putArray("primaryKey").addArray().add("id");
    }
    body.set("syncCatalog", catalog);
    return server.post("/connections/create", body).path("connectionId").asText();
  }

  private static String actor(ServerProgram server, String side, String database, String definition)
      throws InterruptedException {
    ObjectNode body = Documents.empty().put("workspaceId", server.workspace()).put("name", side);
    body.put(side + "DefinitionId", definition);
    body.putObject("connectionConfiguration")
        .put("host", "localhost")
        .put("port", Shop.port())
        .put("database", database)
        .put("username", "postgres");
    return server.post("/" + side + "s/create", body).path(side + "Id").asText();
  }
}
