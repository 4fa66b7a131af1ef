package io.millrace.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.connector.ConnectorRegistry;
import io.millrace.server.http.HttpSettings;
import io.millrace.server.output.Console;
import io.millrace.server.store.DatabaseUrl;
import io.millrace.server.up.DataDirectory;
import io.millrace.server.up.Server;
import io.millrace.server.up.ServerSettings;
import io.millrace.testkit.servers.PostgresServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class SampleLookTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A lock holds up the sample until the store stops under it. */
  @Test
  void makesTheSampleWhenTheStoreIsBack() throws Exception {
    try (PostgresServer postgres = PostgresServer.builder().start();
        ExecutorService threads = Executors.newCachedThreadPool()) {
      String database = postgres.newDatabase();
      try (Server server = start(postgres, database)) {
        SampleLook look = new SampleLook(surroundings(), server, new CountDownLatch(1));
        Future<?> shown;
        try (Connection other = postgres.connect(database)) {
          other.setAutoCommit(false);
          other.createStatement().execute("LOCK TABLE actor IN ACCESS EXCLUSIVE MODE");
          shown =
              threads.submit(
                  () -> {
                    look.show();
                    return null;
                  });
          awaitWaiting(postgres);
          postgres.stop();
        }
        postgres.start();
        shown.get();
        try (Connection other = postgres.connect(database);
            Statement statement = other.createStatement();
            ResultSet row = statement.executeQuery("SELECT count(*) FROM connection")) {
          row.next();
          assertThat(row.getInt(1)).isEqualTo(1);
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("purchases");
      }
    }
  }

  private static void awaitWaiting(PostgresServer postgres) throws Exception {
    try (Connection other = postgres.connect("postgres");
        Statement statement = other.createStatement()) {
      while (true) {
        try (ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")) {
          row.next();
          if (row.getInt(1) > 0) {
            return;
          }
        }
        Thread.sleep(20);
      }
    }
  }

  private Server start(PostgresServer postgres, String database) {
    String url = "jdbc:postgresql://" + PostgresServer.HOST + ":" + postgres.port() + "/";
    return Server.start(
        new ServerSettings(
            new DataDirectory(folder),
            new DatabaseUrl.Postgres(url + database, PostgresServer.USER, null),
            new HttpSettings("127.0.0.1", List.of(0), null, null),
            Map.of()),
        ConnectorRegistry.load(),
        Clock.systemUTC());
  }

  private Surroundings surroundings() {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return new Surroundings(
        Console.plain(stream, stream),
        new ByteArrayInputStream(new byte[0]),
        Clock.systemUTC(),
        Map.of(),
        folder,
        "./millrace",
        ConnectorRegistry.load());
  }
}
