package io.millrace.connectors.files.source.value;

/** Tells valid UTF-8 from other bytes. */
public final class Utf8 {
  private Utf8() {}

  /**
   * Tells whether the range is well-formed UTF-8 as Unicode defines it: no overlong forms, no
   * surrogates, nothing beyond U+10FFFF. The data are padded.
   */
  public static boolean valid(byte[] data, int from, int to) {
    int at = from;
    while (at < to) {
      if (at + Long.BYTES <= to && (Bytes.word(data, at) & Bytes.HIGH_BITS) == 0) {
        at += Long.BYTES;
        continue;
      }
      int length = sequence(data, at, to);
      if (length == 0) {
        return false;
      }
      at += length;
    }
    return true;
  }

  /** Returns the length of the character at {@code at}, or 0 when there is none. */
  private static int sequence(byte[] data, int at, int to) {
    int lead = data[at] & 0xFF;
    if (lead < 0x80) {
      return 1;
    }
    int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (lead < 0xC2 || lead > 0xF4 || at + length > to) {
      return 0;
    }
    int second = data[at + 1] & 0xFF;
    int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (second < least || second > most) {
      return 0;
    }
    for (int i = 2; i < length; i++) {
      if ((data[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }
}
