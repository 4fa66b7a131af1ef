package io.millrace.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.e2e.Program.Running;
import io.millrace.testkit.servers.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Connections that are refused, break, or come back: after a few seconds, or as many as the system
 * property {@code millrace.test.awaySeconds} says.
 */
final class ConnectionFailuresTest {
  private static final int ROWS = 300;
  private static final long AWAY_SECONDS = Long.getLong("millrace.test.awaySeconds", 5);

  @TempDir Path folder;
  private Program program = new Program(Path.of(""));
  private String database = "";

  @BeforeEach
  void aViewThatTakesSeconds() {
    program = new Program(folder);
    database = Shop.newDatabase();
    slowView(Shop.server(), database);
  }

  private static void slowView(PostgresServer server, String database) {
    server.execute(
        database,
        "CREATE FUNCTION slowly(i int) RETURNS int LANGUAGE plpgsql AS"
            + " 'BEGIN PERFORM pg_sleep(0.02); RETURN i; END'",
        "CREATE VIEW slow AS SELECT slowly(i) AS id FROM generate_series(1, " + ROWS + ") i");
  }

  @AfterEach
  void theServerRunsAgain() {
    Shop.server().start();
  }

  @Test
  void aPortThatRefuses() throws InterruptedException {
    int port = unusedPort();
    program
        .file(
            "shop.yaml",
            "source:\n  connector: source-postgres\n  config: {host: localhost, port: "
                + port
                + ", database: shop, username: me}\n"
                + Shop.duckDb("out.duckdb"))
        .run("sync", "shop.yaml", "--output", "json")
        .fails(4, "refused-port", port);
  }

  @Test
  void aConnectionThatDropsAndStaysAway() throws InterruptedException {
    Running running = slowSync("--retries", "1");
    Shop.server().stop();
    running.end().fails(4, "dropped-connection", Shop.port());
    Shop.server().start();
    Run next = slowSync().end();
    assertThat(next.code()).as(next.toString()).isZero();
    assertThat(next.stream("slow").path("rows_written").asInt()).isEqualTo(ROWS);
  }

  @Test
  void aServerThatComesBackIsWaitedFor() throws InterruptedException {
    Running running = slowSync();
    Shop.server().stop();
    TimeUnit.SECONDS.sleep(AWAY_SECONDS);
    Shop.server().start();
    Run run = running.end();
    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(run.out()).contains("\"type\":\"retrying\"");
    assertThat(rows()).isEqualTo("count_star(),count(DISTINCT id)\n" + ROWS + "," + ROWS + "\n");
  }

  @Test
  void aDestinationThatComesBackIsWaitedFor() throws InterruptedException {
    String source = PostgresServer.shared().newDatabase();
    slowView(PostgresServer.shared(), source);
    Running running =
        program.start(
            "sync",
            "postgresql://postgres@localhost:" + PostgresServer.shared().port() + "/" + source,
            "postgresql://postgres@localhost:" + Shop.port() + "/" + database + "?schema=copied",
            "--stream",
            "public.slow",
            "--mode",
            "full_refresh_append",
            "--output",
            "json");
    awaitReader(PostgresServer.shared(), source);
    Shop.server().stop();
    TimeUnit.SECONDS.sleep(AWAY_SECONDS);
    Shop.server().start();
    Run run = running.end();
    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(run.out()).contains("\"type\":\"retrying\"");
    assertThat(Shop.count(database, "SELECT count(*) FROM copied.slow")).isEqualTo(ROWS);
    assertThat(Shop.count(database, "SELECT count(DISTINCT id) FROM copied.slow")).isEqualTo(ROWS);
  }

  @Test
  void anInterruptedSyncSaysHowToGoOnAndDoes() throws InterruptedException {
    Running running = slowSync();
    running.signal("INT");
    running.end().fails(130, "interrupted", Shop.port());
    Run next = program.run("sync", "shop.yaml", "--output", "json");
    assertThat(next.code()).as(next.toString()).isZero();
    assertThat(next.out()).contains("\"resumed\":true");
    assertThat(rows()).isEqualTo("count_star(),count(DISTINCT id)\n" + ROWS + "," + ROWS + "\n");
  }

  /** Rows that are durable before a kill are not read and appended again. */
  @Test
  void aKilledSyncIsFinishedByTheNextOne() throws InterruptedException {
    String pipeline =
        Shop.source(database, "postgres", "")
            + Shop.duckDb("out.duckdb")
            + "streams: [public.people, public.slow]\n"
            + "defaults: {sync_mode: full_refresh_append}\n";
    Running running =
        program.file("shop.yaml", pipeline).start("sync", "shop.yaml", "--output", "json");
    running.awaitOutput("\"type\":\"stream_ended\",\"namespace\":\"public\",\"name\":\"people\"");
    running.signal("KILL");
    assertThat(running.end().code()).isEqualTo(137);
    Run next = program.run("sync", "shop.yaml", "--output", "json");
    assertThat(next.code()).as(next.toString()).isZero();
    assertThat(next.out()).contains("\"resumed\":true");
    assertThat(rows()).isEqualTo("count_star(),count(DISTINCT id)\n" + ROWS + "," + ROWS + "\n");
    assertThat(program.run("query", "out.duckdb", "SELECT count(*) FROM people", "--csv").out())
        .isEqualTo("count_star()\n2\n");
  }

  private Running slowSync(String... more) throws InterruptedException {
    String[] arguments = new String[4 + more.length];
    System.arraycopy(new String[] {"sync", "shop.yaml", "--output", "json"}, 0, arguments, 0, 4);
    System.arraycopy(more, 0, arguments, 4, more.length);
    Running running =
        program
            .file(
                "shop.yaml",
                Shop.source(database, "postgres", "")
                    + Shop.duckDb("out.duckdb")
                    + "streams: [public.slow]\n"
                    + "defaults: {sync_mode: full_refresh_append}\n")
            .start(arguments);
    awaitReader(Shop.server(), database);
    return running;
  }

  /** Waits until rows of the view are being read: then both sides have been reached. */
  private static void awaitReader(PostgresServer server, String database)
      throws InterruptedException {
    String readers =
        "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'COPY%slow%'";
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (Shop.count(server, database, readers) == 0) {
      assertThat(System.nanoTime()).as("nobody reads the view").isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  private String rows() throws InterruptedException {
    return program
        .run("query", "out.duckdb", "SELECT count(*), count(DISTINCT id) FROM slow", "--csv")
        .out();
  }

  private static int unusedPort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
