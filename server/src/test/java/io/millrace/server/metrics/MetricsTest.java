package io.millrace.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class MetricsTest {
  @Test
  void hasEveryNameOfExistingDashboardsFromTheStart() {
    try (Metrics metrics = new Metrics()) {
      metrics.activeJobs(() -> 0);
      assertThat(metrics.scrape().lines())
          .contains(
              "airbyte_server_job_succeeded_total 0.0",
              "airbyte_server_job_failed_total 0.0",
              "airbyte_server_job_duration_seconds_count 0",
              "airbyte_worker_active_jobs 0.0",
              "airbyte_records_synced_total 0.0",
              "airbyte_sync_duration_seconds_count 0",
              "airbyte_sync_failures_total 0.0",
              "# TYPE airbyte_server_job_duration_seconds histogram",
              "# TYPE airbyte_sync_duration_seconds histogram");
    }
  }

  @Test
  void goesOnAskingAfterACollection() {
    AtomicLong value = new AtomicLong();
    try (Metrics metrics = new Metrics()) {
      metrics.count("millrace.lines", "Lines", () -> value.get());
      metrics.times("millrace.waits", "Waits", () -> value.get(), () -> value.get() * 1_000_000);
      System.gc();
      value.set(7_000);
      assertThat(metrics.scrape().lines())
          .contains(
              "millrace_lines_total 7000.0",
              "millrace_waits_seconds_count 7000",
              "millrace_waits_seconds_sum 7.0");
    }
  }

  @Test
  void countsJobsByHowTheyEnded() {
    try (Metrics metrics = new Metrics()) {
      metrics.jobEnded(true, Metrics.Outcome.SUCCEEDED, Duration.ofSeconds(10));
      metrics.jobEnded(true, Metrics.Outcome.FAILED, Duration.ofSeconds(2));
      metrics.jobEnded(false, Metrics.Outcome.FAILED, Duration.ofSeconds(2));
      metrics.moved(1_000, 2_000, 3);
      assertThat(metrics.scrape().lines())
          .contains(
              "airbyte_server_job_succeeded_total 1.0",
              "airbyte_server_job_failed_total 2.0",
              "airbyte_sync_failures_total 1.0",
              "airbyte_sync_duration_seconds_bucket{le=\"5.0\"} 1",
              "airbyte_sync_duration_seconds_count 2",
              "airbyte_server_job_duration_seconds_sum 14.0",
              "airbyte_records_synced_total 1000.0",
              "millrace_records_quarantined_total 3.0");
    }
  }
}
