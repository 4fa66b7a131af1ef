package io.millrace.connectors.files.source.json;

/** Finds where a line's value begins. */
final class JsonLine {
  private JsonLine() {}

  /**
   * Returns the first byte that is not white space, nor part of a byte order mark where the line is
   * the first of its text.
   */
  static int start(byte[] data, int from, int end, boolean first) {
    int at = from;
    boolean mark =
        first
            && end - from >= 3
            && data[from] == (byte) 0xEF
            && data[from + 1] == (byte) 0xBB
            && data[from + 2] == (byte) 0xBF;
    at += mark ? 3 : 0;
    while (at < end && (data[at] == ' ' || data[at] == '\t' || data[at] == '\r')) {
      at++;
    }
    return at;
  }
}
