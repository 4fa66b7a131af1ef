package io.millrace.connectors.files.source.value;

/** {@code true} and {@code false}, in lower case. */
public final class BooleanText {
  private static final int TRUE = 0x65757274;
  private static final int FALSE_START = 0x736c6166;

  private BooleanText() {}

  /** Returns 1, 0, or -1 for other texts. The data are padded. */
  public static int parse(byte[] data, int from, int to) {
    int length = to - from;
    if (length != 4 && length != 5) {
      return -1;
    }
    int start = (int) Bytes.word(data, from);
    if (length == 4) {
      return start == TRUE ? 1 : -1;
    }
    return start == FALSE_START && data[from + 4] == 'e' ? 0 : -1;
  }
}
