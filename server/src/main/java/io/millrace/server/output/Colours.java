package io.millrace.server.output;

/** The few colours there are, as escape sequences every terminal knows. */
final class Colours {
  private static final String RESET = "\033[0m";

  private Colours() {}

  static String bold(boolean colour, String text) {
    return colour ? "\033[1m" + text + RESET : text;
  }

  static String dim(boolean colour, String text) {
    return colour ? "\033[2m" + text + RESET : text;
  }

  static String green(boolean colour, String text) {
    return colour ? "\033[32m" + text + RESET : text;
  }

  /** Colours a line of a summary by what it says. */
  static String summary(boolean colour, String line) {
    if (!colour) {
      return line;
    }
    if (line.startsWith("Warning:")) {
      return "\033[33m" + line + RESET;
    }
    return line.contains(": succeeded, ") ? green(true, line) : line;
  }
}
