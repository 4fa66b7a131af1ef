package io.millrace.server.output;

import io.millrace.engine.Failure;
import io.millrace.engine.StreamSummary;
import io.millrace.engine.SyncStatus;
import java.util.ArrayList;
import java.util.List;

/** What stderr says about an outcome: the most important sentence first, a few lines in all. */
public final class Sentences {
  /** The most lines that a failure takes on stderr. */
  public static final int LINES_MAX = 4;

  private Sentences() {}

  /** Returns the lines of a message, cut to the bound. */
  public static List<String> of(String message) {
    return cut(message.lines().filter(line -> !line.isBlank()).toList(), "");
  }

  /** Returns the lines about an outcome; none when everything succeeded. */
  static List<String> of(Outcome outcome, SecretMask mask) {
    if (outcome.failure() != null) {
      return of(mask.mask(Outcome.messageOf(outcome.failure())));
    }
    List<String> lines = new ArrayList<>();
    for (StreamSummary stream : outcome.streams()) {
      Failure failure = stream.failure();
      if (failure != null) {
        String message = String.join(" ", failure.message().lines().toList());
        lines.add(mask.mask(withStream(stream, message)));
      }
    }
    if (outcome.status() == SyncStatus.CANCELLED) {
      lines.addFirst("Stopped. The same command goes on where it stopped.");
    }
    return cut(lines, " failed streams");
  }

  private static String withStream(StreamSummary stream, String message) {
    String name = stream.stream().display();
    return message.contains(name) ? message : name + ": " + message;
  }

  private static List<String> cut(List<String> lines, String what) {
    if (lines.size() <= LINES_MAX) {
      return lines;
    }
    List<String> kept = new ArrayList<>(lines.subList(0, LINES_MAX - 1));
    kept.add("... and " + (lines.size() - kept.size()) + " more" + what + ".");
    return kept;
  }
}
