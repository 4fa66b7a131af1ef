package io.millrace.server.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.job.JobType;
import io.millrace.server.store.Database;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import io.millrace.server.store.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that start others. */
@EachStore
final class ChainTest {
  private static final String PENDING = "SELECT count(*) FROM action_run WHERE status = 'pending'";

  private final Dialect dialect;
  @TempDir private Path folder;
  private Database database;
  private Works works;
  private ConnectionId shop;
  private ConnectionId stock;
  private ConnectionId sales;

  ChainTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void open() {
    database = TestStore.open(dialect, folder);
    works = new Works(database);
    shop = works.connection("Shop");
    stock = works.connection("Stock");
    sales = works.connection("Sales");
  }

  @AfterEach
  void close() {
    works.close();
    database.close();
  }

  private JsonNode starts(ConnectionId from, int status, ConnectionId... targets) throws Exception {
    StringBuilder actions = new StringBuilder();
    for (ConnectionId target : targets) {
      actions
          .append(actions.isEmpty() ? "" : ", ")
          .append("{'type': 'connection', 'connectionId': '" + target + "'}");
    }
    return works.update(from, status, "'afterSuccess': [" + actions + "]");
  }

  @Test
  void startsAnotherConnectionOnceAfterEachSuccess() throws Exception {
    JsonNode view = starts(shop, 200, stock, sales);
    assertThat(view.path("afterSuccess")).hasSize(2);
    assertThat(works.get(stock).path("startedBy").get(0).path("name").asText()).isEqualTo("Shop");
    works.startRunner();
    works.ended(shop, "failed");
    works.ended(shop, "cancelled");
    works.job(shop, JobType.RESET_CONNECTION);
    works.end(shop, "succeeded");
    works.ended(shop, "succeeded");
    works.awaitNumber("SELECT count(*) FROM action_run WHERE status = 'succeeded'", 2);
    works.stopRunner();
    works.startRunner();
    works.end(stock, "succeeded");
    works.ended(shop, "succeeded");
    works.awaitNumber("SELECT count(*) FROM job WHERE connection_id = '" + stock + "'", 2);
    assertThat(works.jobs(sales)).isEqualTo(1);
  }

  @Test
  void findsWhatEndedWhileNoServerWasThere() throws Exception {
    starts(shop, 200, stock);
    works.ended(shop, "succeeded");
    works.clock.advance(Duration.ofDays(3));
    works.startRunner();
    works.awaitNumber("SELECT count(*) FROM job WHERE connection_id = '" + stock + "'", 1);
  }

  @Test
  void doesNothingAboutWhatEndedBefore() throws Exception {
    works.ended(shop, "succeeded");
    works.clock.advance(Duration.ofSeconds(1));
    starts(shop, 200, stock);
    works.startRunner();
    works.ended(shop, "succeeded");
    works.awaitNumber("SELECT count(*) FROM action_run WHERE status = 'succeeded'", 1);
    assertThat(works.number("SELECT count(*) FROM action_run")).isEqualTo(1);
  }

  @Test
  void waitsForAConnectionThatRunsAndStartsItOnceForAll() throws Exception {
    starts(shop, 200, stock);
    starts(sales, 200, stock);
    works.job(stock, JobType.SYNC);
    works.startRunner();
    works.ended(shop, "succeeded");
    works.ended(sales, "succeeded");
    works.awaitNumber(PENDING + " AND message IS NOT NULL", 2);
    assertThat(works.jobs(stock)).isEqualTo(1);
    works.end(stock, "succeeded");
    works.awaitNumber(PENDING, 0);
    assertThat(works.jobs(stock)).isEqualTo(2);
  }

  @Test
  void saysWhyAConnectionWasNotStarted() throws Exception {
    starts(shop, 200, stock);
    works.status(stock, "inactive");
    works.startRunner();
    works.ended(shop, "succeeded");
    assertThat(works.heard())
        .isEqualTo("failed start of connection " + stock + ": Connection Stock is inactive.");
    JsonNode run = works.get(shop).path("runs").get(0);
    assertThat(run.path("status").asText()).isEqualTo("failed");
    assertThat(run.path("message").asText()).isEqualTo("Connection Stock is inactive.");
  }

  @Test
  void refusesCyclesByName() throws Exception {
    starts(shop, 200, stock);
    starts(stock, 200, sales);
    assertThat(starts(sales, 409, shop).path("message").asText())
        .isEqualTo(
            "The connections would start each other without end:"
                + " Sales -> Shop -> Stock -> Sales. Take one of these out.");
    assertThat(works.get(sales).path("afterSuccess")).isEmpty();
    assertThat(starts(shop, 409, shop).path("message").asText()).contains("Shop -> Shop");
  }

  @Test
  void whatIsDeletedIsPartOfNoCycle() throws Exception {
    starts(shop, 200, stock);
    starts(stock, 200, sales);
    works.status(stock, "deprecated");
    assertThat(starts(sales, 200, shop).path("afterSuccess")).hasSize(1);
  }

  @Test
  void refusesTargetsThatAreNone() throws Exception {
    ConnectionId unknown = ConnectionId.random();
    assertThat(starts(shop, 422, unknown).path("message").asText())
        .isEqualTo("There is no connection " + unknown + " in this workspace to be started.");
    starts(unknown, 404, stock);
    String start = "{'type': 'connection', 'connectionId': '" + stock + "'}";
    assertThat(works.update(shop, 422, "'afterFailure': [" + start + "]").path("message").asText())
        .contains("afterFailure[0].type is \"connection\"; expected webhook or sql");
    assertThat(works.update(shop, 422, "'afterSuccess': [{'type': 'zz'}]").path("message").asText())
        .isEqualTo("afterSuccess[0].type is \"zz\"; expected one of connection, webhook, sql.");
    assertThat(works.update(shop, 422, "'afterSuccess': [{}]").path("message").asText())
        .isEqualTo("afterSuccess[0].type: expected connection, webhook or sql; it is required.");
  }
}
