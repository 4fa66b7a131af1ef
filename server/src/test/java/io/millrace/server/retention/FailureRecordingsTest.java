package io.millrace.server.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.actor.ActorId;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionStatus;
import io.millrace.server.connection.Schedule;
import io.millrace.server.job.Attempt;
import io.millrace.server.job.AttemptStatus;
import io.millrace.server.job.EndedJob;
import io.millrace.server.job.Job;
import io.millrace.server.job.JobStatus;
import io.millrace.server.job.JobType;
import io.millrace.server.job.Stats;
import io.millrace.server.joblog.AttemptKey;
import io.millrace.server.joblog.JobLogSettings;
import io.millrace.server.joblog.JobLogs;
import io.millrace.server.json.Documents;
import io.millrace.server.workspace.WorkspaceId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FailureRecordingsTest {
  private static final RetentionSettings.Recordings BOUNDS =
      new RetentionSettings.Recordings(true, 4L << 20, 9, 1L << 20, Duration.ZERO);

  @TempDir private Path folder;

  @Test
  void recordsWhatFailedAndNothingElse() {
    JobLogs logs = new JobLogs(folder.resolve("logs"), JobLogSettings.DEFAULT);
    try (FlightRecorder recorder = new FlightRecorder(BOUNDS, logs, Clock.systemUTC())) {
      recorder.start(folder.resolve("tmp"));
      FailureRecordings recordings = new FailureRecordings(recorder);
      recordings.attemptFailed(
          job(1, JobStatus.INCOMPLETE), connection(), attempt(1, 0, AttemptStatus.FAILED));
      recordings.ended(ended(1, 1, JobStatus.FAILED, AttemptStatus.FAILED));
      recordings.ended(ended(2, 0, JobStatus.SUCCEEDED, AttemptStatus.SUCCEEDED));
      recordings.ended(ended(3, 0, JobStatus.CANCELLED, AttemptStatus.FAILED));
    }
    assertThat(logs.recordings())
        .containsExactlyInAnyOrder(
            logs.recording(new AttemptKey(1, 0)), logs.recording(new AttemptKey(1, 1)));
  }

  private static EndedJob ended(long id, int number, JobStatus status, AttemptStatus last) {
    return new EndedJob(
        job(id, status),
        connection(),
        List.of(attempt(id, number, last)),
        List.of(),
        Stats.ZERO,
        null,
        0,
        Instant.EPOCH);
  }

  private static Attempt attempt(long job, int number, AttemptStatus status) {
    return new Attempt(
        job, number, status, Stats.ZERO, List.of(), Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);
  }

  private static Job job(long id, JobStatus status) {
    return new Job(
        id,
        connection().id(),
        JobType.SYNC,
        status,
        Documents.empty(),
        Documents.empty(),
        Instant.EPOCH,
        Instant.EPOCH,
        Instant.EPOCH,
        Instant.EPOCH);
  }

  private static Connection connection() {
    return new Connection(
        new ConnectionId(new UUID(0, 1)),
        new WorkspaceId(new UUID(0, 2)),
        new ActorId(new UUID(0, 3)),
        new ActorId(new UUID(0, 4)),
        "orders",
        ConnectionStatus.ACTIVE,
        null,
        new Schedule.Manual(),
        "source",
        null,
        "",
        null,
        false,
        Documents.empty(),
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
