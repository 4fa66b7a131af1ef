package io.millrace.server.metrics;

import io.millrace.server.job.JobQueue;
import io.millrace.server.schedule.Freshness;
import io.millrace.server.schedule.ScheduleSettings;
import io.millrace.server.store.Database;
import io.millrace.server.store.Inquiry;
import io.millrace.server.store.StoreUse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the store knows of queue, lag and freshness, and how it is used itself. A store that does
 * not answer holds up no scrape: what it would say is left out.
 */
public final class StoreMetrics {
  /** For how long an answer is good: scrapes of many readers cost one look. */
  private static final Duration KEPT = Duration.ofSeconds(10);

  /** How long a scrape waits for the store. */
  private static final Duration WAIT_MAX = Duration.ofSeconds(2);

  /** What the store says at one moment. */
  private record Facts(JobQueue queue, Freshness freshness, long bytes) {}

  private final Inquiry<Facts> facts;

  private StoreMetrics(Database database, ScheduleSettings schedules, Clock clock) {
    this.facts =
        database.inquiry(
            "store-metrics",
            tx -> {
              Instant now = clock.instant();
              return new Facts(
                  JobQueue.read(tx, now), Freshness.read(tx, schedules, now), database.bytes(tx));
            },
            KEPT);
  }

  /**
   * Adds them.
   *
   * @param schedules how schedules are kept, which says from when a connection is stale
   */
  public static void addTo(
      Metrics metrics, Database database, ScheduleSettings schedules, Clock clock) {
    StoreMetrics store = new StoreMetrics(database, schedules, clock);
    metrics.values(store::values);
    StoreUse use = database.use();
    metrics.gauge("millrace.store.connections.busy", "Connections to the store in use", use::busy);
    metrics.gauge(
        "millrace.store.connections.awaited",
        "Threads that wait for a connection to the store",
        use::awaited);
    metrics.count(
        "millrace.store.connections.timeouts",
        "Waits for a connection to the store that were in vain",
        use::timeouts);
    metrics.times(
        "millrace.store.wait", "Waits for a connection to the store", use::waits, use::waitNanos);
    metrics.times(
        "millrace.store.transaction",
        "Transactions of the store",
        use::transactions,
        use::transactionNanos);
  }

  private List<Metrics.Value> values() {
    return facts.answer(WAIT_MAX).map(StoreMetrics::values).orElse(List.of());
  }

  private static List<Metrics.Value> values(Facts facts) {
    List<Metrics.Value> values = new ArrayList<>();
    JobQueue queue = facts.queue();
    values.add(value("jobs_waiting", "Jobs whose time has come", (double) queue.waiting()));
    values.add(value("jobs_running", "Jobs that run, in all processes", (double) queue.running()));
    values.add(
        value(
            "job_wait_oldest_seconds",
            "How long the job that waits longest has waited",
            seconds(queue.oldest())));
    Freshness freshness = facts.freshness();
    values.add(value("connections_active", "Active connections", (double) freshness.active()));
    values.add(
        value(
            "connections_stale",
            "Active, scheduled connections without a success for two runs",
            (double) freshness.stale()));
    freshness
        .oldest()
        .ifPresent(
            age ->
                values.add(
                    value(
                        "success_oldest_seconds",
                        "Age of the oldest last success of an active, scheduled connection",
                        seconds(age))));
    values.add(value("store_bytes", "Size of the metadata store", (double) facts.bytes()));
    return values;
  }

  private static Metrics.Value value(String name, String help, double value) {
    return new Metrics.Value("millrace_" + name, help, value);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
