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

  /** The most lines about what a user wrote: each is a place to correct. */
  private static final int MISTAKES_MAX = 51;

  private Sentences() {}

  /** Returns the lines of what is wrong with what a user wrote, cut to a far larger bound. */
  public static List<String> ofMistakes(String message) {
    return cut(lines(message), MISTAKES_MAX, "");
  }

  /** Returns the lines of a message, cut to the bound. */
  public static List<String> of(String message) {
    return cut(lines(message), LINES_MAX, "");
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
    return cut(lines, LINES_MAX, " failed streams");
  }

  private static String withStream(StreamSummary stream, String message) {
    String name = stream.stream().display();
    return message.contains(name) ? message : name + ": " + message;
  }

  private static List<String> lines(String message) {
    return message.lines().filter(line -> !line.isBlank()).toList();
  }

  private static List<String> cut(List<String> lines, int max, String what) {
    if (lines.size() <= max) {
      return lines;
    }
    List<String> kept = new ArrayList<>(lines.subList(0, max - 1));
    kept.add("... and " + (lines.size() - kept.size()) + " more" + what + ".");
    return kept;
  }
}
