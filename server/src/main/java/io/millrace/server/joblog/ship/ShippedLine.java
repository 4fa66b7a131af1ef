package io.millrace.server.joblog.ship;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.joblog.AttemptKey;
import io.millrace.server.joblog.LogLine;
import io.millrace.server.json.Documents;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A line on its way.
 *
 * @param key whose it is
 * @param number its place in the attempt's log, or {@link #END}
 * @param line what was said
 * @param counts what a sync came to, or {@link Counts#NONE}
 */
record ShippedLine(AttemptKey key, long number, LogLine line, Counts counts) {
  /** The number of the line that says what a job came to, which stands in no log. */
  static final long END = -1;

  /** The rows and bytes of a sync that has ended. */
  record Counts(long records, long bytes) {
    static final Counts NONE = new Counts(-1, -1);
  }

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu.MM.dd", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** About how much memory and how much of a request it takes. */
  long chars() {
    String stack = line.stackTrace();
    return 500L + line.message().length() + (stack == null ? 0 : stack.length());
  }

  /** Returns its index: one a day, by the line's own time in UTC. */
  String index() {
    return index(line.at());
  }

  static String index(Instant at) {
    return IndexTemplate.PREFIX + DAY.format(at);
  }

  /**
   * Names it in its index, so that a line sent twice stands there once, be it sent by the process
   * that comes after this one. A store that was put back counts its jobs anew: time and text tell
   * its lines from the older ones.
   *
   * @param sender tells this installation from others that send to the same cluster
   */
  String id(String sender) {
    return String.join(
        "-",
        sender,
        String.valueOf(key.job()),
        String.valueOf(key.attempt()),
        number == END ? "end" : String.valueOf(number),
        String.valueOf(line.at().toEpochMilli()),
        Integer.toHexString(line.message().hashCode()));
  }

  /** Returns its two lines of a bulk request. */
  String bulk(String sender, String connection) {
    ObjectNode action = Documents.empty();
    action.putObject("create").put("_index", index()).put("_id", id(sender));
    ObjectNode document = Documents.empty();
    document.put("timestamp", line.at().toString());
    document.put("level", line.level().name());
    document.put("service", line.source());
    document.put("message", line.message());
    document.put("job_id", String.valueOf(key.job()));
    document.put("attempt", key.attempt());
    if (!connection.isEmpty()) {
      document.put("connection_id", connection);
    }
    if (counts.records() >= 0) {
      document.put("records_synced", counts.records());
      document.put("bytes_synced", counts.bytes());
    }
    document.put("caller", line.caller());
    document.put("thread", line.thread());
    if (line.stackTrace() != null) {
      document.put("stack_trace", line.stackTrace());
    }
    return action + "\n" + document + "\n";
  }
}
