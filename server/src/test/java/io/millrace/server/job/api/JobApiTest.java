package io.millrace.server.job.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionStatus;
import io.millrace.server.job.JobStatus;
import io.millrace.server.job.JobWorld;
import io.millrace.server.job.JobWorld.Reply;
import io.millrace.server.job.Shop;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import io.millrace.spi.SyncMode;
import io.millrace.testkit.fake.Fault;
import io.millrace.testkit.fake.FaultPlan;
import io.millrace.testkit.fake.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@EachStore
@Timeout(120)
final class JobApiTest {
  private final Dialect dialect;
  private final Shop shop = new Shop();
  @TempDir private Path folder;
  private JobWorld world;
  private ConnectionId connection;

  JobApiTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void makeWorld() {
    world = shop.world(dialect, folder);
    connection = world.connect();
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  /** What Prefect and Kestra read: an attempt with both forms of logs, at once. */
  @Test
  void aSyncAnswersAtOnceWithItsFirstAttempt() throws Exception {
    Reply reply = world.config("/connections/sync/", id());
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().at("/job/status").asText()).isEqualTo("pending");
    assertThat(reply.json().at("/job/configId").asText()).isEqualTo(connection.toString());
    assertThat(reply.json().at("/job/enabledStreams"))
        .as("the streams to come")
        .hasToString("[{\"name\":\"orders\",\"namespace\":\"shop\"}]");
    JsonNode attempt = reply.json().at("/attempts/0");
    assertThat(attempt.at("/attempt/recordsSynced").isIntegralNumber()).isTrue();
    assertThat(attempt.at("/logs/logLines").isArray()).isTrue();
    assertThat(attempt.at("/logs/events").isArray()).isTrue();

    Reply second = world.config("/connections/sync", id());
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.json().path("message").asText()).contains("already running");
    assertThat(world.send("POST", "/v1/jobs", job("sync")).status()).isEqualTo(409);
    assertThat(world.send("POST", "/v1/jobs", job("sync")).json().path("title").asText())
        .isEqualTo("try-again-later");
  }

  @Test
  void tellsWhatAJobDid() throws Exception {
    world.startWorkers();
    long id = world.awaitEnd(world.sync(connection)).job().id();

    JsonNode info = world.config("/jobs/get", "{\"id\":\"" + id + "\"}").json();
    assertThat(info.at("/job/status").asText()).isEqualTo("succeeded");
    assertThat(info.at("/job/aggregatedStats/recordsCommitted").asInt()).isEqualTo(Shop.ROWS);
    JsonNode attempt = info.at("/attempts/0/attempt");
    assertThat(attempt.path("recordsSynced").asInt()).isEqualTo(Shop.ROWS);
    assertThat(attempt.at("/streamStats/0/streamName").asText()).isEqualTo("orders");
    JsonNode evidence = attempt.at("/streamStats/0/evidence");
    assertThat(evidence.path("rowsRead").asInt())
        .isEqualTo(
            evidence.path("rowsWritten").asInt()
                + evidence.path("rowsFiltered").asInt()
                + evidence.path("rowsQuarantined").asInt());
    assertThat(evidence.path("bottleneck").asText()).endsWith(".");

    assertThat(
            world
                .config("/attempt/get_combined_stats", attemptOf(id, 0))
                .json()
                .path("recordsCommitted")
                .asInt())
        .isEqualTo(Shop.ROWS);
    assertThat(world.config("/attempt/get_for_job", attemptOf(id, 1)).status()).isEqualTo(404);
    assertThat(world.config("/jobs/get", "{\"id\":99}").status()).isEqualTo(404);
    assertThat(world.config("/jobs/get", "{}").status()).isEqualTo(422);
    JsonNode debug = world.config("/jobs/get_debug_info", "{\"id\":" + id + "}").json();
    assertThat(debug.at("/workflowState/running").asBoolean(true)).isFalse();
  }

  @Test
  void listsJobsWithFlatAttempts() throws Exception {
    world.startWorkers();
    for (int i = 0; i < 3; i++) {
      world.awaitEnd(world.sync(connection));
    }
    String body =
        "{\"configTypes\":[\"sync\"],\"configId\":\""
            + connection
            + "\",\"pagination\":{\"pageSize\":2}}";
    JsonNode page = world.config("/jobs/list", body).json();
    assertThat(page.path("totalJobCount").asInt()).isEqualTo(3);
    assertThat(page.path("jobs")).hasSize(2);
    assertThat(page.at("/jobs/0/job/id").asLong())
        .isGreaterThan(page.at("/jobs/1/job/id").asLong());
    assertThat(page.at("/jobs/0/attempts/0/status").asText()).isEqualTo("succeeded");
    long oldest = page.at("/jobs/1/job/id").asLong() - 1;
    String including =
        body.replace("{\"configTypes", "{\"includingJobId\":" + oldest + ",\"configTypes");
    assertThat(world.config("/jobs/list", including).json().path("jobs")).hasSize(3);
    long newest = page.at("/jobs/0/job/id").asLong();
    String ascending =
        body.replace(
            "{\"configTypes",
            "{\"orderByMethod\":\"ASC\",\"includingJobId\":" + newest + ",\"configTypes");
    assertThat(world.config("/jobs/list", ascending).json().path("jobs")).hasSize(3);
    String loud = "{\"configTypes\":[\"GET_SPEC\",\"SYNC\"]}";
    assertThat(world.config("/jobs/list", loud).json().path("jobs")).hasSize(3);
    assertThat(world.config("/jobs/list", "{\"configTypes\":[]}").status()).isEqualTo(422);
    assertThat(world.config("/jobs/list", "{\"configTypes\":[\"x\"]}").status()).isEqualTo(422);
    assertThat(world.send("GET", "/api/v1/jobs/list", body).json().path("jobs")).hasSize(2);
  }

  @Test
  void pagesThePublicListToItsEnd() throws Exception {
    world.startWorkers();
    for (int i = 0; i < 3; i++) {
      world.awaitEnd(world.sync(connection));
    }
    List<Long> ids = new ArrayList<>();
    String next = "/api/public/v1/jobs?limit=2&orderBy=createdAt%7CDESC&connectionId=" + connection;
    while (!next.isEmpty()) {
      JsonNode page = world.send("GET", next, null).json();
      page.path("data").forEach(one -> ids.add(one.path("jobId").asLong()));
      next = page.path("next").asText();
    }
    assertThat(ids).hasSize(3).isSortedAccordingTo((a, b) -> Long.compare(b, a));
    JsonNode first = world.send("GET", "/v1/jobs", null).json();
    assertThat(first.path("previous").asText("x")).isEmpty();
    assertThat(first.at("/data/0/jobId").asLong()).isEqualTo(ids.getLast());
    JsonNode job = first.at("/data/0");
    assertThat(job.path("startTime").asText())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    assertThat(Duration.parse(job.path("duration").asText())).isLessThan(Duration.ofMinutes(2));
    assertThat(job.path("rowsSynced").asInt()).isEqualTo(Shop.ROWS);
    assertThat(Instant.parse(job.path("lastUpdatedAt").asText())).isBeforeOrEqualTo(Instant.now());
    for (String bad :
        List.of(
            "status=x",
            "orderBy=x",
            "limit=0",
            "jobType=x",
            "createdAtStart=x",
            "updatedAtEnd=%2B999999999-01-01T00:00:00Z")) {
      assertThat(world.send("GET", "/v1/jobs?" + bad, null).status()).as(bad).isEqualTo(422);
    }
  }

  @Test
  void cancelsOverBothApis() throws Exception {
    shop.faults = FaultPlan.of((step, call) -> step == Step.READ ? new Fault.Stall() : null);
    world.startWorkers();
    long id = world.sync(connection);
    while (shop.faults.calls(Step.READ) == 0) {
      Thread.sleep(Duration.ofMillis(10));
    }
    Reply reply = world.send("DELETE", "/v1/jobs/" + id, null);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("status").asText()).isIn("running", "cancelled");
    assertThat(world.awaitEnd(id).job().status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(world.send("DELETE", "/v1/jobs/" + id, null).status()).isEqualTo(409);
    assertThat(world.config("/jobs/cancel", "{\"id\":" + id + "}").status()).isEqualTo(409);
    assertThat(world.config("/jobs/cancel", "{\"id\":77}").status()).isEqualTo(404);
  }

  @Test
  void namesEveryWrongParameter() throws Exception {
    String query =
        "createdAtStart=foo&limit=x&offset=y&orderBy=z&status=q&status=r&jobType=s&workspaceIds=e"
            + "&connectionId=c";
    Reply reply = world.send("GET", "/v1/jobs?" + query, null);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().at("/data/validationErrors").findValuesAsText("propertyPath"))
        .containsExactlyInAnyOrder(
            "createdAtStart",
            "limit",
            "offset",
            "orderBy",
            "status",
            "status",
            "jobType",
            "workspaceIds",
            "connectionId");
    Reply body =
        world.config("/jobs/list", "{\"configTypes\":[\"x\",\"sync\",\"y\"],\"statuses\":[\"z\"]}");
    assertThat(body.status()).isEqualTo(422);
    JsonNode errors = body.json().path("validationErrors");
    assertThat(errors.findValuesAsText("propertyPath"))
        .containsExactlyInAnyOrder("configTypes[0]", "configTypes[2]", "statuses[0]");
    assertThat(errors.findValuesAsText("invalidValue")).containsExactlyInAnyOrder("x", "y", "z");
  }

  @Test
  void onlyIdsMayComeAsText() throws Exception {
    world.config("/connections/sync", id());
    String list = "{\"configTypes\":[\"sync\"],";
    JsonNode jobs = world.config("/jobs/list", list + "\"statuses\":[]}").json();
    String job = jobs.at("/jobs/0/job/id").asText();
    assertThat(world.config("/jobs/get", "{\"id\":\"" + job + "\"}").status()).isEqualTo(200);
    assertThat(world.config("/jobs/list", list + "\"includingJobId\":\"" + job + "\"}").status())
        .isEqualTo(200);
    for (String paging : List.of("\"pageSize\":\"5\"", "\"rowOffset\":\"0\"")) {
      Reply refused = world.config("/jobs/list", list + "\"pagination\":{" + paging + "}}");
      assertThat(refused.status()).as(paging).isEqualTo(422);
      assertThat(refused.json().at("/validationErrors/0/propertyPath").asText())
          .startsWith("pagination.");
    }
  }

  @Test
  void refusesWhatIsNoJob() throws Exception {
    ConnectionId inactive = world.connect(world.workspace, ConnectionStatus.INACTIVE);
    String body = "{\"connectionId\":\"" + inactive + "\",\"jobType\":\"sync\"}";
    assertThat(world.send("POST", "/v1/jobs", body).status()).isEqualTo(409);
    assertThat(world.send("POST", "/v1/jobs", body).json().path("title").asText())
        .isEqualTo("state-conflict");
    assertThat(world.send("POST", "/v1/jobs", body).json().path("type").asText())
        .endsWith("/errors#409-state-conflict");
    assertThat(world.send("POST", "/v1/jobs", job("refresh")).status()).isEqualTo(422);
    assertThat(world.send("POST", "/v1/jobs", job("x")).status()).isEqualTo(422);
    String unknown = id().replace(connection.toString(), ConnectionId.random().toString());
    assertThat(world.config("/connections/sync", unknown).status()).isEqualTo(404);
    String stream = id().replace("}", ",\"streams\":[{\"streamName\":\"nothing\"}]}");
    assertThat(world.config("/connections/clear/stream", stream).status()).isEqualTo(422);
  }

  @Test
  void clearsAndRefreshesStreams() throws Exception {
    world.mode = SyncMode.INCREMENTAL_APPEND;
    world.startWorkers();
    world.awaitEnd(world.sync(connection));
    String streams =
        id().replace(
                "}", ",\"streams\":[{\"streamName\":\"orders\",\"streamNamespace\":\"shop\"}]}");
    String refresh = streams.replace("{\"conn", "{\"refreshMode\":\"Truncate\",\"conn");
    JsonNode refreshed = world.config("/connections/refresh", refresh).json();
    assertThat(refreshed.at("/job/refreshConfig/streamsToRefresh/0/name").asText())
        .isEqualTo("orders");
    world.awaitEnd(refreshed.at("/job/id").asLong());
    assertThat(shop.published()).hasSize(Shop.ROWS);
    JsonNode cleared = world.config("/connections/clear/stream", streams).json();
    assertThat(cleared.at("/job/configType").asText()).isEqualTo("reset_connection");
    assertThat(cleared.at("/job/resetConfig/streamsToReset/0/name").asText()).isEqualTo("orders");
    world.awaitEnd(cleared.at("/job/id").asLong());
    assertThat(shop.published()).isEmpty();
    assertThat(world.config("/connections/status", ids()).json().at("/0/connectionSyncStatus"))
        .hasToString("\"pending\"");
    JsonNode whole = world.config("/connections/reset", id()).json();
    assertThat(whole.at("/job/resetConfig/streamsToReset/0/name").asText()).isEqualTo("orders");
  }

  @Test
  void tellsTheTimelineAndTheStatuses() throws Exception {
    world.startWorkers();
    long id = world.awaitEnd(world.sync(connection)).job().id();
    JsonNode events = world.config("/connections/events/list", id()).json().path("events");
    assertThat(events).hasSize(2);
    assertThat(events.at("/0/eventType").asText()).isEqualTo("SYNC_SUCCEEDED");
    assertThat(events.at("/0/summary/recordsLoaded").asInt()).isEqualTo(Shop.ROWS);
    assertThat(events.at("/1/eventType").asText()).isEqualTo("SYNC_STARTED");
    assertThat(
            world
                .config("/connections/events/list_for_job", "{\"id\":" + id + "}")
                .json()
                .path("events"))
        .hasSize(2);
    String event =
        id().replace("}", ",\"connectionEventId\":\"" + events.at("/0/id").asText() + "\"}");
    assertThat(world.config("/connections/events/get", event).json().path("details").isObject())
        .isTrue();

    String some = id().replace("}", ",\"eventTypes\":[\"sync_started\"]}");
    assertThat(world.config("/connections/events/list", some).json().path("events")).hasSize(1);
    String none = id().replace("}", ",\"eventTypes\":[\"nothing\"]}");
    assertThat(world.config("/connections/events/list", none).status()).isEqualTo(422);

    assertThat(world.config("/connections/status", "{\"connectionIds\":[]}").json()).isEmpty();
    JsonNode status = world.config("/connections/status", ids()).json().get(0);
    assertThat(status.path("connectionSyncStatus").asText()).isEqualTo("synced");
    String twice = ids().replaceAll("\\[(.*)]", "[$1,$1]");
    assertThat(world.config("/connections/status", twice).json()).containsExactly(status, status);
    assertThat(status.path("isRunning").asBoolean(true)).isFalse();
    assertThat(status.path("lastSyncJobId").asLong()).isEqualTo(id);
    assertThat(status.path("lastSyncJobCreatedAt").asLong())
        .isEqualTo(world.view(id).job().createdAt().getEpochSecond());
    JsonNode progress = world.config("/connections/sync_progress", id()).json();
    assertThat(progress.has("jobId")).isFalse();
    assertThat(progress.path("configType").asText()).isEqualTo("sync");

    JsonNode streams =
        world.config("/stream_statuses/latest_per_run_state", id()).json().path("streamStatuses");
    assertThat(streams.at("/0/runState").asText()).isEqualTo("COMPLETE");
    String list =
        "{\"workspaceId\":\""
            + world.workspace
            + "\",\"pagination\":{\"pageSize\":5},\"jobType\":\"SYNC\"}";
    assertThat(world.config("/stream_statuses/list", list).json().path("streamStatuses"))
        .hasSize(1);
    for (String path :
        List.of("history/data", "history/uptime", "stream_history", "last_job_per_stream")) {
      JsonNode history = world.config("/connections/" + path, id()).json();
      assertThat(history.at("/0/recordsCommitted").asInt()).as(path).isEqualTo(Shop.ROWS);
    }
    assertThat(world.config("/connections/history/data", id()).json().at("/0/timestamp").asLong())
        .isEqualTo(world.view(id).job().createdAt().getEpochSecond());
    assertThat(
            world
                .config("/connections/history/uptime", id())
                .json()
                .at("/0/streamStatuses/0/status")
                .asText())
        .isEqualTo("succeeded");
    String minimal =
        "{\"workspaceId\":\"" + world.workspace + "\",\"eventTypes\":[\"SYNC_SUCCEEDED\"]}";
    assertThat(world.config("/connections/events/list_minimal", minimal).json().path("events"))
        .hasSize(1);
  }

  private String id() {
    return "{\"connectionId\":\"" + connection + "\"}";
  }

  private String ids() {
    return "{\"connectionIds\":[\"" + connection + "\"]}";
  }

  private String job(String type) {
    return "{\"connectionId\":\"" + connection + "\",\"jobType\":\"" + type + "\"}";
  }

  private static String attemptOf(long job, int number) {
    return "{\"jobId\":" + job + ",\"attemptNumber\":" + number + "}";
  }
}
