package io.millrace.testkit.example;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a file, as it is written into tokens: {@code {"byte": 120, "line": 7}}.
 *
 * @param at the byte at which reading goes on
 * @param line the number of the line that begins there; 1 is the header
 */
record Position(long at, long line) {
  static final int VERSION = 1;

  /** The state of a file in which no row has been seen yet. */
  static final Position BEFORE_ALL = new Position(0, 1);

  private static final Pattern FORM = Pattern.compile("\"byte\": (\\d+), \"line\": (\\d+)");

  String json() {
    return "{\"byte\": " + at + ", \"line\": " + line + "}";
  }

  /** Reads the first position in a token. */
  static Position of(String token) {
    Matcher matcher = FORM.matcher(token);
    if (!matcher.find()) {
      throw new IllegalArgumentException("No position in " + token);
    }
    return new Position(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
  }
}
