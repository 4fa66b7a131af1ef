package io.millrace.engine.simulation;

import java.util.ArrayList;
import java.util.List;

/** What happened, in order; the same for the same seed. */
final class Trace {
  private static final int TAIL_LINES = 80;

  private final List<String> lines = new ArrayList<>();

  synchronized void add(String line) {
    lines.add(line);
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  /** Returns the last lines, for a failure's message. */
  synchronized String tail() {
    int from = Math.max(0, lines.size() - TAIL_LINES);
    return String.join("\n  ", lines.subList(from, lines.size()));
  }
}
