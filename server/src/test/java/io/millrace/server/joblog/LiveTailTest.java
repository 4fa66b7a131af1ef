package io.millrace.server.joblog;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.http.Gatekeeper;
import io.millrace.server.http.HttpServer;
import io.millrace.server.http.HttpSettings;
import io.millrace.server.http.Routes;
import io.millrace.server.job.JobWorld;
import io.millrace.server.job.Shop;
import io.millrace.server.store.Dialect;
import io.millrace.testkit.fake.Fault;
import io.millrace.testkit.fake.FaultPlan;
import io.millrace.testkit.fake.Step;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client has of the tail of a log while its job runs. */
@Timeout(60)
final class LiveTailTest {
  /** Longer than two beats: a read that waits so long waits for the job's end. */
  private static final int SILENCE_MILLIS_MAX = 15_000;

  private final Shop shop = new Shop();
  private final CountDownLatch reads = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"identity", "gzip", "br, gzip, deflate"})
  void aLineArrivesWhileTheJobRuns(String encoding) throws Exception {
    shop.faults = FaultPlan.none().at(Step.NEXT, 1, new Fault.Run(this::hold));
    try (JobWorld world = shop.world(Dialect.SQLITE, folder);
        JobLogs logs = new JobLogs(folder.resolve("logs"), JobLogSettings.DEFAULT)) {
      Routes routes = new Routes();
      new JobLogEndpoints(logs, new JobLogSearch(world.database, logs)).addTo(routes);
      HttpSettings settings = new HttpSettings("127.0.0.1", List.of(0), null, null);
      world.listeners.add(new JobLogEnds(logs));
      world.startWorkers();
      long job = world.sync(world.connect());
      AttemptKey key = new AttemptKey(job, 0);
      reads.await();
      try (HttpServer server = HttpServer.start(settings, Gatekeeper.OPEN, routes);
          Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.ports().getFirst())) {
        socket.setSoTimeout(SILENCE_MILLIS_MAX);
        BufferedReader answer = ask(socket, job, encoding);
        assertThat(head(answer)).contains("text/event-stream").doesNotContain("content-encoding");
        logs.append(key, line("first"));
        assertThat(next(answer)).contains("\"message\":\"first\"");
        logs.append(key, line("second"));
        assertThat(next(answer)).contains("\"message\":\"second\"");
        goOn.countDown();
        world.awaitEnd(job);
        assertThat(answer.lines().takeWhile(line -> !line.startsWith("event: end")))
            .noneMatch(line -> line.startsWith("id: 0"));
      } finally {
        goOn.countDown();
      }
    }
  }

  private void hold() {
    reads.countDown();
    try {
      goOn.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static BufferedReader ask(Socket socket, long job, String encoding) throws IOException {
    String request =
        "GET /api/v1/jobs/"
            + job
            + "/attempts/0/logs/tail HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "Accept-Encoding: "
            + encoding
            + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  /** 4294967296 is 0 in half the bits. */
  @Test
  void aNumberThatNoAttemptHasIsNoOtherAttempts() throws Exception {
    try (JobWorld world = shop.world(Dialect.SQLITE, folder);
        JobLogs logs = new JobLogs(folder.resolve("logs"), JobLogSettings.DEFAULT)) {
      Routes routes = new Routes();
      new JobLogEndpoints(logs, new JobLogSearch(world.database, logs)).addTo(routes);
      world.startWorkers();
      long job = world.sync(world.connect());
      world.awaitEnd(job);
      HttpSettings settings = new HttpSettings("127.0.0.1", List.of(0), null, null);
      try (HttpServer server = HttpServer.start(settings, Gatekeeper.OPEN, routes);
          HttpClient http = HttpClient.newHttpClient()) {
        String base =
            "http://127.0.0.1:" + server.ports().getFirst() + "/api/v1/jobs/" + job + "/attempts/";
        assertThat(status(http, base + "0/logs")).isEqualTo(200);
        for (String number : List.of("4294967296", "1", "9223372036854775807")) {
          assertThat(status(http, base + number + "/logs")).as(number).isEqualTo(404);
          assertThat(status(http, base + number + "/logs/tail")).as(number).isEqualTo(404);
        }
      }
    }
  }

  private static int status(HttpClient http, String url) throws Exception {
    return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
        .statusCode();
  }

  private static String head(BufferedReader answer) throws IOException {
    StringBuilder head = new StringBuilder();
    for (String line = answer.readLine();
        line != null && !line.isEmpty();
        line = answer.readLine()) {
      head.append(line).append('\n');
    }
    return head.toString().toLowerCase(Locale.ROOT);
  }

  private static String next(BufferedReader answer) throws IOException {
    String line = answer.readLine();
    while (line != null && !line.startsWith("data: ")) {
      line = answer.readLine();
    }
    return String.valueOf(line);
  }

  private static LogLine line(String message) {
    return new LogLine(Instant.EPOCH, LogLine.Level.INFO, "platform", message, "Test", "t", null);
  }
}
