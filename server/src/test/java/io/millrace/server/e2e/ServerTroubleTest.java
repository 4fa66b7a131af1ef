package io.millrace.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.millrace.server.json.Documents;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
  private static final long LEFT_BYTES = 8 << 20;

  @TempDir Path folder;

  /** Longer than what runs on its own waits: the recorder, the watch over the disk, the log. */
  private static final long FULL_MILLIS = 5_000;

  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
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
    try (ServerProgram server = new ServerProgram(program, "--data", "small")) {
      server.start();
      server.tell("sendOnFailure", receiver.getAddress().getPort());
      String connection = server.sample();
      long first = server.awaitNewest(connection, "succeeded");
      Path disk = Path.of("/proc/" + server.process().pid() + "/root" + folder.resolve("small"));
      Path filler = disk.resolve("filler");
      Files.write(filler, new byte[(int) (Files.getFileStore(disk).getUsableSpace() - LEFT_BYTES)]);

      long waiting = server.sync(connection);
      assertThat(awaitHealth(server, "jobsWait")).contains("new jobs wait until");
      assertThat(get(server, "/ready").statusCode()).isEqualTo(503);
      assertThat(told.poll(ServerProgram.WAIT_SECONDS_MAX, TimeUnit.SECONDS))
          .startsWith("The disk is short of room: The disk of the data directory has");
      assertThat(server.status(waiting)).isEqualTo("pending");

      Path rest = fill(disk.resolve("rest"));
      answersOnAFullDisk(server, connection, waiting);
      Thread.sleep(FULL_MILLIS);
      assertThat(get(server, "/health").statusCode()).as("not a byte is left").isEqualTo(200);
      assertThat(server.process().isAlive()).isTrue();
      Files.delete(rest);
      Files.delete(filler);
      assertThat(server.awaitNewest(connection, "succeeded"))
          .isEqualTo(waiting)
          .isGreaterThan(first);
      assertThat(told.poll(ServerProgram.WAIT_SECONDS_MAX, TimeUnit.SECONDS))
          .startsWith("The disk has room again");
      assertThat(get(server, "/ready").statusCode()).isEqualTo(200);
      assertThat(server.status(first)).isEqualTo("succeeded");
    } finally {
      receiver.stop(0);
    }
  }

  /** What changes something says why it cannot; what reads needs no room. */
  private void answersOnAFullDisk(ServerProgram server, String connection, long job)
      throws Exception {
    ObjectNode tag =
        Documents.empty().put("workspaceId", server.workspace()).put("color", "FF0000");
    HttpResponse<byte[]> refused = post(server, "/tags/create", tag.put("name", "0"));
    for (int i = 1; refused.statusCode() == 200; i++) {
      // SQLite has some room in its file left.
      refused = post(server, "/tags/create", tag.put("name", String.valueOf(i)));
    }
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(new String(refused.body(), StandardCharsets.UTF_8))
        .contains("The disk of the metadata store is full");
    assertThat(post(server, "/jobs/get", Documents.empty().put("id", job)).statusCode())
        .isEqualTo(200);
    ObjectNode of = Documents.empty().put("connectionId", connection);
    assertThat(post(server, "/connections/get", of).statusCode()).isEqualTo(200);
  }

  /** A failed attempt leaves a recording of what the machine did, to be downloaded. */
  @Test
  void aFailedJobHasItsFlightRecording() throws Exception {
    try (ServerProgram server = new ServerProgram(new Program(folder), "--data", "data")) {
      server.start();
      String connection = server.sample();
      server.awaitNewest(connection, "succeeded");
      JsonNode sample =
          server.post("/connections/get", Documents.empty().put("connectionId", connection));
      ObjectNode away =
          Documents.empty()
              .put("destinationId", sample.path("destinationId").asText())
              .put("name", "away");
      away.putObject("connectionConfiguration").put("destination_path", "/proc/none/x.duckdb");
      server.post("/destinations/update", away);
      long job = server.sync(connection);
      assertThat(server.awaitEnd(job)).isEqualTo("failed");

      HttpResponse<byte[]> recording = awaitRecording(server, job);
      assertThat(new String(recording.body(), 0, 3, StandardCharsets.US_ASCII)).isEqualTo("FLR");
      assertThat(recording.body().length).isLessThan(32 << 20);
      assertThat(recording.headers().firstValue("Content-Disposition").orElse(""))
          .contains("job-" + job + "-attempt-0.jfr");
    }
  }

  /** Writes until nothing fits any more. */
  private static Path fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException full) {
      assertThat(file).exists();
    }
    return file;
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

  private String awaitHealth(ServerProgram server, String member) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(ServerProgram.WAIT_SECONDS_MAX);
    while (System.nanoTime() < end) {
      JsonNode health = Documents.MAPPER.readTree(get(server, "/health").body());
      assertThat(health.path("available").asBoolean()).isTrue();
      if (health.has(member)) {
        return health.path(member).asText();
      }
      Thread.sleep(100);
    }
    throw new AssertionError("/health never had " + member);
  }

  private HttpResponse<byte[]> awaitRecording(ServerProgram server, long job) throws Exception {
    String path = "/api/v1/jobs/" + job + "/attempts/0/recording";
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(ServerProgram.WAIT_SECONDS_MAX);
    HttpResponse<byte[]> answer = get(server, path);
    while (answer.statusCode() != 200 && System.nanoTime() < end) {
      Thread.sleep(200);
      answer = get(server, path);
    }
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer;
  }

  private HttpResponse<byte[]> post(ServerProgram server, String path, ObjectNode body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.base() + "/api/v1" + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build(),
        BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> get(ServerProgram server, String path)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.base() + path)).build(),
        BodyHandlers.ofByteArray());
  }
}
