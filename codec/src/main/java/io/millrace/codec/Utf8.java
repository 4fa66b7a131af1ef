package io.millrace.codec;

/** Characters as UTF-8. */
final class Utf8 {
  private static final int BYTES_PER_CHAR_MAX = 3;

  private Utf8() {}

  /** Adds the characters; half of a surrogate pair alone has no UTF-8 and is a misfit. */
  static void put(ByteSink out, char[] chars, int offset, int length) throws MisfitException {
    byte[] room = out.reserve(Math.multiplyExact(length, BYTES_PER_CHAR_MAX));
    int start = out.size();
    int at = start;
    int end = offset + length;
    for (int i = offset; i < end; i++) {
      char c = chars[i];
      if (c < 0x80) {
        room[at++] = (byte) c;
      } else if (c < 0x800) {
        room[at++] = (byte) (0xC0 | (c >> 6));
        room[at++] = tail(c);
      } else if (!Character.isSurrogate(c)) {
        room[at++] = (byte) (0xE0 | (c >> 12));
        room[at++] = tail(c >> 6);
        room[at++] = tail(c);
      } else {
        at = putPair(room, at, c, ++i < end ? chars[i] : 0);
      }
    }
    out.advance(at - start);
  }

  private static int putPair(byte[] room, int at, char high, char low) throws MisfitException {
    if (!Character.isSurrogatePair(high, low)) {
      throw new MisfitException(
          "Unicode text", "half of a surrogate pair: \\u" + Integer.toHexString(high));
    }
    int code = Character.toCodePoint(high, low);
    room[at] = (byte) (0xF0 | (code >> 18));
    room[at + 1] = tail(code >> 12);
    room[at + 2] = tail(code >> 6);
    room[at + 3] = tail(code);
    return at + 4;
  }

  private static byte tail(int bits) {
    return (byte) (0x80 | (bits & 0x3F));
  }
}
