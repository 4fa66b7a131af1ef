package io.millrace.server.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.joblog.AttemptKey;
import io.millrace.server.joblog.JobLogSettings;
import io.millrace.server.joblog.JobLogs;
import io.millrace.server.joblog.LogLine;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import io.millrace.server.store.TestStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks and SQL. */
@EachStore
final class ActionRunnerTest {
  private final Dialect dialect;
  private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
  private final AtomicInteger failuresFirst = new AtomicInteger();
  @TempDir private Path folder;
  private Database database;
  private Works works;
  private ConnectionId shop;
  private HttpServer receiver;

  ActionRunnerTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void open() throws IOException {
    database = TestStore.open(dialect, folder);
    works = new Works(database);
    shop = works.connection("Shop");
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.setExecutor(task -> Thread.ofVirtual().start(task));
    receiver.createContext(
        "/hook",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          boolean fails = failuresFirst.getAndDecrement() > 0;
          exchange.sendResponseHeaders(fails ? 503 : 200, -1);
          exchange.close();
          if (!fails) {
            received.add(Documents.MAPPER.readTree(body));
          }
        });
    receiver.createContext(
        "/elsewhere",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/hook");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    receiver.createContext(
        "/endless",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          while (true) {
            exchange.getResponseBody().write(new byte[1_000]);
            exchange.getResponseBody().flush();
          }
        });
    receiver.start();
  }

  @AfterEach
  void close() {
    works.close();
    receiver.stop(0);
    database.close();
  }

  private String hook(String path) {
    return "{'type': 'webhook', 'url': 'http://localhost:"
        + receiver.getAddress().getPort()
        + path
        + "'}";
  }

  private JsonNode received() throws InterruptedException {
    JsonNode body = received.poll(30, TimeUnit.SECONDS);
    assertThat(body).isNotNull();
    return body;
  }

  @Test
  void postsWhatHappened() throws Exception {
    works.update(shop, 200, "'afterFailure': [" + hook("/hook") + "]");
    works.startRunner();
    works.ended(shop, "succeeded");
    long job = works.ended(shop, "failed");
    JsonNode body = received();
    assertThat(body.path("event").asText()).isEqualTo("sync_failed");
    assertThat(body.path("connectionName").asText()).isEqualTo("Shop");
    assertThat(body.path("jobId").asLong()).isEqualTo(job);
    assertThat(body.path("deliveryId").asText()).isEqualTo(job + "-0");
    assertThat(works.heard()).isEqualTo("done webhook");
    assertThat(received).isEmpty();
  }

  @Test
  void triesAgainLaterWhenAReceiverFails() throws Exception {
    failuresFirst.set(2);
    works.update(shop, 200, "'afterSuccess': [" + hook("/hook") + "]");
    works.startRunner();
    works.ended(shop, "succeeded");
    assertThat(works.heard()).startsWith("again webhook: ").contains("answered 503");
    works.clock.advance(Duration.ofSeconds(11));
    works.wake();
    assertThat(works.heard()).startsWith("again webhook: ");
    works.clock.advance(Duration.ofSeconds(31));
    works.wake();
    assertThat(works.heard()).isEqualTo("done webhook");
    assertThat(works.get(shop).path("runs").get(0).path("tries").asInt()).isEqualTo(3);
  }

  @Test
  void givesUpAReceiverThatKeepsFailing() throws Exception {
    failuresFirst.set(Integer.MAX_VALUE);
    works.update(shop, 200, "'afterSuccess': [" + hook("/hook") + "]");
    works.startRunner();
    works.ended(shop, "succeeded");
    for (int i = 1; i < ActionSettings.TRIES_MAX; i++) {
      assertThat(works.heard()).startsWith("again webhook: ");
      works.clock.advance(Duration.ofHours(1));
      works.wake();
    }
    assertThat(works.heard()).startsWith("failed webhook: ");
  }

  @Test
  void followsNoRedirectAndWaitsForNoEnd() throws Exception {
    works.update(
        shop, 200, "'afterSuccess': [" + hook("/elsewhere") + ", " + hook("/endless") + "]");
    works.startRunner();
    works.ended(shop, "succeeded");
    assertThat(works.heard()).startsWith("failed webhook: ").contains("answered 302");
    assertThat(works.heard()).isEqualTo("done webhook");
    assertThat(received).isEmpty();
  }

  @Test
  void keepsAWebhooksUrlToItself() throws Exception {
    JsonNode view = works.update(shop, 200, "'afterSuccess': [" + hook("/hook?key=s3cret") + "]");
    String masked = "http://localhost:" + receiver.getAddress().getPort() + "/**********";
    assertThat(view.path("afterSuccess").get(0).path("url").asText()).isEqualTo(masked);
    assertThat(works.number("SELECT count(*) FROM action WHERE settings LIKE '%s3cret%'")).isZero();
    works.update(shop, 200, "'afterSuccess': [{'type': 'webhook', 'url': '" + masked + "'}]");
    works.startRunner();
    works.ended(shop, "succeeded");
    received();
    String other = "{'type': 'webhook', 'url': 'http://other/**********'}";
    works.update(shop, 422, "'afterSuccess': [" + other + "]");
    JsonNode wrong =
        works.update(shop, 422, "'afterSuccess': [{'type': 'webhook', 'url': 'ftp://x/s3cret'}]");
    assertThat(wrong.toString()).contains("http:// or https://").doesNotContain("s3cret");
  }

  @Test
  void doesAJobsActionsInTheirOrder() throws Exception {
    works.update(
        shop,
        200,
        "'afterSuccess': [{'type': 'sql', 'statements': ['ANALYZE', 'SELECT 1']}, "
            + hook("/elsewhere")
            + ", {'type': 'sql', 'statements': ['SELECT 2'], 'timeoutSeconds': 5}]");
    works.startRunner();
    works.ended(shop, "succeeded");
    assertThat(works.heard()).isEqualTo("sql [ANALYZE, SELECT 1]");
    assertThat(works.heard()).isEqualTo("done SQL of 2 statements");
    assertThat(works.heard()).startsWith("failed webhook");
    assertThat(works.heard()).isEqualTo("sql [SELECT 2]");
  }

  /** A kill leaves a run that was begun and not ended. */
  @Test
  void doesAgainWhatAKillInterrupted() throws Exception {
    works.update(shop, 200, "'afterSuccess': [" + hook("/elsewhere") + ", " + hook("/hook") + "]");
    works.startRunner();
    works.ended(shop, "succeeded");
    received();
    works.stopRunner();
    works.change("UPDATE action_run SET status = 'pending', tries = 1 WHERE position = 1");
    works.startRunner();
    assertThat(received().path("deliveryId").asText()).endsWith("-1");
    works.stopRunner();
    works.change("UPDATE action_run SET status = 'pending', tries = 5 WHERE position = 1");
    works.said.clear();
    works.startRunner();
    assertThat(works.heard()).contains("The server was stopped in each of 5 tries.");
  }

  @Test
  void refusesActionsThatAreNone() throws Exception {
    JsonNode wrong =
        works.update(
            shop,
            422,
            "'afterSuccess': [{'type': 'mail'}, {'type': 'sql', 'statements': []},"
                + " {'type': 'sql', 'statements': ['SELECT 1'], 'timeoutSeconds': 0}]");
    assertThat(wrong.path("message").asText())
        .contains("afterSuccess[0].type is \"mail\"; expected one of connection, webhook, sql")
        .contains("afterSuccess[1].statements")
        .contains("afterSuccess[2].timeoutSeconds");
  }

  @Test
  void writesIntoTheJobsLogAndTheTimeline() throws Exception {
    List<String> events = new ArrayList<>();
    try (JobLogs logs = new JobLogs(folder.resolve("logs"), JobLogSettings.DEFAULT)) {
      JobLogReport report =
          new JobLogReport(
              database,
              logs,
              (tx, connection, type, summary, job) -> events.add(type + " " + summary),
              works.clock);
      report.succeeded(shop, 7, "webhook");
      report.failed(shop, 7, "webhook", "It is away.", false);
      report.failed(shop, 7, "webhook", "It is gone.", true);
      assertThat(logs.newest(new AttemptKey(7, 0)).stream().map(LogLine::text))
          .containsExactly(
              "2026-11-28 12:00:00 platform > After the job: webhook is done.",
              "2026-11-28 12:00:00 platform > WARN After the job: webhook failed and is tried"
                  + " again: It is away.",
              "2026-11-28 12:00:00 platform > ERROR After the job: webhook failed: It is gone.");
    }
    assertThat(events)
        .containsExactly(
            "UNKNOWN {\"jobId\":7,\"action\":\"webhook\",\"status\":\"succeeded\"}",
            "UNKNOWN {\"jobId\":7,\"action\":\"webhook\",\"status\":\"failed\","
                + "\"message\":\"It is gone.\"}");
  }
}
