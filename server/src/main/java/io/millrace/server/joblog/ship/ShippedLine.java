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
 * @param id names it in its index, so that a request sent twice adds it once
 * @param key whose it is
 * @param line what was said
 * @param counts what a sync came to, or {@link Counts#NONE}
 */
record ShippedLine(String id, AttemptKey key, LogLine line, Counts counts) {
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

  /** Returns its two lines of a bulk request. */
  String bulk(String connection) {
    ObjectNode action = Documents.empty();
    action.putObject("create").put("_index", index()).put("_id", id);
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
