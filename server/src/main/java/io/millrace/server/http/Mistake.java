package io.millrace.server.http;

import org.jspecify.annotations.Nullable;

/**
 * A wrong field of a request.
 *
 * @param path where it stands: {@code syncCatalog.streams[2].config.syncMode}
 * @param value the scalar that was given, cut to a bound; null when it is absent, secret or no
 *     scalar
 * @param expected what was expected: {@code a UUID}
 */
public record Mistake(String path, @Nullable String value, String expected) {
  private static final int VALUE_CHARS_MAX = 100;

  public Mistake {
    if (value != null && value.length() > VALUE_CHARS_MAX) {
      int end = VALUE_CHARS_MAX;
      boolean half = Character.isHighSurrogate(value.charAt(end - 1));
      value = value.substring(0, half ? end - 1 : end) + "…";
    }
  }

  /** Returns the mistake as a sentence. */
  public String sentence() {
    String given = value == null ? "" : " is \"" + value + "\";";
    return path + given + (given.isEmpty() ? ": expected " : " expected ") + expected + ".";
  }
}
