package io.millrace.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.millrace.server.apiclient.ApiClient;
import io.millrace.server.apiclient.Credentials;
import io.millrace.server.json.Documents;
import io.millrace.spi.TransientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A whole server in trouble: its disk is full, a job fails. */
@EnabledOnOs(OS.LINUX)
@Timeout(240)
final class ServerTroubleTest {
  private static final long WAIT_SECONDS_MAX = 120;
  private static final long LEFT_BYTES = 8 << 20;

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private Program.@Nullable Running server;
  private String base = "";

  @AfterEach
  void stop() throws InterruptedException {
    if (server != null) {
      server.process().destroyForcibly().waitFor();
    }
    client.close();
  }

  /** Jobs wait and say so, nothing is lost, and they go on by themselves once there is room. */
  @Test
  void waitsOnAFullDiskAndGoesOnByItself() throws Exception {
    assumeTrue(SmallDisks.canBeMade(), "this system lets nobody mount a file system of their own");
    Files.createDirectory(folder.resolve("small"));
    HttpServer receiver = receiver();
    Program program =
        new Program(folder).before("mount -t tmpfs -o size=96m small small").withMounts();
    try (ApiClient api = start(program, "small")) {
      String workspace = workspace(api);
      alertTo(api, workspace, receiver.getAddress().getPort());
      String connection = sample(api);
      long first = awaitJob(api, connection, "succeeded");
      Path disk = Path.of("/proc/" + running().process().pid() + "/root" + folder.resolve("small"));
      Path filler = disk.resolve("filler");
      Files.write(filler, new byte[(int) (Files.getFileStore(disk).getUsableSpace() - LEFT_BYTES)]);

      long waiting = sync(api, connection);
      assertThat(awaitHealth("jobsWait")).contains("new jobs wait until");
      assertThat(get("/ready").statusCode()).isEqualTo(503);
      assertThat(told.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS))
          .startsWith("The disk is short of room: The disk of the data directory has");
      assertThat(status(api, waiting)).isEqualTo("pending");

      Files.delete(filler);
      assertThat(awaitJob(api, connection, "succeeded")).isEqualTo(waiting).isGreaterThan(first);
      assertThat(told.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS))
          .startsWith("The disk has room again");
      assertThat(get("/ready").statusCode()).isEqualTo(200);
      assertThat(status(api, first)).isEqualTo("succeeded");
    } finally {
      receiver.stop(0);
    }
  }

  /** A failed attempt leaves a recording of what the machine did, to be downloaded. */
  @Test
  void aFailedJobHasItsFlightRecording() throws Exception {
    try (ApiClient api = start(new Program(folder), "data")) {
      String connection = sample(api);
      awaitJob(api, connection, "succeeded");
      JsonNode sample =
          api.post("/connections/get", Documents.empty().put("connectionId", connection));
      ObjectNode away =
          Documents.empty()
              .put("destinationId", sample.path("destinationId").asText())
              .put("name", "away");
      away.putObject("connectionConfiguration").put("destination_path", "/proc/none/x.duckdb");
      api.post("/destinations/update", away);
      long job = sync(api, connection);
      assertThat(awaitEnd(api, job)).isEqualTo("failed");

      HttpResponse<byte[]> recording = awaitRecording(job);
      assertThat(new String(recording.body(), 0, 3, StandardCharsets.US_ASCII)).isEqualTo("FLR");
      assertThat(recording.body().length).isLessThan(32 << 20);
      assertThat(recording.headers().firstValue("Content-Disposition").orElse(""))
          .contains("job-" + job + "-attempt-0.jfr");
    }
  }

  private HttpServer receiver() throws IOException {
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

  private ApiClient start(Program program, String data) throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    base = "http://127.0.0.1:" + port;
    server =
        program.start("up", "--no-open", "--data", data, "--port", "" + port, "--api-port", "0");
    ApiClient api = new ApiClient(base, new Credentials.None());
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
    while (true) {
      try {
        workspace(api);
        return api;
      } catch (TransientException e) {
        if (System.nanoTime() > end || !running().process().isAlive()) {
          throw new AssertionError("The server did not start.", e);
        }
        Thread.sleep(100);
      }
    }
  }

  private Program.Running running() {
    if (server == null) {
      throw new IllegalStateException("no server");
    }
    return server;
  }

  private static String workspace(ApiClient api) throws InterruptedException {
    return api.post("/workspaces/list", Documents.empty())
        .path("workspaces")
        .path(0)
        .path("workspaceId")
        .asText();
  }

  private static void alertTo(ApiClient api, String workspace, int port)
      throws InterruptedException {
    ObjectNode body = Documents.empty().put("workspaceId", workspace);
    ObjectNode item = body.putObject("notificationSettings").putObject("sendOnFailure");
    item.putArray("notificationType").add("slack");
    item.putObject("slackConfiguration").put("webhook", "http://127.0.0.1:" + port + "/");
    api.post("/workspaces/update", body);
  }

  /** Returns the connection that a new server has. */
  private static String sample(ApiClient api) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
    while (System.nanoTime() < end) {
      JsonNode listed =
          api.post("/connections/list", Documents.empty().put("workspaceId", workspace(api)));
      if (!listed.path("connections").isEmpty()) {
        return listed.path("connections").path(0).path("connectionId").asText();
      }
      Thread.sleep(100);
    }
    throw new AssertionError("The new server has no sample connection.");
  }

  private static long sync(ApiClient api, String connection) throws InterruptedException {
    return api.post("/connections/sync", Documents.empty().put("connectionId", connection))
        .path("job")
        .path("id")
        .asLong();
  }

  private static String status(ApiClient api, long job) throws InterruptedException {
    return api.post("/jobs/get_light", Documents.empty().put("id", job))
        .path("job")
        .path("status")
        .asText();
  }

  private static String awaitEnd(ApiClient api, long job) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
    String status = status(api, job);
    while (System.nanoTime() < end && !status.matches("succeeded|failed|cancelled")) {
      Thread.sleep(100);
      status = status(api, job);
    }
    return status;
  }

  /** Waits until the connection's newest job has a status; returns its number. */
  private static long awaitJob(ApiClient api, String connection, String status)
      throws InterruptedException {
    ObjectNode body = Documents.empty().put("configId", connection);
    body.putArray("configTypes").add("sync");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
    JsonNode newest = Documents.empty();
    while (System.nanoTime() < end) {
      newest = api.post("/jobs/list", body).path("jobs").path(0).path("job");
      if (newest.path("status").asText().equals(status)) {
        return newest.path("id").asLong();
      }
      Thread.sleep(100);
    }
    throw new AssertionError("never " + status + ": " + newest);
  }

  private String awaitHealth(String member) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
    while (System.nanoTime() < end) {
      JsonNode health = Documents.MAPPER.readTree(get("/health").body());
      assertThat(health.path("available").asBoolean()).isTrue();
      if (health.has(member)) {
        return health.path(member).asText();
      }
      Thread.sleep(100);
    }
    throw new AssertionError("/health never had " + member);
  }

  private HttpResponse<byte[]> awaitRecording(long job) throws Exception {
    String path = "/api/v1/jobs/" + job + "/attempts/0/recording";
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
    HttpResponse<byte[]> answer = get(path);
    while (answer.statusCode() != 200 && System.nanoTime() < end) {
      Thread.sleep(200);
      answer = get(path);
    }
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer;
  }

  private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(base + path)).build(), BodyHandlers.ofByteArray());
  }
}
