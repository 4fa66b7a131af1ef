package io.millrace.server.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connector.ConnectorRegistry;
import io.millrace.server.connector.Endpoint;
import io.millrace.server.job.JobStatus;
import io.millrace.server.job.JobView;
import io.millrace.server.job.JobWorld;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.TestStore;
import io.millrace.spi.StreamName;
import io.millrace.spi.SyncMode;
import io.millrace.testkit.servers.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs between real systems. */
@Timeout(300)
final class RealConnectorsTest {
  private static final int ROWS = 60_000;
  private static final int STRIKES_MAX = 6;
  private static final int PAUSE_MILLIS_MAX = 400;

  private final ConnectorRegistry registry = ConnectorRegistry.load();
  @TempDir private Path folder;

  @Test
  void bringsFakedRowsToDuckDb() throws Exception {
    Path file = folder.resolve("warehouse.duckdb");
    List<StreamName> streams =
        List.of("users", "purchases", "products").stream()
            .map(name -> new StreamName(null, name))
            .toList();
    Endpoint from = endpoint("source-faker", Map.of("count", 500, "seed", 7));
    Endpoint to = endpoint("destination-duckdb", Map.of("destination_path", file.toString()));
    try (JobWorld world =
        new JobWorld(
            TestStore.url(Dialect.SQLITE, folder),
            folder,
            "test",
            Clock.systemUTC(),
            streams,
            from.source(),
            to.destination())) {
      world.startWorkers();
      JobView view = world.awaitEnd(world.sync(world.connect()));
      assertThat(view.job().status()).as("%s", view.attempts()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(view.latest()).hasSize(3);
      assertThat(view.latest().getLast().whole().recordsCommitted()).isEqualTo(500);
      assertThat(Files.exists(file)).isTrue();
    }
  }

  /**
   * Connections break, and the server stops and starts again, at random moments of a sync that
   * appends: the slightest row read twice or not at all would show.
   */
  @Test
  void losesAndDoublesNothingWhateverBreaks() throws Exception {
    PostgresServer postgres = PostgresServer.shared();
    String source = postgres.newDatabase();
    String target = postgres.newDatabase();
    postgres.execute(
        source,
        "CREATE TABLE item (id bigint PRIMARY KEY, note text)",
        "INSERT INTO item SELECT i, repeat(md5(i::text), 8) FROM generate_series(1, "
            + ROWS
            + ") i");
    Endpoint from = postgres("source-postgres", source, Map.of("schemas", List.of("public")));
    Endpoint to = postgres("destination-postgres", target, Map.of("schema", "public"));
    List<StreamName> streams = List.of(new StreamName("public", "item"));
    try (JobWorld world =
        new JobWorld(
            TestStore.url(Dialect.POSTGRES, folder),
            folder,
            "test",
            Clock.systemUTC(),
            streams,
            from.source(),
            to.destination())) {
      world.mode = SyncMode.INCREMENTAL_APPEND;
      world.startWorkers();
      ConnectionId connection = world.connect();
      long job = world.sync(connection);
      strike(world, postgres, job, List.of(source, target));
      JobView view = world.awaitEnd(job);
      assertThat(view.job().status()).as("%s", view.attempts()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(view.attempts()).as("the run was never disturbed").hasSizeGreaterThan(1);
      assertThat(count(postgres, target)).isEqualTo(ROWS + "/" + ROWS);
      assertThat(view.total().recordsCommitted()).isEqualTo(ROWS);
      assertThat(view.attempts().stream().mapToLong(one -> one.stats().recordsCommitted()).sum())
          .as("what the attempts say they committed")
          .isEqualTo(ROWS);
      assertThat(new HashSet<>(Landing.POSTGRES.syncs(folder, target, "item").values()))
          .as("what rows say brought them")
          .containsExactly(job);
    }
  }

  private static void strike(
      JobWorld world, PostgresServer postgres, long job, List<String> databases)
      throws InterruptedException {
    Random random = new Random(7);
    for (int i = 0; i < STRIKES_MAX && !world.view(job).job().status().terminal(); i++) {
      Thread.sleep(random.nextInt(PAUSE_MILLIS_MAX));
      if (random.nextBoolean()) {
        world.stopWorkers();
        world.startWorkers();
      } else {
        postgres.execute(
            "postgres",
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                + databases.get(random.nextInt(databases.size()))
                + "'");
      }
    }
  }

  private static String count(PostgresServer postgres, String database) throws SQLException {
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT count(*) || '/' || count(DISTINCT id) FROM item")) {
      row.next();
      return row.getString(1);
    }
  }

  private Endpoint postgres(String connector, String database, Map<String, Object> more) {
    Map<String, Object> config = new HashMap<>(more);
    config.put("host", PostgresServer.HOST);
    config.put("port", PostgresServer.shared().port());
    config.put("database", database);
    config.put("username", PostgresServer.USER);
    return endpoint(connector, config);
  }

  private Endpoint endpoint(String connector, Map<String, Object> config) {
    return new Endpoint(registry.find(connector), config, folder, connector);
  }
}
