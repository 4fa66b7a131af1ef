package io.millrace.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.connection.ConnectionId;
import io.millrace.server.json.Documents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AutoDisableTest {
  private static final Instant BEGIN = Instant.parse("2026-02-03T04:05:06Z");
  private static final ConnectionId CONNECTION = ConnectionId.random();

  @Test
  void disablesAfterThirtyFailuresInSevenDays() {
    assertThat(after(Duration.ofHours(6), 29)).isEqualTo(AutoDisable.Verdict.GO_ON);
    assertThat(after(Duration.ofHours(6), 30)).isEqualTo(AutoDisable.Verdict.DISABLE);
    assertThat(after(Duration.ofHours(1), 30)).isEqualTo(AutoDisable.Verdict.GO_ON);
  }

  @Test
  void warnsOnce() {
    assertThat(after(Duration.ofHours(6), 19)).isEqualTo(AutoDisable.Verdict.GO_ON);
    assertThat(after(Duration.ofHours(6), 20)).isEqualTo(AutoDisable.Verdict.WARN);
    assertThat(after(Duration.ofHours(6), 21)).isEqualTo(AutoDisable.Verdict.GO_ON);
  }

  @Test
  void aSuccessStartsTheCountAnew() {
    List<Job> jobs = failures(Duration.ofHours(6), 40);
    jobs.set(11, job(jobs.get(11).updatedAt(), JobStatus.SUCCEEDED));
    assertThat(AutoDisable.of(jobs, jobs.getFirst().updatedAt()))
        .isEqualTo(AutoDisable.Verdict.GO_ON);
  }

  private static AutoDisable.Verdict after(Duration every, int failures) {
    List<Job> jobs = failures(every, failures);
    return AutoDisable.of(jobs, jobs.getFirst().updatedAt());
  }

  private static List<Job> failures(Duration every, int count) {
    List<Job> jobs = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      jobs.add(job(BEGIN.plus(every.multipliedBy(i)), JobStatus.FAILED));
    }
    Collections.reverse(jobs);
    return jobs;
  }

  private static Job job(Instant ended, JobStatus status) {
    return new Job(
        1,
        CONNECTION,
        JobType.SYNC,
        status,
        Documents.empty(),
        Documents.empty(),
        ended,
        ended,
        ended,
        ended);
  }
}
