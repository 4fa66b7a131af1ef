package io.millrace.server.retention;

import io.millrace.server.joblog.JobLogs;
import io.millrace.server.store.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what is beyond the bounds of {@link RetentionSettings}, every so often. Never a job that
 * has not ended, its log, or the temporary files of one that runs.
 *
 * <p>What can be bounded in the statement that adds it is bounded there: catalogs of a source,
 * versions of a state, the number of copies of the store.
 */
public final class Retention implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final Duration STOP_MAX = Duration.ofSeconds(5);

  private static final Duration FOREVER = Duration.ofDays(36_500);

  /** The first round waits until the server has started. */
  private static final Duration FIRST = Duration.ofMinutes(1);

  /** What is removed. */
  public enum Kind {
    JOBS,
    EVENTS,
    AUDIT,
    STATE_VERSIONS,
    QUARANTINE,
    TEMPORARY,
    BACKUPS,
    RECORDINGS,
    JOB_LOGS;

    /** Those that are files of their own. */
    public static final Set<Kind> BYTES =
        Set.copyOf(EnumSet.of(QUARANTINE, TEMPORARY, BACKUPS, RECORDINGS, JOB_LOGS));
  }

  /**
   * Where the files lie.
   *
   * @param quarantine rows that could not be carried
   * @param temporary files that no restart needs
   * @param backups copies of a SQLite store
   */
  public record Folders(Path quarantine, Path temporary, Path backups) {}

  private final RetentionSettings settings;
  private final Folders folders;
  private final JobLogs logs;
  private final Supplier<Set<Long>> running;
  private final OldRows rows;
  private final OldFiles files;
  private final Map<Kind, Long> bytes = new EnumMap<>(Kind.class);
  private final Thread thread = Thread.ofVirtual().name("retention").unstarted(this::run);

  /**
   * Makes it.
   *
   * @param running the numbers of the jobs that run in this process
   */
  public Retention(
      Database database,
      Clock clock,
      RetentionSettings settings,
      Folders folders,
      JobLogs logs,
      Supplier<Set<Long>> running) {
    this.settings = settings;
    this.folders = folders;
    this.logs = logs;
    this.running = running;
    this.rows = new OldRows(database, clock, settings.rows());
    this.files = new OldFiles(clock);
  }

  /** Begins to remove, a little later and then every so often. */
  public void start() {
    thread.start();
  }

  /**
   * Removes once; what cannot be removed is logged and has no effect on the rest.
   *
   * @return how many rows, files or (of logs) jobs were removed, of each kind
   */
  public Map<Kind, Long> once() {
    Map<Kind, Long> removed = new EnumMap<>(Kind.class);
    RetentionSettings.Files bounds = settings.files();
    RetentionSettings.Recordings records = settings.recordings();
    step(removed, Kind.JOBS, () -> rows.jobs(logs::remove));
    step(removed, Kind.EVENTS, rows::events);
    step(removed, Kind.AUDIT, rows::changes);
    step(removed, Kind.STATE_VERSIONS, rows::states);
    step(
        removed,
        Kind.QUARANTINE,
        () ->
            prune(
                folders.quarantine(),
                Integer.MAX_VALUE,
                bounds.quarantineBytes(),
                bounds.quarantineAge()));
    step(
        removed,
        Kind.TEMPORARY,
        () -> files.pruneEntries(folders.temporary(), bounds.temporaryAge(), this::inUse));
    step(removed, Kind.BACKUPS, () -> backups(bounds));
    step(
        removed,
        Kind.RECORDINGS,
        () -> files.prune(recordings(), records.keptMax(), records.keptBytes(), FOREVER));
    step(removed, Kind.JOB_LOGS, this::pruneLogs);
    measure();
    return removed;
  }

  /** Returns the bytes of a kind of file after the last round; 0 for rows. */
  public long bytes(Kind kind) {
    synchronized (bytes) {
      return bytes.getOrDefault(kind, 0L);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(STOP_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      Thread.sleep(FIRST);
      while (!Thread.interrupted()) {
        once();
        Thread.sleep(settings.every());
      }
    } catch (InterruptedException e) {
      LOG.atDebug().log("retention_ended");
    }
  }

  private static void step(Map<Kind, Long> removed, Kind kind, LongSupplier work) {
    try {
      long count = work.getAsLong();
      removed.put(kind, count);
      if (count > 0) {
        LOG.atInfo().addKeyValue("kind", kind).addKeyValue("count", count).log("removed_old");
      }
    } catch (RuntimeException e) {
      LOG.atWarn().addKeyValue("kind", kind).setCause(e).log("retention_failed");
    }
  }

  private long prune(Path folder, int keptMax, long bytesMax, Duration age) {
    return files.prune(OldFiles.list(folder, path -> true), keptMax, bytesMax, age);
  }

  /** The newest stays however old it is. */
  private long backups(RetentionSettings.Files bounds) {
    List<OldFiles.Found> copies =
        new ArrayList<>(OldFiles.list(folders.backups(), path -> path.toString().endsWith(".db")));
    copies.sort(Comparator.comparing(OldFiles.Found::changedAt).reversed());
    List<OldFiles.Found> older = copies.subList(Math.min(1, copies.size()), copies.size());
    return files.prune(older, Integer.MAX_VALUE, Long.MAX_VALUE, bounds.backupAge());
  }

  private List<OldFiles.Found> recordings() {
    return logs.recordings().stream()
        .flatMap(path -> OldFiles.list(path, file -> true).stream())
        .toList();
  }

  private long pruneLogs() {
    JobLogs.Pruned pruned = logs.prune(rows::ended);
    keep(Kind.JOB_LOGS, pruned.bytesLeft());
    return pruned.jobsRemoved();
  }

  private boolean inUse(String entry) {
    return entry.equals(FlightRecorder.FOLDER)
        || running.get().stream().anyMatch(job -> entry.equals("job-" + job));
  }

  private void measure() {
    keep(Kind.QUARANTINE, OldFiles.bytes(folders.quarantine()));
    keep(Kind.TEMPORARY, OldFiles.bytes(folders.temporary()));
    keep(Kind.BACKUPS, OldFiles.bytes(folders.backups()));
    keep(Kind.RECORDINGS, recordings().stream().mapToLong(OldFiles.Found::bytes).sum());
  }

  private void keep(Kind kind, long size) {
    synchronized (bytes) {
      bytes.put(kind, size);
    }
  }
}
