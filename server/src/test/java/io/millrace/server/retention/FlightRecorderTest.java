package io.millrace.server.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.http.Gatekeeper;
import io.millrace.server.http.HttpServer;
import io.millrace.server.http.HttpSettings;
import io.millrace.server.http.Routes;
import io.millrace.server.joblog.AttemptKey;
import io.millrace.server.joblog.JobLogSettings;
import io.millrace.server.joblog.JobLogs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordingFile;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FlightRecorderTest {
  private static final AttemptKey KEY = new AttemptKey(7, 0);
  private static final RetentionSettings.Recordings BOUNDS =
      new RetentionSettings.Recordings(true, 4L << 20, 2, 1L << 20, Duration.ofSeconds(30));

  @TempDir private Path folder;

  @Test
  void keepsARecordingThatHoldsNoSecretsAndHandsItOut() throws IOException, InterruptedException {
    JobLogs logs = new JobLogs(folder.resolve("logs"), JobLogSettings.DEFAULT);
    Clock clock = Clock.fixed(Instant.parse("2026-11-28T12:00:00Z"), ZoneOffset.UTC);
    try (FlightRecorder recorder = new FlightRecorder(BOUNDS, logs, clock)) {
      assertThat(recorder.dump(KEY)).isFalse();
      Path left = Files.createDirectories(folder.resolve("tmp/jfr/of-a-killed-process"));
      Files.writeString(left.resolve("chunk.jfr"), "x");
      recorder.start(folder.resolve("tmp"));
      assertThat(left).doesNotExist();
      assertThat(filesIn(folder.resolve("tmp/jfr"))).as("nothing is written").isZero();
      Jdbi.create("jdbc:sqlite::memory:").useHandle(tx -> tx.execute("SELECT ?", "a secret"));
      assertThat(recorder.dump(KEY)).isTrue();
      assertThat(recorder.dump(new AttemptKey(8, 0))).isFalse();
    }
    Set<String> events =
        RecordingFile.readAllEvents(logs.recording(KEY)).stream()
            .map(event -> event.getEventType().getName())
            .collect(Collectors.toSet());
    assertThat(events)
        .contains("jdk.ActiveRecording")
        .doesNotContain(
            "jdk.InitialEnvironmentVariable",
            "jdk.InitialSystemProperty",
            "jdk.SystemProcess",
            "jdk.JVMInformation",
            "jdbi.statement");
    Routes routes = new Routes();
    new RecordingEndpoints(logs).addTo(routes);
    HttpSettings settings = new HttpSettings("127.0.0.1", List.of(0), null, null);
    try (HttpServer server = HttpServer.start(settings, Gatekeeper.OPEN, routes)) {
      int port = server.ports().getFirst();
      HttpResponse<byte[]> answer = get(port, "/api/v1/jobs/7/attempts/0/recording");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(Files.readAllBytes(logs.recording(KEY)));
      assertThat(answer.headers().firstValue("Content-Disposition"))
          .contains("attachment; filename=\"job-7-attempt-0.jfr\"");
      assertThat(get(port, "/api/v1/jobs/8/attempts/0/recording").statusCode()).isEqualTo(404);
      assertThat(get(port, "/api/v1/jobs/7/attempts/4294967296/recording").statusCode())
          .as("the number does not wrap")
          .isEqualTo(404);
    }
  }

  @Test
  void recordsNothingWhereThatIsSwitchedOff() {
    JobLogs logs = new JobLogs(folder.resolve("logs"), JobLogSettings.DEFAULT);
    RetentionSettings.Recordings off =
        RetentionSettings.of(Map.of("MILLRACE_FLIGHT_RECORDER", "false")).recordings();
    try (FlightRecorder recorder = new FlightRecorder(off, logs, Clock.systemUTC())) {
      recorder.start(folder);
      assertThat(recorder.dump(KEY)).isFalse();
      assertThat(folder.resolve("jfr")).doesNotExist();
    }
  }

  private static long filesIn(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  private static HttpResponse<byte[]> get(int port, String path)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
          HttpResponse.BodyHandlers.ofByteArray());
    }
  }
}
