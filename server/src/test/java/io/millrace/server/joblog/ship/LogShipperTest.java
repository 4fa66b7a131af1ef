package io.millrace.server.joblog.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.joblog.AttemptKey;
import io.millrace.server.joblog.JobLogSettings;
import io.millrace.server.joblog.JobLogs;
import io.millrace.server.joblog.LogLine;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConfigException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogShipperTest {
  private static final AttemptKey KEY = new AttemptKey(7, 1);
  private static final AttemptKey OTHER = new AttemptKey(8, 0);
  private static final Instant LATE = Instant.parse("2026-11-28T23:59:59.999Z");
  private static final ShippingSettings.Bounds BOUNDS =
      new ShippingSettings.Bounds(
          5_000,
          8L << 20,
          100,
          1 << 20,
          Duration.ofMillis(50),
          Duration.ofSeconds(10),
          Duration.ofMillis(20),
          Duration.ofMillis(200),
          Duration.ofSeconds(20));

  /** One who does not wait at a stop. */
  private static final ShippingSettings.Bounds HASTY =
      new ShippingSettings.Bounds(
          5_000,
          8L << 20,
          100,
          1 << 20,
          Duration.ofMillis(50),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofMillis(200));

  @TempDir private Path folder;

  @Test
  void bringsLinesToARealOpenSearch() throws IOException, InterruptedException {
    try (SearchServer search = SearchServer.start(folder.resolve("search"))) {
      JobLogs logs = new JobLogs(folder.resolve("logs"), JobLogSettings.DEFAULT);
      LogShipper shipper =
          new LogShipper(settings(search.url(), BOUNDS), logs, "me", job -> "c-" + job);
      for (int i = 0; i < 998; i++) {
        logs.append(KEY, line(LATE, LogLine.Level.INFO, "line " + i, null));
      }
      logs.append(KEY, line(LATE.plusMillis(1), LogLine.Level.ERROR, "it broke", "at a.B(C.java)"));
      shipper.ended(KEY, line(LATE, LogLine.Level.INFO, "ended", null), 3_000_000_000L, 42);
      shipper.close();
      assertThat(shipper.shipped()).isEqualTo(1_000);
      assertThat(shipper.dropped()).isZero();
      call(search.url(), "POST", "/_refresh", null);
      JsonNode errors =
          find(search.url(), "airbyte-logs-2026.11.29", "{\"term\":{\"level\":\"ERROR\"}}");
      JsonNode document = errors.path("hits").path(0).path("_source");
      assertThat(errors.path("total").path("value").asInt()).isEqualTo(1);
      assertThat(document.path("timestamp").asText()).isEqualTo("2026-11-29T00:00:00Z");
      assertThat(document.path("service").asText()).isEqualTo("platform");
      assertThat(document.path("message").asText()).isEqualTo("it broke");
      assertThat(document.path("job_id").asText()).isEqualTo("7");
      assertThat(document.path("attempt").asInt()).isEqualTo(1);
      assertThat(document.path("connection_id").asText()).isEqualTo("c-7");
      assertThat(document.path("stack_trace").asText()).isEqualTo("at a.B(C.java)");
      JsonNode day = find(search.url(), "airbyte-logs-2026.11.28", "{\"match_all\":{}}");
      assertThat(day.path("total").path("value").asInt()).isEqualTo(999);
      JsonNode sum = find(search.url(), "airbyte-logs-*", "{\"term\":{\"bytes_synced\":42}}");
      assertThat(sum.path("hits").path(0).path("_source").path("records_synced").asLong())
          .isEqualTo(3_000_000_000L);
      assertThat(mapping(search.url(), "airbyte-logs-2026.11.29"))
          .containsAllEntriesOf(
              Map.of(
                  "timestamp", "date",
                  "level", "keyword",
                  "service", "keyword",
                  "message", "text",
                  "job_id", "keyword",
                  "connection_id", "keyword",
                  "records_synced", "integer",
                  "bytes_synced", "long"));
    }
  }

  @Test
  void sendsAgainWhatABusyClusterRefusesAndEachLineOnce() throws IOException {
    try (FailingCluster cluster = FailingCluster.start()) {
      JobLogs logs = new JobLogs(folder, JobLogSettings.DEFAULT);
      LogShipper shipper = shipper(cluster.url(), logs, BOUNDS);
      for (int i = 0; i < 950; i++) {
        logs.append(KEY, line(LATE, LogLine.Level.INFO, "line " + i, null));
      }
      logs.append(KEY, line(LATE, LogLine.Level.INFO, FailingCluster.POISON, null));
      shipper.close();
      assertThat(cluster.messages()).hasSize(950).doesNotContain(FailingCluster.POISON);
      assertThat(cluster.failures()).isGreaterThan(3);
      assertThat(cluster.duplicates()).isGreaterThan(0);
      assertThat(shipper.shipped()).isEqualTo(950);
      assertThat(shipper.dropped()).isEqualTo(1);
      assertThat(cluster.templates()).isEqualTo(1);
      assertThat(cluster.logins()).containsOnly("Basic bWlsbHJhY2U6aHVudGVyMg==");
    }
  }

  @Test
  void dropsAndCountsWhatThereIsNoRoomForAndNeverWaits() throws IOException {
    URI nobody;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
    ShippingSettings.Bounds small =
        new ShippingSettings.Bounds(
            100,
            1L << 20,
            10,
            1 << 20,
            Duration.ofMillis(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofMillis(300));
    JobLogs logs = new JobLogs(folder, JobLogSettings.DEFAULT);
    LogShipper shipper = shipper(nobody, logs, small);
    for (int i = 0; i < 10_000; i++) {
      logs.append(KEY, line(LATE, LogLine.Level.INFO, "line " + i, null));
    }
    assertThat(shipper.queued()).isLessThanOrEqualTo(100);
    assertThat(shipper.dropped()).isGreaterThan(9_000);
    long dropped = shipper.dropped();
    shipper.close();
    assertThat(shipper.shipped()).isZero();
    assertThat(shipper.dropped()).as("what waits is not lost").isEqualTo(dropped);
  }

  /** The first one finds the cluster away, and is stopped before it is back. */
  @Test
  void theNextProcessSendsWhatWasLeft() throws Exception {
    List<String> all = new ArrayList<>();
    try (FailingCluster cluster = FailingCluster.start()) {
      cluster.away(true);
      JobLogs logs = new JobLogs(folder, JobLogSettings.DEFAULT);
      LogShipper stopped = shipper(cluster.url(), logs, HASTY);
      for (int i = 0; i < 250; i++) {
        all.add("line " + i);
        logs.append(i % 2 == 0 ? KEY : OTHER, line(LATE, LogLine.Level.INFO, "line " + i, null));
      }
      stopped.ended(KEY, line(LATE, LogLine.Level.INFO, "ended", null), 7, 42);
      all.add("ended");
      stopped.close();
      assertThat(cluster.messages()).isEmpty();
      assertThat(stopped.dropped()).isZero();
      // The logs are as a kill leaves them: not compressed.
      JobLogs again = new JobLogs(folder, JobLogSettings.DEFAULT);
      LogShipper next = shipper(cluster.url(), again, BOUNDS);
      AttemptKey retry = new AttemptKey(7, 2);
      again.append(retry, line(LATE, LogLine.Level.INFO, "newer", null));
      again.append(KEY, line(LATE, LogLine.Level.INFO, "said of the ended job", null));
      all.addAll(List.of("newer", "said of the ended job"));
      cluster.away(false);
      next.close();
      again.close();
      assertThat(cluster.messages()).containsExactlyInAnyOrderElementsOf(all);
      assertThat(next.dropped()).isZero();
      assertThat(again.having(PendingLines.ENDING)).as("nothing is left to send").isEmpty();
    }
  }

  /** Lines that were taken leave no trace, so that a start finds only what waits. */
  @Test
  void keepsNoPositionOfWhatWasTaken() throws Exception {
    try (FailingCluster cluster = FailingCluster.start()) {
      JobLogs logs = new JobLogs(folder, JobLogSettings.DEFAULT);
      LogShipper shipper = shipper(cluster.url(), logs, BOUNDS);
      logs.append(KEY, line(LATE, LogLine.Level.INFO, "one", null));
      logs.end(KEY);
      shipper.close();
      assertThat(logs.having(PendingLines.ENDING)).isEmpty();
    }
  }

  /** However long the cluster is away: only the queue's bound drops a line. */
  @Test
  void waitsForTheClusterAsLongAsItTakes() throws Exception {
    ShippingSettings.Bounds quick =
        new ShippingSettings.Bounds(
            100,
            1L << 20,
            10,
            1 << 20,
            Duration.ofMillis(1),
            Duration.ofSeconds(5),
            Duration.ofNanos(1),
            Duration.ofNanos(1),
            Duration.ofSeconds(20));
    try (FailingCluster cluster = FailingCluster.start()) {
      cluster.away(true);
      JobLogs logs = new JobLogs(folder, JobLogSettings.DEFAULT);
      LogShipper shipper = shipper(cluster.url(), logs, quick);
      logs.append(KEY, line(LATE, LogLine.Level.INFO, "patient", null));
      while (cluster.failures() < 200) {
        Thread.sleep(5);
      }
      cluster.away(false);
      shipper.close();
      assertThat(cluster.messages()).containsExactly("patient");
      assertThat(shipper.dropped()).isZero();
    }
  }

  @Test
  void boundsTheMemoryOfWhatWaits() {
    LineQueue queue = new LineQueue(BOUNDS);
    String stack = "x".repeat(10_000);
    int taken = 0;
    while (queue.offer(
        new ShippedLine(
            KEY, 1, line(LATE, LogLine.Level.ERROR, "m", stack), ShippedLine.Counts.NONE))) {
      taken++;
    }
    assertThat(taken).isBetween(700, 850);
  }

  @Test
  void readsItsSettings() {
    assertThat(ShippingSettings.of(Map.of())).isEmpty();
    assertThat(ShippingSettings.of(Map.of("MILLRACE_LOG_SHIPPING_URL", "https://s:9200/base/")))
        .get()
        .satisfies(one -> assertThat(one.at("/_bulk")).hasToString("https://s:9200/base/_bulk"));
    for (String wrong : List.of("s:9200", "ftp://s", "http://u:hunter2@s:9200", "http://", "a b")) {
      assertThatThrownBy(() -> ShippingSettings.of(Map.of("MILLRACE_LOG_SHIPPING_URL", wrong)))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("MILLRACE_LOG_SHIPPING_URL")
          .hasMessageNotContaining("hunter2");
    }
    assertThatThrownBy(
            () ->
                ShippingSettings.of(
                    Map.of(
                        "MILLRACE_LOG_SHIPPING_URL", "http://s:9200",
                        "MILLRACE_LOG_SHIPPING_USERNAME", "u")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("MILLRACE_LOG_SHIPPING_PASSWORD");
  }

  private static LogShipper shipper(URI url, JobLogs logs, ShippingSettings.Bounds bounds) {
    return new LogShipper(settings(url, bounds), logs, "me", job -> "");
  }

  private static ShippingSettings settings(URI url, ShippingSettings.Bounds bounds) {
    return new ShippingSettings(url, "millrace", "hunter2", bounds);
  }

  private static LogLine line(
      Instant at, LogLine.Level level, String message, @Nullable String stack) {
    return new LogLine(at, level, "platform", message, "a.Caller", "job-7", stack);
  }

  private static JsonNode find(URI url, String index, String query)
      throws IOException, InterruptedException {
    return call(
            url,
            "POST",
            "/" + index + "/_search",
            "{\"track_total_hits\":true,\"query\":" + query + "}")
        .path("hits");
  }

  private static Map<String, String> mapping(URI url, String index)
      throws IOException, InterruptedException {
    JsonNode fields =
        call(url, "GET", "/" + index + "/_mapping", null)
            .path(index)
            .path("mappings")
            .path("properties");
    Map<String, String> types = new TreeMap<>();
    fields
        .properties()
        .forEach(field -> types.put(field.getKey(), field.getValue().path("type").asText()));
    return types;
  }

  private static JsonNode call(URI url, String method, String path, @Nullable String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return Documents.MAPPER.readTree(answer.body());
    }
  }
}
