package io.millrace.server.actor;

import static io.millrace.server.http.TestApi.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.TestApi;
import io.millrace.server.store.Dialect;
import io.millrace.spi.TransientException;
import io.millrace.testkit.fake.FakeDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CheckApiTest {
  private ActorFixture fixture;
  private TestApi api;

  @BeforeAll
  void serve(@TempDir Path folder) {
    fixture =
        new ActorFixture(
            Dialect.SQLITE,
            folder,
            Clock.systemUTC(),
            List.of(ActorFixture.fake(new FakeDatabase())));
    api = TestApi.serve(fixture.routes(Clock.systemUTC()));
  }

  @AfterAll
  void stop() {
    api.close();
    fixture.close();
  }

  private String fake(String host, String password) throws Exception {
    return api.ok(
            "/sources/create",
            body(
                "name",
                "fake",
                "workspaceId",
                fixture.workspace(),
                "sourceDefinitionId",
                ActorFixture.FAKE,
                "connectionConfiguration",
                body("host", host, "password", password)))
        .path("sourceId")
        .asText();
  }

  @Test
  void succeeds() throws Exception {
    JsonNode answer =
        api.ok("/sources/check_connection", body("sourceId", fake("fake", "open sesame")));
    assertThat(answer.path("status").asText()).isEqualTo("succeeded");
    assertThat(answer.has("message")).isFalse();
    assertThat(answer.at("/jobInfo/succeeded").asBoolean()).isTrue();
    assertThat(answer.at("/jobInfo/configType").asText()).isEqualTo("check_connection_source");
    assertThat(answer.at("/jobInfo/logs/logLines").isArray()).isTrue();
  }

  @Test
  void tellsWhyItFails() throws Exception {
    JsonNode answer = api.ok("/sources/check_connection", body("sourceId", fake("fake", "wrong")));
    assertThat(answer.path("status").asText()).isEqualTo("failed");
    assertThat(answer.path("message").asText()).contains("refused the password");
    assertThat(answer.at("/jobInfo/succeeded").asBoolean()).isTrue();
    assertThat(answer.at("/jobInfo/failureReason/failureType").asText()).isEqualTo("config_error");
    JsonNode down = api.ok("/sources/check_connection", body("sourceId", fake("down", "x")));
    assertThat(down.at("/jobInfo/failureReason/retryable").asBoolean()).isTrue();
  }

  @Test
  void triesAChangeWithoutMakingIt() throws Exception {
    String id = fake("fake", "open sesame");
    JsonNode masked =
        api.ok(
            "/sources/check_connection_for_update",
            body(
                "sourceId",
                id,
                "name",
                "n",
                "connectionConfiguration",
                body("host", "fake", "password", "**********")));
    assertThat(masked.path("status").asText()).isEqualTo("succeeded");
    JsonNode wrong =
        api.ok(
            "/sources/check_connection_for_update",
            body(
                "sourceId",
                id,
                "name",
                "n",
                "connectionConfiguration",
                body("host", "fake", "password", "new")));
    assertThat(wrong.path("status").asText()).isEqualTo("failed");
    assertThat(api.ok("/sources/check_connection", body("sourceId", id)).path("status").asText())
        .isEqualTo("succeeded");
  }

  @Test
  void triesWhatIsNotStored() throws Exception {
    Object values = body("host", "fake", "password", "open sesame");
    JsonNode answer =
        api.ok(
            "/scheduler/sources/check_connection",
            body(
                "sourceDefinitionId",
                ActorFixture.FAKE,
                "workspaceId",
                fixture.workspace(),
                "connectionConfiguration",
                values));
    assertThat(answer.path("status").asText()).isEqualTo("succeeded");
    JsonNode destination =
        api.ok(
            "/scheduler/destinations/check_connection",
            body(
                "destinationDefinitionId",
                ActorFixture.DUCKDB,
                "workspaceId",
                fixture.workspace(),
                "connectionConfiguration",
                body("destination_path", "check.duckdb")));
    assertThat(destination.path("status").asText()).isEqualTo("succeeded");
    assertThat(destination.at("/jobInfo/configType").asText())
        .isEqualTo("check_connection_destination");
    assertThat(
            api.config(
                    "/scheduler/sources/check_connection",
                    body("sourceDefinitionId", ActorFixture.FAKE, "connectionConfiguration", "{}"))
                .status())
        .isEqualTo(422);
  }

  /** Waiting for a place is part of the time that something may take. */
  @Test
  @Timeout(10)
  void waitsForAPlaceNoLongerThanItMayTake() throws Exception {
    ConnectorCalls calls = new ConnectorCalls();
    CountDownLatch end = new CountDownLatch(1);
    List<Future<Boolean>> running = new ArrayList<>();
    CountDownLatch taken = new CountDownLatch(ConnectorCalls.AT_ONCE_MAX);
    try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < ConnectorCalls.AT_ONCE_MAX; i++) {
        running.add(
            others.submit(
                () ->
                    calls.run(
                        "The check",
                        ConnectorCalls.CHECK_MAX,
                        () -> {
                          taken.countDown();
                          end.await();
                          return true;
                        })));
      }
      taken.await();
      assertThatThrownBy(() -> calls.run("The check", Duration.ofMillis(50), () -> true))
          .isInstanceOf(ApiException.class)
          .hasMessageContaining("busy with other checks");
      end.countDown();
      for (Future<Boolean> one : running) {
        assertThat(one.get()).isTrue();
      }
    }
  }

  @Test
  void endsWhatDoesNotAnswerAndFreesItsPlace() throws Exception {
    ConnectorCalls calls = new ConnectorCalls();
    for (int i = 0; i <= ConnectorCalls.AT_ONCE_MAX; i++) {
      CountDownLatch never = new CountDownLatch(1);
      assertThatThrownBy(
              () ->
                  calls.run(
                      "The check",
                      Duration.ofMillis(1),
                      () -> {
                        never.await();
                        return true;
                      }))
          .isInstanceOf(TransientException.class)
          .hasMessageContaining("without an answer");
    }
  }
}
