package io.millrace.spi;

import org.jspecify.annotations.Nullable;

/**
 * A row that could not be carried and goes to quarantine instead.
 *
 * @param position where the row is at its source, such as {@code line 1042} or a key; the same row
 *     has the same position when it is read again
 * @param column the column at fault, or null when the whole row is
 * @param reason one sentence that names what was expected
 * @param value the offending text, at most {@value #VALUE_CHARS_MAX} characters
 */
public record RejectedRow(String position, @Nullable String column, String reason, String value) {
  /** The number of characters of a value that are kept. */
  public static final int VALUE_CHARS_MAX = 1024;

  public RejectedRow {
    if (value.length() > VALUE_CHARS_MAX) {
      value = value.substring(0, VALUE_CHARS_MAX);
    }
  }
}
