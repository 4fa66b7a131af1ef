package io.millrace.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.millrace.server.json.Documents;
import io.millrace.testkit.servers.PostgresServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is killed when a job has ended and its message is about to be written: a lock on
 * the table of messages holds it at exactly that point.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(240)
final class JobEndKillTest {
  private static final String WAITS =
      "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
          + " AND query LIKE 'INSERT INTO notification%'";

  @TempDir Path folder;
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  @Test
  void peopleAreToldAfterTheNextStart() throws Exception {
    String store = Shop.server().newDatabase();
    HttpServer receiver = receiver();
    String url = "postgresql://" + PostgresServer.USER + "@localhost:" + Shop.port() + "/" + store;
    try (ServerProgram server =
            new ServerProgram(new Program(folder), "--data", "data", "--database", url);
        Connection connection = Shop.server().connect(store);
        Statement statement = connection.createStatement()) {
      server.start();
      String sample = server.sample();
      server.awaitNewest(sample, "succeeded");
      server.tell("sendOnSuccess", receiver.getAddress().getPort());
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE notification IN SHARE MODE");
      long job = server.sync(sample);
      awaitWriter(store);
      server.kill();
      connection.rollback();
      server.start();
      assertThat(told.poll(ServerProgram.WAIT_SECONDS_MAX, TimeUnit.SECONDS))
          .startsWith("Sync completed: ")
          .contains("Job: " + job);
      assertThat(server.awaitEnd(job)).isEqualTo("succeeded");
    } finally {
      receiver.stop(0);
    }
  }

  private static void awaitWriter(String store) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(ServerProgram.WAIT_SECONDS_MAX);
    while (Shop.count(store, WAITS) == 0) {
      assertThat(System.nanoTime()).as("nobody writes a message").isLessThan(end);
      Thread.sleep(20);
    }
  }

  private HttpServer receiver() throws Exception {
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        call -> {
          told.add(
              Documents.MAPPER
                  .readTree(call.getRequestBody().readAllBytes())
                  .path("text")
                  .asText());
          call.sendResponseHeaders(200, -1);
          call.close();
        });
    receiver.start();
    return receiver;
  }
}
