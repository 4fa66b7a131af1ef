package io.millrace.server.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.connector.ConnectorRegistry;
import io.millrace.server.http.HttpSettings;
import io.millrace.server.store.DatabaseUrl;
import io.millrace.spi.TransientException;
import io.millrace.testkit.servers.PostgresServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose PostgreSQL stops or hangs, and comes back. */
@Timeout(120)
final class StoreAwayTest {
  /** Below the half minute for which jobs wait, with room for a busy machine. */
  private static final Duration ANSWER_MAX = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @Test
  void saysSoToEverybodyUntilItIsBack() throws Exception {
    try (PostgresServer postgres = PostgresServer.builder().start();
        HttpClient http = HttpClient.newHttpClient()) {
      String url =
          "jdbc:postgresql://"
              + PostgresServer.HOST
              + ":"
              + postgres.port()
              + "/"
              + postgres.newDatabase();
      ServerSettings settings =
          new ServerSettings(
              new DataDirectory(folder),
              new DatabaseUrl.Postgres(url, PostgresServer.USER, null),
              new HttpSettings("127.0.0.1", List.of(0), null, null),
              Map.of());
      try (Server server = Server.start(settings, ConnectorRegistry.load(), Clock.systemUTC())) {
        String base = "http://127.0.0.1:" + server.ports().getFirst();
        assertThat(get(http, base + "/ready").statusCode()).isEqualTo(200);
        postgres.stop();

        HttpResponse<String> ready = get(http, base + "/ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).contains("no answer");
        HttpResponse<String> api = get(http, base + "/api/public/v1/workspaces");
        assertThat(api.statusCode()).as(api.body()).isEqualTo(503);
        assertThat(api.body()).contains("The metadata store does not answer.");
        assertThat(get(http, base + "/metrics").body())
            .contains("millrace_store_connections_busy")
            .doesNotContain("millrace_jobs_waiting");

        postgres.start();
        comesBack(http, base);

        postgres.freeze();
        try {
          assertThat(get(http, base + "/api/public/v1/workspaces").statusCode()).isEqualTo(503);
          assertThat(get(http, base + "/ready").statusCode()).isEqualTo(503);
        } finally {
          postgres.thaw();
        }
        comesBack(http, base);
      }
    }
  }

  /** A lock holds up the start until the store stops under it. */
  @ParameterizedTest
  @ValueSource(strings = {"schema_history", "setting"})
  void aStartDuringWhichItStopsSaysSoAndCanBeTriedAgain(String table) throws Exception {
    try (PostgresServer postgres = PostgresServer.builder().start()) {
      String name = postgres.newDatabase();
      String url = "jdbc:postgresql://" + PostgresServer.HOST + ":" + postgres.port() + "/" + name;
      ServerSettings settings =
          new ServerSettings(
              new DataDirectory(folder),
              new DatabaseUrl.Postgres(url, PostgresServer.USER, null),
              new HttpSettings("127.0.0.1", List.of(0), null, null),
              Map.of());
      Server.start(settings, ConnectorRegistry.load(), Clock.systemUTC()).close();
      try (Connection other = postgres.connect(name)) {
        other.setAutoCommit(false);
        other.createStatement().execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
        Thread stopper =
            Thread.ofPlatform()
                .start(
                    () -> {
                      awaitWaiting(postgres);
                      postgres.stop();
                    });
        assertThatThrownBy(
                () -> Server.start(settings, ConnectorRegistry.load(), Clock.systemUTC()))
            .isInstanceOf(TransientException.class)
            .hasMessageContaining(
                "The server could not start. The metadata store does not answer.");
        stopper.join();
      }
    }
  }

  private static void awaitWaiting(PostgresServer postgres) {
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
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void comesBack(HttpClient http, String base) throws Exception {
    while (get(http, base + "/ready").statusCode() != 200) {
      Thread.sleep(100);
    }
    // Not every connection of the pool need have noticed yet: the first call may still be told.
    while (get(http, base + "/api/public/v1/workspaces").statusCode() == 503) {
      Thread.sleep(100);
    }
    assertThat(get(http, base + "/api/public/v1/workspaces").statusCode()).isEqualTo(200);
  }

  private static HttpResponse<String> get(HttpClient http, String url) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(url)).timeout(ANSWER_MAX).build(),
        BodyHandlers.ofString());
  }
}
