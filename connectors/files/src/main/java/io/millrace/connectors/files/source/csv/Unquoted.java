package io.millrace.connectors.files.source.csv;

import io.millrace.connectors.files.source.value.Bytes;

/** The content of a field in quotes or with escapes; one is used again for every field. */
final class Unquoted {
  /** Where the content is: in the buffer itself, or in a copy. */
  byte[] data = {};

  int from;
  int to;
  boolean quoted;

  private final int quote;
  private final int escape;
  private byte[] copy = new byte[1024];

  Unquoted(Dialect dialect) {
    this.quote = dialect.quote();
    this.escape = dialect.escape();
  }

  /**
   * Points at the content of a field.
   *
   * @param end the field's end with its flags
   */
  void resolve(byte[] buffer, int start, int end) {
    int position = end & FieldIndex.POSITION;
    quoted = (end & FieldIndex.QUOTED) != 0;
    data = buffer;
    from = quoted ? start + 1 : start;
    to = quoted ? position - 1 : position;
    if ((end & FieldIndex.ESCAPED) != 0) {
      unescape();
    }
  }

  private void unescape() {
    if (copy.length < to - from + Bytes.PADDING) {
      copy = new byte[2 * (to - from) + Bytes.PADDING];
    }
    int length = 0;
    for (int at = from; at < to; at++) {
      byte found = data[at];
      boolean special = found == escape || (quoted && found == quote);
      if (special && at + 1 < to) {
        at++;
      }
      copy[length++] = data[at];
    }
    data = copy;
    from = 0;
    to = length;
  }
}
