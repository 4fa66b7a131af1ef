package io.millrace.codec;

import io.millrace.spi.RejectedRow;

/** Leaves the reading of a row. It has no stack trace, because there may be millions of them. */
final class MisfitException extends Exception {
  private final String text;

  /**
   * @param expected what was expected, to follow the word "expected"
   * @param text the offending text
   */
  MisfitException(String expected, String text) {
    super("Expected " + expected + ".", null, false, false);
    this.text =
        text.length() > RejectedRow.VALUE_CHARS_MAX
            ? text.substring(0, RejectedRow.VALUE_CHARS_MAX)
            : text;
  }

  String text() {
    return text;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
