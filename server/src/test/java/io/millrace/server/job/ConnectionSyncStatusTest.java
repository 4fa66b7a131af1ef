package io.millrace.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.connection.ConnectionId;
import io.millrace.server.json.Documents;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The order in which the words are chosen. */
final class ConnectionSyncStatusTest {
  @Test
  void anOpenJobComesFirst() {
    assertThat(of(job(JobType.SYNC, JobStatus.RUNNING), List.of(), true, true, false))
        .isEqualTo(ConnectionSyncStatus.RUNNING);
    assertThat(of(job(JobType.SYNC, JobStatus.INCOMPLETE), List.of(), true, true, false))
        .isEqualTo(ConnectionSyncStatus.PENDING);
  }

  @Test
  void whatSomebodyMustMendComesBeforeAPause() {
    List<Job> failed = List.of(job(JobType.SYNC, JobStatus.FAILED));
    assertThat(of(null, failed, true, false, false)).isEqualTo(ConnectionSyncStatus.FAILED);
    assertThat(of(null, failed, false, true, true)).isEqualTo(ConnectionSyncStatus.FAILED);
    assertThat(of(null, failed, false, false, false)).isEqualTo(ConnectionSyncStatus.PAUSED);
    assertThat(of(null, failed, false, false, true)).isEqualTo(ConnectionSyncStatus.INCOMPLETE);
  }

  @Test
  void otherwiseTheLastJobDecides() {
    assertThat(last(JobType.SYNC, JobStatus.CANCELLED)).isEqualTo(ConnectionSyncStatus.INCOMPLETE);
    assertThat(of(null, List.of(), false, false, true)).isEqualTo(ConnectionSyncStatus.PENDING);
    assertThat(last(JobType.RESET_CONNECTION, JobStatus.SUCCEEDED))
        .isEqualTo(ConnectionSyncStatus.PENDING);
    assertThat(last(JobType.SYNC, JobStatus.SUCCEEDED)).isEqualTo(ConnectionSyncStatus.SYNCED);
  }

  private static ConnectionSyncStatus last(JobType type, JobStatus status) {
    return of(null, List.of(job(type, status)), false, false, true);
  }

  private static ConnectionSyncStatus of(
      @Nullable Job open, List<Job> ended, boolean config, boolean breaking, boolean active) {
    return ConnectionSyncStatus.of(open, ended, config, breaking, active);
  }

  private static Job job(JobType type, JobStatus status) {
    Instant at = Instant.parse("2026-02-03T04:05:06Z");
    return new Job(
        1,
        ConnectionId.random(),
        type,
        status,
        Documents.empty(),
        Documents.empty(),
        at,
        at,
        at,
        at);
  }
}
