package io.millrace.server.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import io.millrace.server.store.TestStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The operations of the Config API, run after a job that has succeeded. */
@EachStore
@Timeout(60)
final class OperationRunTest {
  private static final String CONFIG = "7d3c0c52-0000-4000-8000-000000000001";

  private final Dialect dialect;
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
  @TempDir Path folder;
  private HttpServer receiver;
  private Database database;
  private Works works;

  OperationRunTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void open() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        call -> {
          String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          received.add(
              call.getRequestURI()
                  + " "
                  + call.getRequestHeaders().getFirst("Authorization")
                  + " "
                  + body);
          Integer status = answers.poll();
          call.sendResponseHeaders(status == null ? 200 : status, -1);
          call.close();
        });
    receiver.start();
    database = TestStore.open(dialect, folder);
    works = new Works(database);
    works.startRunner();
  }

  @AfterEach
  void close() {
    works.close();
    database.close();
    receiver.stop(0);
  }

  @Test
  void postsTheBodyAfterASuccessAlone() throws Exception {
    ConnectionId shop = works.connection("shop");
    attach(shop, operation("{'executionUrl': '" + url() + "/hook', 'executionBody': '[1, 2]'}"));
    works.ended(shop, "failed");
    works.ended(shop, "cancelled");
    works.ended(shop, "succeeded");
    assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo("/hook null [1, 2]");
    assertThat(works.heard()).startsWith("done operation");
    works.wake();
    works.awaitNumber("SELECT count(*) FROM action_run WHERE status = 'succeeded'", 1);
    assertThat(received).isEmpty();
  }

  /** Operations come first; what fails of them keeps nothing else from following. */
  @Test
  void aRefusedOperationIsToldAndTheActionsFollow() throws Exception {
    ConnectionId shop = works.connection("shop");
    works.update(shop, 200, "'afterSuccess': [{'type': 'webhook', 'url': '" + url() + "/action'}]");
    UUID refused = operation("{'executionUrl': '" + url() + "/refused'}");
    attach(shop, refused, operation("{'executionUrl': '" + url() + "/second'}"));
    answers.add(404);
    works.ended(shop, "succeeded");
    assertThat(received.poll(30, TimeUnit.SECONDS)).startsWith("/refused ");
    assertThat(works.heard()).startsWith("failed operation " + refused).contains("404");
    assertThat(received.poll(30, TimeUnit.SECONDS)).startsWith("/second ");
    assertThat(works.heard()).startsWith("done operation");
    assertThat(received.poll(30, TimeUnit.SECONDS)).startsWith("/action ");
    assertThat(works.number("SELECT count(*) FROM job WHERE status = 'succeeded'")).isEqualTo(1);
  }

  @Test
  void startsAJobOfDbtWithTheWorkspacesToken() throws Exception {
    works.change(
        "UPDATE workspace SET details = '{\"webhookConfigs\": [{\"id\": \""
            + CONFIG
            + "\", \"name\": \"dbt\", \"customDbtHost\": \""
            + url()
            + "\", \"authToken\": {\"_secret\": \""
            + works.seal("tok")
            + "\"}}]}'");
    ConnectionId shop = works.connection("shop");
    attach(
        shop,
        operation(
            "{'webhookConfigId': '"
                + CONFIG
                + "', 'webhookType': 'dbtCloud', 'dbtCloud': {'accountId': 12, 'jobId': 34}}"));
    long job = works.ended(shop, "succeeded");
    assertThat(received.poll(30, TimeUnit.SECONDS))
        .isEqualTo(
            "/api/v2/accounts/12/jobs/34/run/ Token tok {\"cause\":\"Millrace job "
                + job
                + " has succeeded\"}");
    assertThat(works.heard()).startsWith("done operation");
  }

  @Test
  void saysWhatAnOperationLacks() throws Exception {
    ConnectionId shop = works.connection("shop");
    UUID gone = UUID.randomUUID();
    UUID unknown =
        operation(
            "{'webhookConfigId': '" + CONFIG + "', 'dbtCloud': {'accountId': 1, 'jobId': 2}}");
    attach(shop, gone, unknown);
    works.ended(shop, "succeeded");
    assertThat(works.heard()).contains("Operation " + gone + " no longer exists");
    assertThat(works.heard()).contains("names a webhookConfigId that its workspace does not have");
  }

  /** A server that is killed before it has called does it after its next start. */
  @Test
  void isNotLostWithTheProcess() throws Exception {
    works.stopRunner();
    ConnectionId shop = works.connection("shop");
    attach(shop, operation("{'executionUrl': '" + url() + "/late'}"));
    works.ended(shop, "succeeded");
    works.startRunner();
    assertThat(received.poll(30, TimeUnit.SECONDS)).startsWith("/late ");
  }

  /** What is changed after a job's end is nothing to that job. */
  @Test
  void isNotLostWhenTheConnectionIsChangedBeforeTheNextStart() throws Exception {
    works.stopRunner();
    ConnectionId shop = works.connection("shop");
    attach(shop, operation("{'executionUrl': '" + url() + "/late'}"));
    works.ended(shop, "succeeded");
    attach(shop, operation("{'executionUrl': '" + url() + "/new'}"));
    works.clock.advance(Duration.ofMinutes(1));
    works.change("UPDATE connection SET updated_at = " + works.clock.millis());
    works.startRunner();
    assertThat(received.poll(30, TimeUnit.SECONDS)).startsWith("/late ");
    assertThat(works.heard()).startsWith("done operation");
    assertThat(received).isEmpty();
  }

  private UUID operation(String webhook) {
    UUID id = UUID.randomUUID();
    database.change(
        tx ->
            tx.execute(
                "INSERT INTO operation (id, workspace_id, name, configuration, created_at)"
                    + " VALUES (?, ?, 'after', ?, 0)",
                id.toString(),
                Works.NOBODY,
                "{\"operatorType\": \"webhook\", \"webhook\": "
                    + webhook.replace('\'', '"')
                    + "}"));
    return id;
  }

  private void attach(ConnectionId connection, UUID... operations) {
    var ids = Documents.empty();
    var list = ids.putArray("operationIds");
    for (UUID one : operations) {
      list.add(one.toString());
    }
    database.change(
        tx ->
            tx.execute(
                "UPDATE connection SET details = ? WHERE id = ?",
                ids.toString(),
                connection.toString()));
  }

  private String url() {
    return "http://127.0.0.1:" + receiver.getAddress().getPort();
  }
}
