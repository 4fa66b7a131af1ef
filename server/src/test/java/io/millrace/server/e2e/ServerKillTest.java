package io.millrace.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.apiclient.ApiClient;
import io.millrace.server.apiclient.Credentials;
import io.millrace.server.json.Documents;
import io.millrace.spi.TransientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Random;
import java.util.Set;
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
  private static final long WAIT_SECONDS_MAX = 120;
  private static final Set<String> OPEN = Set.of("pending", "running", "incomplete");

  @TempDir Path folder;
  private final Random random = new Random(SEED);

  @Test
  void aJobGoesOnAfterEveryKillAndLosesNothing() throws Exception {
    KillSource source = new KillSource(ROWS);
    source.change(0);
    String target = Shop.server().newDatabase();
    int port = freePort();
    Program program = new Program(folder);
    int killed = 0;
    int rounds = 0;
    try (ApiClient api = new ApiClient("http://127.0.0.1:" + port, new Credentials.None())) {
      Program.Running server = start(program, port, api);
      String connection = connect(api, source, target);
      while (killed < KILLS) {
        rounds++;
        long job = sync(api, connection);
        while (killed < KILLS && OPEN.contains(status(api, job))) {
          Thread.sleep(random.nextInt(SPAN_MILLIS));
          server.process().destroyForcibly().waitFor();
          killed++;
          server = start(program, port, api);
        }
        assertThat(end(api, job)).as("seed %d", SEED).isEqualTo("succeeded");
      }
      assertThat(openJobs(api, connection)).isZero();
      server.process().destroy();
      assertThat(server.process().waitFor(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
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

  private static Program.Running start(Program program, int port, ApiClient api)
      throws InterruptedException {
    Program.Running server =
        program.start("up", "--no-open", "--data", "data", "--port", "" + port, "--api-port", "0");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
    while (true) {
      try {
        api.post("/workspaces/list", Documents.empty());
        return server;
      } catch (TransientException e) {
        if (System.nanoTime() > end || !server.process().isAlive()) {
          throw new AssertionError("The server did not start.", e);
        }
        Thread.sleep(100);
      }
    }
  }

  private static String connect(ApiClient api, KillSource source, String target)
      throws InterruptedException {
    String workspace =
        api.post("/workspaces/list", Documents.empty())
            .path("workspaces")
            .path(0)
            .path("workspaceId")
            .asText();
    String from = actor(api, "source", workspace, source.database());
    String to = actor(api, "destination", workspace, target);
    JsonNode found = api.post("/sources/discover_schema", Documents.empty().put("sourceId", from));
    ObjectNode body = Documents.empty().put("sourceId", from).put("destinationId", to);
    body.put("status", "active").put("namespaceDefinition", "destination");
    ObjectNode stream = (ObjectNode) found.path("catalog").path("streams").path(0).deepCopy();
    ((ObjectNode) stream.get("config"))
        .put("selected", true)
        .put("syncMode", "full_refresh")
        .put("destinationSyncMode", "append");
    body.putObject("syncCatalog").putArray("streams").add(stream);
    return api.post("/connections/create", body).path("connectionId").asText();
  }

  private static String actor(ApiClient api, String side, String workspace, String database)
      throws InterruptedException {
    JsonNode definitions =
        api.post("/" + side + "_definitions/list", Documents.empty()).path(side + "Definitions");
    String definition = "";
    for (JsonNode one : definitions) {
      if (one.path("name").asText().equals("Postgres")) {
        definition = one.path(side + "DefinitionId").asText();
      }
    }
    ObjectNode body = Documents.empty().put("workspaceId", workspace).put("name", side);
    body.put(side + "DefinitionId", definition);
    body.putObject("connectionConfiguration")
        .put("host", "localhost")
        .put("port", Shop.port())
        .put("database", database)
        .put("username", "postgres");
    return api.post("/" + side + "s/create", body).path(side + "Id").asText();
  }

  private static long sync(ApiClient api, String connection) throws InterruptedException {
    return api.post("/connections/sync", Documents.empty().put("connectionId", connection))
        .path("job")
        .path("id")
        .asLong();
  }

  private static String status(ApiClient api, long job) throws InterruptedException {
    return api.post("/jobs/get_light", Documents.empty().put("id", job))
        .path("job")
        .path("status")
        .asText();
  }

  private static String end(ApiClient api, long job) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
    String status = status(api, job);
    while (OPEN.contains(status) && System.nanoTime() < end) {
      Thread.sleep(100);
      status = status(api, job);
    }
    return status;
  }

  private static long openJobs(ApiClient api, String connection) throws InterruptedException {
    ObjectNode body = Documents.empty().put("configId", connection);
    body.putArray("configTypes").add("sync");
    long open = 0;
    for (JsonNode one : api.post("/jobs/list", body).path("jobs")) {
      open += OPEN.contains(one.path("job").path("status").asText()) ? 1 : 0;
    }
    return open;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
