package io.millrace.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.connection.ConnectionId;
import io.millrace.server.schedule.Freshness;
import io.millrace.server.schedule.ManualClock;
import io.millrace.server.schedule.MissedRuns;
import io.millrace.server.schedule.ScheduleSettings;
import io.millrace.server.store.Database;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import io.millrace.server.store.TestStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EachStore
final class StoreMetricsTest {
  private static final String HOURLY =
      "{\"basicSchedule\": {\"timeUnit\": \"hours\", \"units\": 1}}";

  /** At nine from Monday to Friday. */
  private static final String WEEKDAYS =
      "{\"cron\": {\"cronExpression\": \"0 9 * * 1-5\", \"cronTimeZone\": \"UTC\"}}";

  /** A Monday. */
  private static final Instant NOW = Instant.parse("2026-11-30T08:00:00Z");

  private final Dialect dialect;
  private final ManualClock clock = new ManualClock(NOW);
  private final Metrics metrics = new Metrics();
  private Database store;
  @TempDir private Path folder;

  StoreMetricsTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void open() {
    store = TestStore.open(dialect, folder);
    StoreMetrics.addTo(metrics, store, ScheduleSettings.DEFAULTS, clock);
    store.change(
        tx -> {
          tx.execute("INSERT INTO workspace VALUES ('w', 'w', 'w', '{}', 0, 0, NULL)");
          tx.execute(
              "INSERT INTO actor VALUES ('a', 'w', 'source', 'd', 'a', '{}', '{}', 0, 0, NULL)");
        });
  }

  @AfterEach
  void close() {
    metrics.close();
    store.close();
  }

  @Test
  void aNewStoreHasNothingToDo() {
    assertThat(values())
        .containsEntry("millrace_jobs_waiting", 0.0)
        .containsEntry("millrace_jobs_running", 0.0)
        .containsEntry("millrace_job_wait_oldest_seconds", 0.0)
        .containsEntry("millrace_connections_active", 0.0)
        .containsEntry("millrace_connections_stale", 0.0)
        .doesNotContainKey("millrace_success_oldest_seconds");
  }

  @Test
  void tellsOfTheQueueAndHowFarItLags() {
    for (String id : new String[] {"a", "b", "c", "d", "e"}) {
      connection(id, "active", "{}", NOW);
    }
    job("a", "sync", "pending", NOW.minusSeconds(90));
    job("b", "sync", "incomplete", NOW.minusSeconds(30));
    job("c", "sync", "incomplete", NOW.plusSeconds(300));
    job("d", "sync", "running", NOW.minusSeconds(900));
    job("e", "sync", "failed", NOW.minusSeconds(900));
    assertThat(values())
        .containsEntry("millrace_jobs_waiting", 2.0)
        .containsEntry("millrace_jobs_running", 1.0)
        .containsEntry("millrace_job_wait_oldest_seconds", 90.0);
  }

  @Test
  void tellsHowFreshTheDataIs() {
    Instant longAgo = NOW.minusSeconds(30 * 86_400L);
    connection("fresh", "active", HOURLY, longAgo);
    job("fresh", "sync", "succeeded", NOW.minusSeconds(7_100));
    job("fresh", "sync", "failed", NOW.minusSeconds(60));
    connection("stale", "active", HOURLY, longAgo);
    job("stale", "refresh", "succeeded", NOW.minusSeconds(300_000));
    job("stale", "reset_connection", "succeeded", NOW.minusSeconds(60));
    connection("new", "active", HOURLY, NOW.minusSeconds(7_100));
    connection("never", "active", HOURLY, NOW.minusSeconds(7_300));
    connection("manual", "active", "{}", longAgo);
    connection("off", "inactive", HOURLY, longAgo);
    assertThat(values())
        .containsEntry("millrace_connections_active", 5.0)
        .containsEntry("millrace_connections_stale", 2.0)
        .containsEntry("millrace_success_oldest_seconds", 300_000.0);
  }

  /** Friday's success is fresh on Monday morning, and stale once Monday's and Tuesday's failed. */
  @Test
  void aCronIsStaleWhenTwoOfItsTimesHavePassed() {
    connection("friday", "active", WEEKDAYS, NOW.minusSeconds(30 * 86_400L));
    job("friday", "sync", "succeeded", NOW.minusSeconds(71 * 3_600 - 600));
    connection("thursday", "active", WEEKDAYS, NOW.minusSeconds(30 * 86_400L));
    job("thursday", "sync", "succeeded", NOW.minusSeconds(95 * 3_600 - 600));
    clock.set(NOW.plusSeconds(3_600));
    assertThat(values()).containsEntry("millrace_connections_stale", 1.0);
  }

  /** A run that the jitter puts off is not late. */
  @Test
  void aConnectionsPartOfTheJitterMakesNothingStale() {
    ScheduleSettings spread = new ScheduleSettings(Duration.ofHours(1), MissedRuns.ONCE);
    connection("new", "active", HOURLY, NOW.minusSeconds(7_300));
    Duration offset = spread.offset(id("new"));
    assertThat(offset).isGreaterThan(Duration.ofSeconds(200));
    assertThat(stale(spread, NOW)).isZero();
    assertThat(stale(spread, NOW.plus(offset))).isEqualTo(1);
  }

  private long stale(ScheduleSettings settings, Instant now) {
    return store.read(tx -> Freshness.read(tx, settings, now)).stale();
  }

  private static ConnectionId id(String name) {
    return new ConnectionId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void tellsOfTheStoreItself() {
    assertThat(values())
        .hasEntrySatisfying(
            "millrace_store_bytes", bytes -> assertThat(bytes).isGreaterThan(100_000))
        .hasEntrySatisfying(
            "millrace_store_transaction_seconds_count", count -> assertThat(count).isPositive())
        .containsKeys(
            "millrace_store_connections_busy",
            "millrace_store_connections_awaited",
            "millrace_store_connections_timeouts_total",
            "millrace_store_wait_seconds_count",
            "millrace_store_wait_seconds_sum",
            "millrace_store_transaction_seconds_sum");
  }

  @Test
  void asksTheStoreOnceForManyScrapes() {
    values();
    long transactions = store.use().transactions();
    values();
    assertThat(store.use().transactions()).isEqualTo(transactions);
  }

  @Test
  void leavesOutWhatAStoreThatIsAwayWouldSay() {
    store.close();
    assertThat(values())
        .doesNotContainKeys("millrace_jobs_waiting", "millrace_store_bytes")
        .containsKeys("airbyte_server_job_succeeded_total", "millrace_store_connections_busy");
  }

  private Map<String, Double> values() {
    return metrics
        .scrape()
        .lines()
        .filter(line -> line.startsWith("millrace_") || line.startsWith("airbyte_"))
        .filter(line -> !line.contains("{"))
        .map(line -> line.split(" "))
        .collect(Collectors.toMap(parts -> parts[0], parts -> Double.parseDouble(parts[1])));
  }

  private void connection(String id, String status, String schedule, Instant created) {
    store.change(
        tx ->
            tx.execute(
                "INSERT INTO connection (id, workspace_id, source_id, destination_id, name, status,"
                    + " schedule_type, schedule, namespace_definition, prefix, breaking_change,"
                    + " details, created_at, updated_at)"
                    + " VALUES (?, 'w', 'a', 'a', 'c', ?, ?, ?, 'source', '', 0, '{}', ?, ?)",
                id(id).toString(),
                status,
                schedule.equals("{}") ? "manual" : "basic",
                schedule,
                created.toEpochMilli(),
                created.toEpochMilli()));
  }

  private void job(String connection, String type, String status, Instant moment) {
    store.change(
        tx ->
            tx.execute(
                "INSERT INTO job (connection_id, config_type, status, config, retries, not_before,"
                    + " created_at, updated_at) VALUES (?, ?, ?, '{}', '{}', ?, ?, ?)",
                id(connection).toString(),
                type,
                status,
                moment.toEpochMilli(),
                moment.toEpochMilli(),
                moment.toEpochMilli()));
  }
}
