package io.millrace.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The metrics of the server, under the names that existing dashboards ask for ({@code airbyte_...})
 * and, for what those lack, names of its own ({@code millrace_...}). Thread-safe. Every metric
 * exists from the start, with 0, but for {@link #values}.
 */
public final class Metrics implements AutoCloseable {
  /** The content type of {@link #scrape}. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final Duration[] BUCKETS = {
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5),
    Duration.ofMinutes(15),
    Duration.ofHours(1),
    Duration.ofHours(4),
    Duration.ofHours(12)
  };

  /** The registry itself lets go of what it asks, and then answers with the last value or 0. */
  private final List<Object> asked = new CopyOnWriteArrayList<>();

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Counter succeeded = counter("airbyte.server.job.succeeded", "Jobs succeeded");
  private final Counter failed = counter("airbyte.server.job.failed", "Jobs failed");
  private final Counter cancelled = counter("millrace.jobs.cancelled", "Jobs cancelled");
  private final Counter records = counter("airbyte.records.synced", "Rows durable");
  private final Counter bytes = counter("millrace.bytes.synced", "Bytes of rows durable");
  private final Counter rejected = counter("millrace.records.quarantined", "Rows in quarantine");
  private final Counter syncFailures = counter("airbyte.sync.failures", "Syncs failed");
  private final Timer jobDuration = timer("airbyte.server.job.duration", "Duration of jobs");
  private final Timer syncDuration = timer("airbyte.sync.duration", "Duration of syncs");
  private final JvmGcMetrics collections = new JvmGcMetrics();

  /** Makes the metrics, those of the process included. */
  public Metrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  /** How a job ended. */
  public enum Outcome {
    SUCCEEDED,
    FAILED,
    CANCELLED
  }

  /**
   * A value at the moment of a scrape.
   *
   * @param name as Prometheus knows it, such as {@code millrace_jobs_waiting}
   */
  public record Value(String name, String help, double value) {}

  /**
   * Counts a job that has ended.
   *
   * @param sync it was a sync, not a reset or refresh
   * @param took from its first attempt to its end
   */
  public void jobEnded(boolean sync, Outcome outcome, Duration took) {
    switch (outcome) {
      case SUCCEEDED -> succeeded.increment();
      case FAILED -> failed.increment();
      case CANCELLED -> cancelled.increment();
    }
    jobDuration.record(took);
    if (sync) {
      syncDuration.record(took);
      if (outcome == Outcome.FAILED) {
        syncFailures.increment();
      }
    }
  }

  /** Counts rows that became durable, their bytes, and rows that went to quarantine. */
  public void moved(long rows, long rowBytes, long quarantined) {
    records.increment((double) rows);
    bytes.increment((double) rowBytes);
    rejected.increment((double) quarantined);
  }

  /** Asks for the number of running jobs whenever somebody scrapes. */
  public void activeJobs(LongSupplier count) {
    gauge("airbyte.worker.active.jobs", "Jobs that run", count::getAsLong);
  }

  /** Asks for a value of the server's own whenever somebody scrapes. */
  public void gauge(String name, String help, DoubleSupplier value) {
    Gauge.builder(name, value, DoubleSupplier::getAsDouble)
        .description(help)
        .strongReference(true)
        .register(registry);
  }

  /** Asks for a count that only grows whenever somebody scrapes. */
  public void count(String name, String help, LongSupplier value) {
    asked.add(value);
    FunctionCounter.builder(name, value, LongSupplier::getAsLong)
        .description(help)
        .register(registry);
  }

  /** Asks for how often something happened and how long it took together, at each scrape. */
  public void times(String name, String help, LongSupplier count, LongSupplier nanos) {
    asked.add(nanos);
    FunctionTimer.builder(
            name,
            nanos,
            ignored -> count.getAsLong(),
            LongSupplier::getAsLong,
            TimeUnit.NANOSECONDS)
        .description(help)
        .register(registry);
  }

  /** Asks for values that may be missing whenever somebody scrapes, all of them at once. */
  public void values(Supplier<List<Value>> values) {
    MultiCollector collector =
        () ->
            new MetricSnapshots(
                values.get().stream().<MetricSnapshot>map(Metrics::snapshot).toList());
    registry.getPrometheusRegistry().register(collector);
  }

  /** Returns everything as Prometheus reads it. */
  public String scrape() {
    return registry.scrape(CONTENT_TYPE);
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }

  private static GaugeSnapshot snapshot(Value value) {
    return GaugeSnapshot.builder()
        .name(value.name())
        .help(value.help())
        .dataPoint(GaugeDataPointSnapshot.builder().value(value.value()).build())
        .build();
  }

  private Counter counter(String name, String help) {
    return Counter.builder(name).description(help).register(registry);
  }

  private Timer timer(String name, String help) {
    return Timer.builder(name).description(help).serviceLevelObjectives(BUCKETS).register(registry);
  }
}
