package io.millrace.server.joblog;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The log of one attempt, on disk: full segments are compressed, the last one is open for more.
 * Thread-safe.
 */
final class AttemptLog implements AutoCloseable {
  /** The number of a line that was not taken. */
  static final long BEYOND = -1;

  private static final String OPEN = ".jsonl";
  private static final String PACKED = ".jsonl.gz";

  private final Path folder;
  private final String prefix;
  private final JobLogSettings settings;
  private final List<Path> packed = new ArrayList<>();
  private @Nullable OutputStream out;
  private int segment;
  private long segmentBytes;
  private long bytes;
  private long lines;
  private boolean broken;
  private boolean cut;
  private boolean ended;

  AttemptLog(Path folder, int attempt, JobLogSettings settings) {
    this.folder = folder;
    this.prefix = "attempt-" + attempt + "-";
    this.settings = settings;
    find();
  }

  /**
   * Adds a line; beyond the attempt's bound only warnings and errors, up to twice the bound.
   *
   * @return the line's number, or {@link #BEYOND} where it was beyond the bound
   */
  synchronized long append(LogLine line) throws IOException {
    boolean urgent = line.level().compareTo(LogLine.Level.WARN) >= 0;
    if (bytes >= settings.attemptBytesMax() * (urgent ? 2 : 1)) {
      if (!cut) {
        cut = true;
        write(line.json().put("message", "The log is full; only warnings follow.").toString());
      }
      return BEYOND;
    }
    write(line.json().toString());
    return lines - 1;
  }

  /** Returns the number of lines so far. */
  synchronized long lines() {
    return lines;
  }

  /** Waits until there are more than {@code known} lines, the log ends, or the time is over. */
  synchronized void await(long known, long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (lines <= known && !ended) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }

  /** Hands over the lines from a number on, until the taker has enough. */
  void read(long from, LineTaker taker) throws IOException {
    List<Path> files = files();
    long number = 0;
    for (Path file : files) {
      try (BufferedReader reader = reader(file)) {
        for (String text = reader.readLine(); text != null; text = reader.readLine()) {
          long at = number++;
          if (at < from) {
            continue;
          }
          LogLine line = LogLine.read(text).orElse(null);
          if (line != null && !taker.take(at, line)) {
            return;
          }
        }
      }
    }
  }

  /** Ends the writing: the last segment is compressed, too. A later line opens a new one. */
  @Override
  public synchronized void close() {
    ended = true;
    notifyAll();
    try {
      pack();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String text) throws IOException {
    byte[] line = (text + "\n").getBytes(StandardCharsets.UTF_8);
    OutputStream to = out == null ? open() : out;
    out = to;
    try {
      to.write(line);
    } catch (IOException e) {
      // Perhaps a part of the line is there; whoever opens the segment again ends it.
      out = null;
      broken = true;
      to.close();
      throw e;
    }
    bytes += line.length;
    segmentBytes += line.length;
    lines++;
    ended = false;
    notifyAll();
    if (segmentBytes >= settings.segmentBytes()) {
      pack();
    }
  }

  /** Opens the last segment behind what another process, or a full disk, left of a line. */
  private OutputStream open() throws IOException {
    Files.createDirectories(folder);
    Path file = file(segment, OPEN);
    boolean whole = !Files.exists(file) || endsWithNewline(file);
    OutputStream opened =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    try {
      if (!whole) {
        opened.write('\n');
        // What an earlier process left of a line was counted when the log was found.
        lines += broken ? 1 : 0;
      }
      broken = false;
      return opened;
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  private void pack() throws IOException {
    if (out != null) {
      out.close();
      out = null;
    }
    Path open = file(segment, OPEN);
    if (!Files.exists(open)) {
      return;
    }
    Path target = file(segment, PACKED);
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(part))) {
      Files.copy(open, gzip);
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    Files.delete(open);
    packed.add(target);
    segment++;
    segmentBytes = 0;
  }

  private synchronized List<Path> files() {
    List<Path> files = new ArrayList<>(packed);
    if (Files.exists(file(segment, OPEN))) {
      files.add(file(segment, OPEN));
    }
    return files;
  }

  /** Counts what is there, and changes nothing: who only reads needs no room on the disk. */
  private void find() {
    while (Files.exists(file(segment, PACKED))) {
      packed.add(file(segment, PACKED));
      segment++;
    }
    try {
      for (Path file : files()) {
        boolean open = file.equals(file(segment, OPEN));
        try (BufferedReader reader = reader(file)) {
          for (String text = reader.readLine(); text != null; text = reader.readLine()) {
            lines++;
            bytes += text.length() + 1L;
            segmentBytes += open ? text.length() + 1L : 0;
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean endsWithNewline(Path file) throws IOException {
    long size = Files.size(file);
    if (size == 0) {
      return true;
    }
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(size - 1);
      return in.read() == '\n';
    }
  }

  private Path file(int number, String ending) {
    return folder.resolve(prefix + number + ending);
  }

  private static BufferedReader reader(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
    return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
  }
}
