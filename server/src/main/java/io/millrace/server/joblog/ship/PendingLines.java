package io.millrace.server.joblog.ship;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.joblog.AttemptKey;
import io.millrace.server.joblog.JobLogs;
import io.millrace.server.joblog.LogLine;
import io.millrace.server.json.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which lines the cluster has not taken yet. Thread-safe.
 *
 * <p>While some of an attempt's wait, a file beside its log names the first of them: a process that
 * is killed leaves the file, and the next one goes on there. A disk that takes no file costs no
 * line but those of a kill at that moment.
 */
final class PendingLines {
  static final String ENDING = ".shipping";

  private static final String NEXT = "next";
  private static final String END = "end";

  private final JobLogs logs;
  private final Map<AttemptKey, Waiting> attempts = new HashMap<>();

  PendingLines(JobLogs logs) {
    this.logs = logs;
  }

  /**
   * What an earlier process has left of an attempt.
   *
   * @param from the first line that may not have been taken; beyond all lines where only the end
   *     waits
   * @param end the line that says what the job came to, where it was not taken
   */
  record Left(AttemptKey key, long from, Optional<ShippedLine> end) {}

  /** What waits of one attempt. */
  private static final class Waiting {
    private static final long NOTHING = Long.MAX_VALUE;

    private final TreeSet<Long> numbers = new TreeSet<>();

    /** From here on the log itself is read. */
    private long unread = NOTHING;

    private @Nullable ShippedLine end;

    private long first() {
      return Math.min(unread, numbers.isEmpty() ? NOTHING : numbers.first());
    }

    private boolean over() {
      return first() == NOTHING && end == null;
    }
  }

  /**
   * Takes over what earlier processes have left, the oldest first. May take long where many jobs
   * are kept; lines may come meanwhile.
   */
  List<Left> left() {
    return logs.having(ENDING).stream().flatMap(key -> left(key).stream()).toList();
  }

  private synchronized Optional<Left> left(AttemptKey key) {
    Waiting waiting = waiting(key);
    if (waiting.unread == Waiting.NOTHING) {
      // Of this process, and perhaps taken meanwhile.
      settle(key);
      return Optional.empty();
    }
    return Optional.of(new Left(key, waiting.unread, Optional.ofNullable(waiting.end)));
  }

  /** Takes note that a line waits. Cheap but for the first of an attempt's. */
  synchronized void add(ShippedLine line) {
    Waiting waiting = waiting(line.key());
    long first = waiting.first();
    if (line.number() == ShippedLine.END) {
      waiting.end = line;
    } else {
      waiting.numbers.add(line.number());
    }
    if (line.number() == ShippedLine.END || waiting.first() < first) {
      keep(line.key(), waiting);
    }
  }

  /** A file that is there before the first line waits is an earlier process's. */
  private Waiting waiting(AttemptKey key) {
    return attempts.computeIfAbsent(key, this::read);
  }

  /** Takes note that lines wait no longer, whatever became of them. */
  synchronized void done(List<ShippedLine> lines) {
    Set<AttemptKey> touched = new LinkedHashSet<>();
    for (ShippedLine line : lines) {
      Waiting waiting = attempts.get(line.key());
      if (waiting == null) {
        continue;
      }
      long first = waiting.first();
      if (line.number() == ShippedLine.END) {
        waiting.end = null;
        touched.add(line.key());
      } else {
        waiting.numbers.remove(line.number());
      }
      if (waiting.first() != first) {
        touched.add(line.key());
      }
    }
    touched.forEach(this::settle);
  }

  /** Takes note how far the log of an attempt that was left has been read and taken. */
  synchronized void reached(AttemptKey key, long next) {
    Waiting waiting = attempts.get(key);
    if (waiting != null) {
      waiting.unread = next;
      settle(key);
    }
  }

  /** Takes note that the log of an attempt that was left has been read to its end. */
  void reachedEnd(AttemptKey key) {
    reached(key, Waiting.NOTHING);
  }

  private void settle(AttemptKey key) {
    Waiting waiting = attempts.get(key);
    if (waiting == null) {
      return;
    }
    if (waiting.over()) {
      attempts.remove(key);
    }
    keep(key, waiting);
  }

  private void keep(AttemptKey key, Waiting waiting) {
    Path file = logs.beside(key, ENDING);
    try {
      if (waiting.over()) {
        Files.deleteIfExists(file);
        return;
      }
      ObjectNode json = Documents.empty().put(NEXT, waiting.first());
      if (waiting.end != null) {
        ObjectNode end = json.putObject(END);
        end.put("line", waiting.end.line().json().toString());
        end.put("records", waiting.end.counts().records());
        end.put("bytes", waiting.end.counts().bytes());
      }
      Files.createDirectories(file.getParent());
      Files.writeString(file, json.toString());
    } catch (IOException e) {
      // Said nowhere: a line of the log for each that comes would come back here.
    }
  }

  /** Of a file that a kill left half written, the whole log waits: no line stands there twice. */
  private Waiting read(AttemptKey key) {
    Waiting waiting = new Waiting();
    try {
      JsonNode json = Documents.MAPPER.readTree(Files.readString(logs.beside(key, ENDING)));
      JsonNode end = json.path(END);
      // Where only the end of the job waits, the place is beyond every line, and there to be left.
      waiting.unread = Math.min(json.path(NEXT).asLong(), Waiting.NOTHING - 1);
      if (end.isObject()) {
        waiting.end =
            LogLine.read(end.path("line").asText())
                .map(line -> new ShippedLine(key, ShippedLine.END, line, counts(end)))
                .orElse(null);
      }
    } catch (NoSuchFileException e) {
      return waiting;
    } catch (IOException e) {
      waiting.unread = 0;
    }
    return waiting;
  }

  private static ShippedLine.Counts counts(JsonNode end) {
    return new ShippedLine.Counts(end.path("records").asLong(), end.path("bytes").asLong());
  }
}
