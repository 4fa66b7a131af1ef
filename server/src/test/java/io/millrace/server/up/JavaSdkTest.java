package io.millrace.server.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.airbyte.api.Airbyte;
import com.airbyte.api.models.operations.CancelJobRequest;
import com.airbyte.api.models.operations.DeleteConnectionRequest;
import com.airbyte.api.models.operations.DeleteDestinationRequest;
import com.airbyte.api.models.operations.DeleteSourceRequest;
import com.airbyte.api.models.operations.GetJobRequest;
import com.airbyte.api.models.operations.GetSourceRequest;
import com.airbyte.api.models.operations.GetStreamPropertiesRequest;
import com.airbyte.api.models.operations.ListJobsRequest;
import com.airbyte.api.models.operations.ListSourcesRequest;
import com.airbyte.api.models.operations.ListWorkspacesRequest;
import com.airbyte.api.models.operations.PatchSourceRequest;
import com.airbyte.api.models.shared.ConnectionCreateRequest;
import com.airbyte.api.models.shared.ConnectionResponse;
import com.airbyte.api.models.shared.ConnectionStatusEnum;
import com.airbyte.api.models.shared.DestinationCreateRequest;
import com.airbyte.api.models.shared.JobCreateRequest;
import com.airbyte.api.models.shared.JobResponse;
import com.airbyte.api.models.shared.JobStatusEnum;
import com.airbyte.api.models.shared.JobTypeEnum;
import com.airbyte.api.models.shared.Security;
import com.airbyte.api.models.shared.SourceCreateRequest;
import com.airbyte.api.models.shared.SourceFaker;
import com.airbyte.api.models.shared.SourceFakerFaker;
import com.airbyte.api.models.shared.SourcePatchRequest;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.json.Documents;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Airbyte's own Java client, as it comes from Maven Central, against the whole server. */
final class JavaSdkTest {
  private static final int ROWS = 50;
  private static final int ROWS_NEVER_DONE = 50_000_000;

  private static final Duration POLL = Duration.ofMillis(100);

  @TempDir private Path folder;

  @Test
  void worksWithoutLogin() throws Exception {
    try (RunningServer server = RunningServer.open(folder)) {
      everyCall(client(server, "anything"), server.warehouse());
    }
  }

  @Test
  void worksWithATokenOfClientCredentials() throws Exception {
    try (RunningServer server = RunningServer.withLogin(folder)) {
      String token = token(server);
      everyCall(client(server, token), server.warehouse());
      assertThat(client(server, "wrong").workspaces.listWorkspaces(new ListWorkspacesRequest()))
          .extracting(answer -> answer.statusCode)
          .isEqualTo(401);
    }
  }

  private static Airbyte client(RunningServer server, String token) throws Exception {
    return Airbyte.builder()
        .setServerURL(server.publicApi())
        .setSecurity(new Security(token))
        .build();
  }

  /** This version knows bearer tokens alone: the token is fetched as later ones do. */
  private static String token(RunningServer server) throws Exception {
    RunningServer.Application application = server.application();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server.publicApi() + "/applications/token"))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(
                  BodyPublishers.ofString(
                      "grant_type=client_credentials&client_id="
                          + application.id()
                          + "&client_secret="
                          + application.secret()))
              .build();
      JsonNode answer =
          Documents.MAPPER.readTree(http.send(request, BodyHandlers.ofString()).body());
      assertThat(answer.path("token_type").asText()).isEqualTo("Bearer");
      return answer.path("access_token").asText();
    }
  }

  private static void everyCall(Airbyte api, String warehouse) throws Exception {
    String workspace =
        api.workspaces.listWorkspaces(new ListWorkspacesRequest())
            .workspacesResponse
            .data[0]
            .workspaceId;
    String source = source(api, workspace);
    String destination =
        api.destinations.createDestination(
                new DestinationCreateRequest(
                    Map.of("destinationType", "duckdb", "destination_path", warehouse),
                    "SDK warehouse",
                    workspace))
            .destinationResponse
            .destinationId;
    assertThat(
            api.streams.getStreamProperties(new GetStreamPropertiesRequest(destination, source))
                .streamPropertiesResponse
                .streams)
        .allSatisfy(stream -> assertThat(stream.syncModes).isNotEmpty())
        .extracting(stream -> stream.streamName)
        .containsExactlyInAnyOrder("products", "purchases", "users");
    ConnectionResponse connection =
        api.connections.createConnection(
                new ConnectionCreateRequest(destination, source).withName("SDK"))
            .connectionResponse;
    assertThat(connection.status).isEqualTo(ConnectionStatusEnum.ACTIVE);
    syncs(api, connection.connectionId);
    cancels(api, connection.connectionId, source);
    deletes(api, connection.connectionId, source, destination);
  }

  private static String source(Airbyte api, String workspace) throws Exception {
    SourceFaker faker = new SourceFaker((long) ROWS, SourceFakerFaker.FAKER);
    String id =
        api.sources.createSource(new SourceCreateRequest(faker, "SDK faker", workspace))
            .sourceResponse
            .sourceId;
    assertThat(api.sources.getSource(new GetSourceRequest(id)).sourceResponse.sourceType)
        .isEqualTo("faker");
    assertThat(api.sources.listSources(new ListSourcesRequest()).sourcesResponse.data)
        .extracting(one -> one.sourceId)
        .contains(id);
    assertThat(patch(api, id, new SourcePatchRequest().withName("Renamed"))).isEqualTo("Renamed");
    return id;
  }

  private static String patch(Airbyte api, String source, SourcePatchRequest change)
      throws Exception {
    return api.sources.patchSource(new PatchSourceRequest(source).withSourcePatchRequest(change))
        .sourceResponse
        .name;
  }

  private static void syncs(Airbyte api, String connection) throws Exception {
    JobResponse started = start(api, connection);
    assertThat(started.jobType).isEqualTo(JobTypeEnum.SYNC);
    JobResponse ended = ended(api, started.jobId);
    assertThat(ended.status).isEqualTo(JobStatusEnum.SUCCEEDED);
    assertThat(ended.rowsSynced).isGreaterThanOrEqualTo(ROWS);
    assertThat(api.jobs.listJobs(new ListJobsRequest(connection)).jobsResponse.data)
        .extracting(job -> job.jobId)
        .contains(started.jobId);
  }

  private static void cancels(Airbyte api, String connection, String source) throws Exception {
    SourceFaker endless = new SourceFaker((long) ROWS_NEVER_DONE, SourceFakerFaker.FAKER);
    patch(api, source, new SourcePatchRequest().withConfiguration(endless));
    long job = start(api, connection).jobId;
    assertThat(api.jobs.cancelJob(new CancelJobRequest(job)).statusCode).isEqualTo(200);
    assertThat(ended(api, job).status).isEqualTo(JobStatusEnum.CANCELLED);
  }

  private static void deletes(Airbyte api, String connection, String source, String destination)
      throws Exception {
    assertThat(
            Arrays.asList(
                api.connections.deleteConnection(new DeleteConnectionRequest(connection))
                    .statusCode,
                api.sources.deleteSource(new DeleteSourceRequest(source)).statusCode,
                api.destinations.deleteDestination(new DeleteDestinationRequest(destination))
                    .statusCode,
                api.sources.getSource(new GetSourceRequest(source)).statusCode))
        .containsExactly(204, 204, 204, 404);
  }

  private static JobResponse ended(Airbyte api, long id) throws Exception {
    Instant until = Instant.now().plus(Duration.ofMinutes(1));
    while (true) {
      JobResponse job = api.jobs.getJob(new GetJobRequest(id)).jobResponse;
      switch (job.status) {
        case SUCCEEDED, FAILED, CANCELLED -> {
          return job;
        }
        case PENDING, RUNNING, INCOMPLETE -> assertThat(Instant.now()).isBefore(until);
      }
      Thread.sleep(POLL);
    }
  }

  private static JobResponse start(Airbyte api, String connection) throws Exception {
    return api.jobs.createJob(new JobCreateRequest(connection, JobTypeEnum.SYNC)).jobResponse;
  }
}
