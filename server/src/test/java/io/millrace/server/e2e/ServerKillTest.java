package io.millrace.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is killed at random moments while a job runs: after the next start the job goes on
 * as a new attempt and ends, and every row is there once, in append mode too.
 *
 * <p>{@code -Dmillrace.server.kills=20} kills so often; {@code -Dmillrace.kill.rows} sets the size
 * of the table, {@code -Dmillrace.kill.seed} the moments.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
final class ServerKillTest {
  private static final int KILLS = Integer.getInteger("millrace.server.kills", 2);
  private static final int ROWS = Integer.getInteger("millrace.kill.rows", 150_000);
  private static final long SEED = Long.getLong("millrace.kill.seed", System.nanoTime());
  private static final int SPAN_MILLIS = 2_500;

  @TempDir Path folder;
  private final Random random = new Random(SEED);

  @Test
  void aJobGoesOnAfterEveryKillAndLosesNothing() throws Exception {
    KillSource source = new KillSource(ROWS);
    source.change(0);
    String target = Shop.server().newDatabase();
    int killed = 0;
    int rounds = 0;
    try (ServerProgram server = new ServerProgram(new Program(folder), "--data", "data")) {
      server.start();
      String connection = connect(server, source, target);
      while (killed < KILLS) {
        rounds++;
        long job = server.sync(connection);
        while (killed < KILLS && server.isOpen(job)) {
          Thread.sleep(random.nextInt(SPAN_MILLIS));
          server.kill();
          killed++;
          server.start();
        }
        assertThat(server.awaitEnd(job)).as("seed %d", SEED).isEqualTo("succeeded");
      }
      for (JsonNode one : server.syncs(connection)) {
        assertThat(server.isOpen(one.path("id").asLong())).isFalse();
      }
      server.process().destroy();
      assertThat(server.process().waitFor(ServerProgram.WAIT_SECONDS_MAX, TimeUnit.SECONDS))
          .isTrue();
    }
    assertThat(copies(target)).as("seed %d", SEED).isEqualTo(rounds + " " + rounds + " " + ROWS);
  }

  /** Returns the fewest and the most copies of a row, and how many rows there are. */
  private static String copies(String database) throws Exception {
    try (Connection connection = Shop.server().connect(database);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT min(n), max(n), count(*) FROM (SELECT id, count(*) AS n FROM kept GROUP BY"
                    + " id) one")) {
      row.next();
      return row.getLong(1) + " " + row.getLong(2) + " " + row.getLong(3);
    }
  }

  private static String connect(ServerProgram server, KillSource source, String target)
      throws InterruptedException {
    String from = actor(server, "source", source.database());
    String to = actor(server, "destination", target);
    JsonNode found =
        server.post("/sources/discover_schema", Documents.empty().put("sourceId", from));
    ObjectNode body = Documents.empty().put("sourceId", from).put("destinationId", to);
    body.put("status", "active").put("namespaceDefinition", "destination");
    ObjectNode stream = (ObjectNode) found.path("catalog").path("streams").path(0).deepCopy();
    ((ObjectNode) stream.get("config"))
        .put("selected", true)
        .put("syncMode", "full_refresh")
        .put("destinationSyncMode", "append");
    body.putObject("syncCatalog").putArray("streams").add(stream);
    return server.post("/connections/create", body).path("connectionId").asText();
  }

  private static String actor(ServerProgram server, String side, String database)
      throws InterruptedException {
    JsonNode definitions =
        server.post("/" + side + "_definitions/list", Documents.empty()).path(side + "Definitions");
    String definition = "";
    for (JsonNode one : definitions) {
      if (one.path("name").asText().equals("Postgres")) {
        definition = one.path(side + "DefinitionId").asText();
      }
    }
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
