package io.millrace.server.joblog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

final class JobLogsTest {
  private static final AttemptKey KEY = new AttemptKey(7, 0);
  private static final JobLogSettings SMALL = new JobLogSettings(20_000, 2_000, 30_000, 10, 100);

  @TempDir private Path folder;

  @Test
  void keepsLinesInOrderOverSegmentsAndReopenings() {
    JobLogs logs = new JobLogs(folder, SMALL);
    for (int i = 0; i < 40; i++) {
      logs.append(KEY, line("line " + i));
    }
    logs.close();
    for (int i = 40; i < 60; i++) {
      logs.append(KEY, line("line " + i));
    }
    assertThat(messages(logs, 0)).containsExactlyElementsOf(numbered(0, 60));
    assertThat(messages(logs, 55)).containsExactlyElementsOf(numbered(55, 60));
    assertThat(new JobLogs(folder, SMALL).lines(KEY)).isEqualTo(60);
  }

  @Test
  void goesOnBehindALineThatAKillCutOff() throws IOException {
    JobLogs logs = new JobLogs(folder, SMALL);
    logs.append(KEY, line("whole"));
    Path file = folder.resolve("0/7/attempt-0-0.jsonl");
    Files.writeString(file, "{\"timestamp\":1,\"mess", StandardOpenOption.APPEND);
    JobLogs next = new JobLogs(folder, SMALL);
    next.append(KEY, line("after"));
    assertThat(messages(next, 0)).containsExactly("whole", "after");
  }

  /** On a full disk, a log is still read. */
  @Test
  void changesNothingWhenItIsRead() throws IOException {
    JobLogs logs = new JobLogs(folder, SMALL);
    logs.append(KEY, line("whole"));
    Path file = folder.resolve("0/7/attempt-0-0.jsonl");
    Files.writeString(file, "{\"timestamp\":1,\"mess", StandardOpenOption.APPEND);
    long bytes = Files.size(file);
    JobLogs next = new JobLogs(folder, SMALL);
    assertThat(messages(next, 0)).containsExactly("whole");
    assertThat(next.newest(KEY)).hasSize(1);
    assertThat(file).hasSize(bytes);
  }

  @Test
  void keepsOnlyWarningsBeyondItsBound() {
    JobLogs logs = new JobLogs(folder, SMALL);
    for (int i = 0; i < 500; i++) {
      logs.append(KEY, line("chatter " + i));
    }
    logs.append(KEY, line("broken", LogLine.Level.ERROR));
    List<String> kept = messages(logs, 0);
    assertThat(kept.size()).isLessThan(300);
    assertThat(kept).endsWith("The log is full; only warnings follow.", "broken");
  }

  @Test
  void removesTheOldestJobsFirstAndSaysSo() {
    JobLogs logs = new JobLogs(folder, new JobLogSettings(20_000, 200_000, 5_000, 10, 100));
    for (long job = 1; job <= 30; job++) {
      AttemptKey key = new AttemptKey(job, 0);
      for (int i = 0; i < 20; i++) {
        logs.append(key, line("job " + job + " line " + i * 7919));
      }
      logs.end(key);
    }
    logs.append(KEY, line("open"));
    assertThat(logs.prune(job -> true).bytesLeft()).isLessThanOrEqualTo(5_000);
    assertThat(logs.lines(new AttemptKey(30, 0))).isEqualTo(20);
    assertThat(logs.lines(KEY)).isEqualTo(21);
    assertThat(logs.lines(new AttemptKey(1, 0))).isZero();
    assertThat(logs.newest(new AttemptKey(1, 0)))
        .singleElement()
        .extracting(LogLine::message)
        .asString()
        .contains("was removed", "MILLRACE_KEEP_LOGS_MIB");
    assertThat(logs.newest(new AttemptKey(31, 0))).isEmpty();
    assertThat(logs.prune(job -> true).jobsRemoved()).isZero();
  }

  /** Between two attempts no log is open. */
  @Test
  void removesNoLogOfAJobThatHasNotEnded() {
    JobLogs logs = new JobLogs(folder, new JobLogSettings(20_000, 200_000, 5_000, 10, 100));
    for (long job = 1; job <= 30; job++) {
      AttemptKey key = new AttemptKey(job, 0);
      for (int i = 0; i < 20; i++) {
        logs.append(key, line("job " + job + " line " + i * 7919));
      }
      logs.end(key);
    }
    assertThat(logs.prune(job -> job != 2).jobsRemoved()).isPositive();
    assertThat(logs.lines(new AttemptKey(1, 0))).isZero();
    assertThat(logs.lines(new AttemptKey(2, 0))).isEqualTo(20);
    assertThat(logs.lines(new AttemptKey(3, 0))).isZero();
  }

  @Test
  void countsNoRecordingsAsLogs() throws IOException {
    JobLogs logs = new JobLogs(folder, new JobLogSettings(20_000, 200_000, 5_000, 10, 100));
    logs.append(KEY, line("kept"));
    logs.end(KEY);
    Files.write(logs.recording(KEY), new byte[100_000]);
    assertThat(logs.prune(job -> true).jobsRemoved()).isZero();
    assertThat(messages(logs, 0)).containsExactly("kept");
    assertThat(logs.recordings()).containsExactly(logs.recording(KEY));
  }

  @Test
  void sortsWhatIsLoggedByTheContextOfItsThread() {
    JobLogs logs = new JobLogs(folder, SMALL);
    try (JobLogAppender appender =
        JobLogAppender.attach(logs, text -> text.replace("hunter2", "**********"))) {
      MDC.put(JobLogAppender.JOB, "7");
      MDC.put(JobLogAppender.ATTEMPT, "0");
      assertThat(appender.isStarted()).isTrue();
      LoggerFactory.getLogger("io.millrace.connectors.postgres.source.Reader")
          .atWarn()
          .addKeyValue("password", "hunter2")
          .log("connection_lost");
      LoggerFactory.getLogger(JobLogsTest.class)
          .atError()
          .setCause(new IOException("hunter2"))
          .log("failed");
    } finally {
      MDC.clear();
    }
    LoggerFactory.getLogger(JobLogsTest.class).error("not of the job");
    List<LogLine> lines = logs.newest(KEY);
    assertThat(lines)
        .extracting(LogLine::message)
        .containsExactly("connection_lost password=**********", "failed");
    assertThat(lines).extracting(LogLine::source).containsExactly("source", "platform");
    assertThat(lines.get(1).stackTrace()).contains("IOException").doesNotContain("hunter2");
  }

  private static List<String> messages(JobLogs logs, long from) {
    List<String> messages = new ArrayList<>();
    logs.read(KEY, from, line -> messages.add(line.message()));
    return messages;
  }

  private static List<String> numbered(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "line " + i).toList();
  }

  private static LogLine line(String message) {
    return line(message, LogLine.Level.INFO);
  }

  private static LogLine line(String message, LogLine.Level level) {
    return new LogLine(Instant.EPOCH, level, "platform", message, "Test", "main", null);
  }
}
