package io.millrace.server.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.joblog.AttemptKey;
import io.millrace.server.joblog.JobLogSettings;
import io.millrace.server.joblog.JobLogs;
import io.millrace.server.joblog.LogLine;
import io.millrace.server.retention.Retention.Kind;
import io.millrace.server.store.Database;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import io.millrace.server.store.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EachStore
final class RetentionTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final RetentionSettings SETTINGS =
      new RetentionSettings(
          Duration.ofMinutes(15),
          new RetentionSettings.Rows(3, 6, DAY, 4, DAY, 5, DAY, DAY, 2, 1_000),
          new RetentionSettings.Files(1_000, DAY, DAY, DAY),
          JobLogSettings.DEFAULT,
          RetentionSettings.DEFAULT.disk(),
          new RetentionSettings.Recordings(true, 1, 2, 1_000, DAY));

  private final Dialect dialect;
  @TempDir private Path folder;
  private Database database;
  private JobLogs logs;
  private Retention retention;

  RetentionTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void open() {
    database = TestStore.open(dialect, folder);
    logs = new JobLogs(folder.resolve("logs"), JobLogSettings.DEFAULT);
    retention = retention(logs);
    database.change(RetentionTest::connections);
  }

  private Retention retention(JobLogs kept) {
    return new Retention(
        database,
        Clock.fixed(NOW, ZoneOffset.UTC),
        SETTINGS,
        new Retention.Folders(
            folder.resolve("quarantine"), folder.resolve("tmp"), folder.resolve("backups")),
        kept,
        () -> Set.of(8L));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void keepsTheNewestJobsAndThoseThatHaveNotEnded() {
    database.change(
        tx -> {
          // The oldest of all has not ended.
          job(tx, 1, "a", "running", 30);
          for (long id = 2; id <= 10; id++) {
            job(tx, id, "a", "succeeded", 30 - id);
          }
          job(tx, 11, "b", "failed", 400);
          for (long id = 12; id <= 19; id++) {
            job(tx, id, "c", "cancelled", 0);
          }
        });
    logs.append(new AttemptKey(2, 0), line());
    logs.append(new AttemptKey(10, 0), line());
    logs.close();
    assertThat(retention.once()).containsEntry(Kind.JOBS, 8L);
    assertThat(ids("SELECT id FROM job ORDER BY id"))
        .containsExactly(1L, 8L, 9L, 10L, 11L, 14L, 15L, 16L, 17L, 18L, 19L);
    assertThat(ids("SELECT DISTINCT job_id FROM attempt_stream ORDER BY job_id")).hasSize(11);
    assertThat(logs.lines(new AttemptKey(2, 0))).isZero();
    assertThat(logs.lines(new AttemptKey(10, 0))).isEqualTo(1);
    assertThat(retention.once()).containsEntry(Kind.JOBS, 0L);
  }

  @Test
  void keepsTheLogsOfAJobThatWaitsForItsNextAttempt() {
    database.change(
        tx -> {
          job(tx, 1, "a", "incomplete", 0);
          job(tx, 2, "b", "succeeded", 0);
        });
    JobLogs small =
        new JobLogs(folder.resolve("logs"), new JobLogSettings(20_000, 200_000, 1, 10, 100));
    for (long id = 1; id <= 2; id++) {
      small.append(new AttemptKey(id, 0), line());
    }
    small.close();
    assertThat(retention(small).once()).containsEntry(Kind.JOB_LOGS, 1L);
    assertThat(small.lines(new AttemptKey(1, 0))).isEqualTo(1);
    assertThat(small.lines(new AttemptKey(2, 0))).isZero();
  }

  @Test
  void boundsTimelinesTheAuditTrailAndVersionsOfStates() {
    database.change(
        tx -> {
          for (int i = 0; i < 7; i++) {
            event(tx, "a", i == 0 ? 9 : 0);
            event(tx, "b", 9);
            change(tx, "thing", 9);
            change(tx, "other", 0);
            state(tx, "s", 9);
            state(tx, "t", 0);
          }
        });
    assertThat(retention.once())
        .containsEntry(Kind.EVENTS, 10L)
        .containsEntry(Kind.AUDIT, 10L)
        .containsEntry(Kind.STATE_VERSIONS, 6L);
    assertThat(count("event")).isEqualTo(4);
    assertThat(ids("SELECT count(*) FROM change WHERE entity_id = 'thing'")).containsExactly(1L);
    assertThat(ids("SELECT max(id) FROM change")).containsExactly(14L);
    assertThat(ids("SELECT count(*) FROM stream_state_version WHERE name = 's'"))
        .containsExactly(1L);
    assertThat(ids("SELECT count(*) FROM stream_state_version WHERE name = 't'"))
        .containsExactly(7L);
  }

  @Test
  void boundsFilesAndLeavesThoseInUse() throws IOException {
    Path quarantine = folder.resolve("quarantine/a/quarantine");
    file(quarantine.resolve("old.jsonl"), 400, DAY.multipliedBy(2));
    file(quarantine.resolve("third.jsonl"), 400, Duration.ofHours(3));
    file(quarantine.resolve("second.jsonl"), 400, Duration.ofHours(2));
    file(quarantine.resolve("first.jsonl"), 400, Duration.ofHours(1));
    file(folder.resolve("tmp/job-7/spill"), 10, DAY.multipliedBy(2));
    file(folder.resolve("tmp/job-8/spill"), 10, DAY.multipliedBy(2));
    file(folder.resolve("tmp/jfr/chunk"), 10, DAY.multipliedBy(2));
    file(folder.resolve("tmp/job-9/spill"), 10, Duration.ofHours(2));
    touch(folder.resolve("tmp/job-7"), DAY.multipliedBy(2));
    touch(folder.resolve("tmp/job-8"), DAY.multipliedBy(2));
    file(folder.resolve("backups/millrace-v1.db"), 10, DAY.multipliedBy(9));
    file(folder.resolve("backups/millrace-v2.db"), 10, DAY.multipliedBy(8));
    Map<Kind, Long> removed = retention.once();
    assertThat(removed)
        .containsEntry(Kind.QUARANTINE, 2L)
        .containsEntry(Kind.TEMPORARY, 1L)
        .containsEntry(Kind.BACKUPS, 1L);
    assertThat(quarantine.resolve("first.jsonl")).exists();
    assertThat(quarantine.resolve("second.jsonl")).exists();
    assertThat(folder.resolve("tmp/job-7")).doesNotExist();
    assertThat(folder.resolve("tmp/job-8/spill")).exists();
    assertThat(folder.resolve("tmp/jfr/chunk")).exists();
    assertThat(folder.resolve("tmp/job-9/spill")).exists();
    assertThat(folder.resolve("backups/millrace-v2.db")).exists();
    assertThat(retention.bytes(Kind.QUARANTINE)).isEqualTo(800);
    assertThat(retention.bytes(Kind.BACKUPS)).isEqualTo(10);
  }

  @Test
  void boundsRecordings() throws IOException {
    for (int job = 1; job <= 4; job++) {
      file(logs.recording(new AttemptKey(job, 0)), 400, DAY.multipliedBy(9 - job));
    }
    assertThat(retention.once()).containsEntry(Kind.RECORDINGS, 2L);
    assertThat(logs.recording(new AttemptKey(2, 0))).doesNotExist();
    assertThat(logs.recording(new AttemptKey(3, 0))).exists();
    assertThat(logs.recordings()).hasSize(2);
  }

  private List<Long> ids(String sql) {
    return database.read(tx -> tx.createQuery(sql).mapTo(Long.class).list());
  }

  private long count(String table) {
    return ids("SELECT count(*) FROM " + table).getFirst();
  }

  private static LogLine line() {
    return new LogLine(NOW, LogLine.Level.INFO, "platform", "said", "caller", "thread", null);
  }

  private static long ago(long days) {
    return NOW.minus(DAY.multipliedBy(days)).minusSeconds(1).toEpochMilli();
  }

  private static void connections(Handle tx) {
    tx.execute("INSERT INTO workspace VALUES ('w', 'w', 'w', '{}', 0, 0, NULL)");
    for (String side : List.of("source", "destination")) {
      tx.execute(
          "INSERT INTO actor VALUES (?, 'w', ?, 'd', 'n', '{}', '{}', 0, 0, NULL)", side, side);
    }
    for (String id : List.of("a", "b", "c")) {
      tx.execute(
          "INSERT INTO connection VALUES (?, 'w', 'source', 'destination', 'n', 'active', NULL,"
              + " 'manual', '{}', 'source', NULL, '', NULL, 0, '{}', 0, 0)",
          id);
    }
  }

  private static void job(Handle tx, long id, String connection, String status, long days) {
    tx.execute(
        "INSERT INTO job (id, connection_id, config_type, status, config, retries, not_before,"
            + " created_at, updated_at) VALUES (?, ?, 'sync', ?, '{}', '{}', 0, ?, ?)",
        id,
        connection,
        status,
        ago(days),
        ago(days));
    tx.execute(
        "INSERT INTO attempt (job_id, number, status, stats, created_at, updated_at) VALUES (?, 0,"
            + " 'failed', '{}', 0, 0)",
        id);
    for (int i = 0; i < 5; i++) {
      tx.execute(
          "INSERT INTO attempt_stream (job_id, number, namespace, name, status, stats, updated_at)"
              + " VALUES (?, 0, '', ?, 'complete', '{}', 0)",
          id,
          "s" + i);
    }
  }

  private static void event(Handle tx, String connection, long days) {
    tx.execute(
        "INSERT INTO event (id, connection_id, type, summary, details, created_at) VALUES (?, ?,"
            + " 't', '{}', '{}', ?)",
        UUID.randomUUID().toString(),
        connection,
        ago(days));
  }

  private static void change(Handle tx, String id, long days) {
    tx.execute(
        "INSERT INTO change (entity, entity_id, action, version, actor, created_at) VALUES"
            + " ('source', ?, 'update', '{}', 'me', ?)",
        id,
        ago(days));
  }

  private static void state(Handle tx, String stream, long days) {
    tx.execute(
        "INSERT INTO stream_state_version (connection_id, namespace, name, state, created_at)"
            + " VALUES ('a', '', ?, '{}', ?)",
        stream,
        NOW.minus(DAY.multipliedBy(days)).toEpochMilli());
  }

  private static void file(Path path, int bytes, Duration age) throws IOException {
    Files.createDirectories(path.resolveSibling(""));
    Files.write(path, new byte[bytes]);
    touch(path, age);
  }

  private static void touch(Path path, Duration age) throws IOException {
    Files.setLastModifiedTime(path, FileTime.from(NOW.minus(age)));
  }
}
