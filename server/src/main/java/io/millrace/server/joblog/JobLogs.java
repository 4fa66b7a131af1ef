package io.millrace.server.joblog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The logs of all jobs, in a folder. Thread-safe. A log is opened by its first line and compressed
 * when {@link #end} is called or the server stops.
 */
public final class JobLogs implements AutoCloseable {
  /** A folder for so many jobs, so that no folder grows without bound. */
  private static final long JOBS_A_FOLDER = 1_000;

  private static final String ATTEMPT = "attempt-";
  private static final String RECORDING = ".jfr";

  /** Of an attempt whose log {@link #prune} has removed, an empty file with this ending stays. */
  private static final String REMOVED = ".removed";

  private static final Pattern LOG_FILE =
      Pattern.compile("(attempt-\\d+)-\\d+\\.jsonl(\\.gz)?(\\.part)?");

  /** What {@link #prune} did: how many jobs' logs it removed, and the bytes of those it left. */
  public record Pruned(int jobsRemoved, long bytesLeft) {}

  private final Path folder;
  private final JobLogSettings settings;
  private final Map<AttemptKey, AttemptLog> open = new LinkedHashMap<>();
  private final List<LogListener> listeners = new CopyOnWriteArrayList<>();

  /** Makes them; the folder is made with the first line. */
  public JobLogs(Path folder, JobLogSettings settings) {
    this.folder = folder;
    this.settings = settings;
  }

  /** Returns the bounds. */
  public JobLogSettings settings() {
    return settings;
  }

  /** Tells somebody of every line that comes from now on. */
  public void listen(LogListener listener) {
    listeners.add(listener);
  }

  /** Adds a line to an attempt's log. A disk that takes none loses the line, not the job. */
  public void append(AttemptKey key, LogLine line) {
    AttemptLog log;
    synchronized (this) {
      log = open.computeIfAbsent(key, this::log);
    }
    long number;
    try {
      number = log.append(line);
    } catch (IOException e) {
      // Said nowhere: the logger that would say it is the one that fails.
      number = log.lines();
    }
    if (number != AttemptLog.BEYOND) {
      long taken = number;
      listeners.forEach(listener -> listener.logged(key, taken, line));
    }
  }

  /** Ends an attempt's log. */
  public void end(AttemptKey key) {
    AttemptLog log;
    synchronized (this) {
      log = open.remove(key);
    }
    if (log != null) {
      log.close();
    }
  }

  /** Returns an attempt's newest lines, at most as many as the bound, in order. */
  public List<LogLine> newest(AttemptKey key) {
    List<LogLine> lines = new ArrayList<>();
    read(key, Math.max(0, lines(key) - settings.linesFoundMax()), lines::add);
    return lines;
  }

  /**
   * Hands over an attempt's lines from a number on, until the taker returns false. Of a log that
   * was removed, one line says so.
   */
  public void read(AttemptKey key, long from, Predicate<LogLine> taker) {
    try {
      if (from == 0 && removed(key) && !taker.test(removal(key))) {
        return;
      }
      current(key).read(from, (number, line) -> taker.test(line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hands over an attempt's lines from a number on, with their numbers. */
  public void readNumbered(AttemptKey key, long from, LineTaker taker) {
    try {
      current(key).read(from, taker);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns how many lines an attempt's log has. */
  public long lines(AttemptKey key) {
    return current(key).lines();
  }

  /** Waits until an attempt's log has more lines than known, or the time is over. */
  public void await(AttemptKey key, long known, long millis) throws InterruptedException {
    AttemptLog log;
    synchronized (this) {
      log = open.get(key);
    }
    if (log == null) {
      Thread.sleep(millis);
    } else {
      log.await(known, millis);
    }
  }

  /** Tells whether a log may still grow. */
  public synchronized boolean growing(AttemptKey key) {
    return open.containsKey(key);
  }

  /**
   * Returns the file beside an attempt's log that holds its flight recording, be it there or not.
   */
  public Path recording(AttemptKey key) {
    return beside(key, RECORDING);
  }

  /**
   * Returns a file beside an attempt's log, be it there or not; it goes when the job goes.
   *
   * @param ending tells what it is, with its dot
   */
  public Path beside(AttemptKey key, String ending) {
    return jobFolder(key.job()).resolve(ATTEMPT + key.attempt() + ending);
  }

  /** Returns the attempts that have such a file beside their log, the oldest jobs' first. */
  public List<AttemptKey> having(String ending) {
    List<AttemptKey> found = new ArrayList<>();
    Pattern name = Pattern.compile(ATTEMPT + "(\\d{1,9})" + Pattern.quote(ending));
    try {
      for (Path job : allJobFolders()) {
        for (String file : fileNames(job)) {
          Matcher matched = name.matcher(file);
          if (matched.matches()) {
            found.add(new AttemptKey(number(job), Integer.parseInt(matched.group(1))));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  /** Returns nothing of a job that has been removed meanwhile. */
  private static List<String> fileNames(Path job) throws IOException {
    try (Stream<Path> files = Files.list(job)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static long number(Path job) {
    return Long.parseLong(job.getFileName().toString());
  }

  /** Returns the flight recordings of all jobs. */
  public List<Path> recordings() {
    List<Path> found = new ArrayList<>();
    try {
      for (Path job : jobFolders()) {
        try (Stream<Path> files = Files.list(job)) {
          files.filter(file -> file.toString().endsWith(RECORDING)).forEach(found::add);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  /** Removes what is kept of a job that has ended. */
  public void remove(long job) {
    try {
      if (Files.isDirectory(jobFolder(job))) {
        delete(jobFolder(job));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells whether an attempt's log was removed to keep all within the bound. */
  boolean removed(AttemptKey key) {
    return Files.exists(removalMark(key)) && lines(key) == 0;
  }

  private Path removalMark(AttemptKey key) {
    return beside(key, REMOVED);
  }

  private LogLine removal(AttemptKey key) throws IOException {
    return new LogLine(
        Files.getLastModifiedTime(removalMark(key)).toInstant(),
        LogLine.Level.WARN,
        "platform",
        "The log of this attempt was removed, because the logs of all jobs had come to more than "
            + (settings.totalBytesMax() >> 20)
            + " MiB and the oldest jobs' go first. MILLRACE_KEEP_LOGS_MIB sets how much is kept.",
        JobLogs.class.getName(),
        "retention",
        null);
  }

  /**
   * Removes the logs of the oldest jobs that have ended until the rest is within the bound. Flight
   * recordings are no logs: they stay, and do not count.
   *
   * @param ended tells whether a job has ended: between two attempts of one no log is open
   */
  public Pruned prune(LongPredicate ended) {
    try {
      List<Path> jobs = jobFolders();
      long total = 0;
      for (Path job : jobs) {
        total += size(job);
      }
      int removed = 0;
      for (Path job : jobs) {
        if (total <= settings.totalBytesMax()) {
          break;
        }
        long bytes = size(job);
        if (bytes > 0 && ended.test(number(job))) {
          total -= bytes;
          deleteLogs(job);
          removed++;
        }
      }
      return new Pruned(removed, total);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    List<AttemptKey> keys;
    synchronized (this) {
      keys = List.copyOf(open.keySet());
    }
    keys.forEach(this::end);
  }

  private synchronized AttemptLog current(AttemptKey key) {
    AttemptLog log = open.get(key);
    return log == null ? log(key) : log;
  }

  private AttemptLog log(AttemptKey key) {
    return new AttemptLog(jobFolder(key.job()), key.attempt(), settings);
  }

  private Path jobFolder(long job) {
    return folder.resolve(String.valueOf(job / JOBS_A_FOLDER)).resolve(String.valueOf(job));
  }

  /** The folders of jobs without an open log, oldest first. */
  private List<Path> jobFolders() throws IOException {
    List<String> busy;
    synchronized (this) {
      busy = open.keySet().stream().map(key -> String.valueOf(key.job())).toList();
    }
    return allJobFolders().stream()
        .filter(path -> !busy.contains(path.getFileName().toString()))
        .toList();
  }

  private List<Path> allJobFolders() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(folder, 2)) {
      return paths
          .filter(path -> folder.relativize(path).getNameCount() == 2)
          .filter(path -> path.getFileName().toString().matches("\\d{1,18}"))
          .sorted(Comparator.comparingLong(JobLogs::number))
          .toList();
    }
  }

  private static long size(Path job) throws IOException {
    long bytes = 0;
    for (Path file : logFiles(job)) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  private static List<Path> logFiles(Path job) throws IOException {
    try (Stream<Path> files = Files.list(job)) {
      return files
          .filter(file -> LOG_FILE.matcher(file.getFileName().toString()).matches())
          .toList();
    }
  }

  private static void deleteLogs(Path job) throws IOException {
    for (Path file : logFiles(job)) {
      String attempt = LOG_FILE.matcher(file.getFileName().toString()).replaceFirst("$1");
      Path mark = job.resolve(attempt + REMOVED);
      if (!Files.exists(mark)) {
        Files.createFile(mark);
      }
      Files.delete(file);
    }
  }

  private static void delete(Path job) throws IOException {
    try (Stream<Path> files = Files.list(job)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.delete(job);
  }
}
