package io.millrace.server.retention;

import io.millrace.server.environment.Variables;
import io.millrace.server.joblog.JobLogSettings;
import io.millrace.spi.ConfigException;
import java.time.Duration;
import java.util.Map;

/**
 * How much is kept, in one place.
 *
 * @param every how often what is beyond the bounds is removed
 * @param rows the bounds of the store
 * @param files the bounds of the data directory
 * @param logs the bounds of jobs' logs
 * @param disk when new jobs wait for room
 * @param recordings the bounds of flight recordings
 */
public record RetentionSettings(
    Duration every, Rows rows, Files files, JobLogSettings logs, Disk disk, Recordings recordings) {
  /**
   * The bounds of the store.
   *
   * @param jobsMin of each connection at least so many jobs stay, the newest
   * @param jobsMax and at most so many
   * @param jobAge jobs between the two stay so long after their end
   * @param eventsMax a connection's timeline has at most so many events
   * @param eventAge they stay so long
   * @param changesMax the audit trail has so many entries; the newest of each thing stays beyond
   *     that
   * @param changeAge they stay so long
   * @param stateAge an older version of a stream's state stays so long; the newest always
   * @param transactionRows one transaction deletes so many rows, so that others need not wait
   * @param roundRows one round deletes so many rows of a kind; the next goes on
   */
  public record Rows(
      int jobsMin,
      int jobsMax,
      Duration jobAge,
      int eventsMax,
      Duration eventAge,
      int changesMax,
      Duration changeAge,
      Duration stateAge,
      int transactionRows,
      int roundRows) {}

  /**
   * The bounds of the data directory.
   *
   * @param quarantineBytes all rows in quarantine; the files that were written to longest ago go
   * @param quarantineAge a file stays so long after the last row came to it
   * @param temporaryAge a temporary file stays so long after its last change, if no job runs on it
   * @param backupAge a copy of the store stays so long; the newest always
   */
  public record Files(
      long quarantineBytes, Duration quarantineAge, Duration temporaryAge, Duration backupAge) {}

  /**
   * When new jobs wait for room on the disk.
   *
   * @param floorBytes below so many free bytes
   * @param share or below this share of the disk, whichever is more
   * @param every how often it is looked at
   */
  public record Disk(long floorBytes, double share, Duration every) {}

  /**
   * The bounds of flight recordings.
   *
   * @param bytes of memory for the running recording, about
   * @param keptMax so many recordings of failed jobs are kept, the newest
   * @param keptBytes of so many bytes in all
   * @param pause between two of them; a job that fails sooner has none
   */
  public record Recordings(
      boolean enabled, long bytes, int keptMax, long keptBytes, Duration pause) {}

  private static final long MIB = 1L << 20;
  private static final Duration DAY = Duration.ofDays(1);

  /** The usual bounds. */
  public static final RetentionSettings DEFAULT = of(Map.of());

  /**
   * Reads the bounds that an operator may set; the others are the usual ones.
   *
   * @throws ConfigException when one is no number, or out of its bounds
   */
  public static RetentionSettings of(Map<String, String> environment) {
    Variables set = new Variables(environment);
    JobLogSettings logs = JobLogSettings.DEFAULT;
    return new RetentionSettings(
        Duration.ofMinutes(15),
        new Rows(
            100,
            1_000,
            DAY.multipliedBy(set.number("MILLRACE_KEEP_JOBS_DAYS", 90)),
            2_000,
            DAY.multipliedBy(set.number("MILLRACE_KEEP_EVENTS_DAYS", 180)),
            100_000,
            DAY.multipliedBy(set.number("MILLRACE_KEEP_AUDIT_DAYS", 730)),
            DAY.multipliedBy(90),
            500,
            50_000),
        new Files(
            MIB * set.number("MILLRACE_KEEP_QUARANTINE_MIB", 1_024),
            DAY.multipliedBy(90),
            DAY,
            DAY.multipliedBy(180)),
        new JobLogSettings(
            logs.attemptBytesMax(),
            logs.segmentBytes(),
            MIB * set.number("MILLRACE_KEEP_LOGS_MIB", logs.totalBytesMax() / MIB),
            logs.jobsSearchedMax(),
            logs.linesFoundMax()),
        new Disk(MIB * set.number("MILLRACE_DISK_FREE_MIB", 512), 0.01, Duration.ofSeconds(10)),
        new Recordings(
            set.flag("MILLRACE_FLIGHT_RECORDER", true),
            16 * MIB,
            20,
            256 * MIB,
            Duration.ofSeconds(30)));
  }
}
