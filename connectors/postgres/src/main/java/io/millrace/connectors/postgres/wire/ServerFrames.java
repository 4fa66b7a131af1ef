package io.millrace.connectors.postgres.wire;

/**
 * Follows what a server sends from the first byte on and knows where its messages begin and end: a
 * byte with the type, four bytes with a length that counts itself, the content. For one thread.
 *
 * <p>Before the first message the server may answer with a single byte whether it encrypts. Once it
 * does, or what it sends is no such message, nothing is known any more.
 */
final class ServerFrames {
  /** The type and the length. */
  static final int HEADER_BYTES = 1 + Integer.BYTES;

  private static final int BYTE_MASK = 0xff;

  private boolean begun;
  private boolean opaque;
  private int headerSeen;
  private int length;
  private int type;
  private long contentLeft;

  /** Tells whether the messages can be told apart. */
  boolean known() {
    return begun && !opaque;
  }

  /** Tells whether the last byte was the end of a message of this type. */
  boolean endsWith(int wanted) {
    return known() && headerSeen == 0 && contentLeft == 0 && type == wanted;
  }

  /** Returns how many more bytes are certain to belong to the message that the next one is of. */
  int certain() {
    return contentLeft > 0
        ? (int) Math.min(Integer.MAX_VALUE, contentLeft)
        : HEADER_BYTES - headerSeen;
  }

  /** Takes the next bytes of the server. */
  void pass(byte[] bytes, int from, int count) {
    int at = from;
    int end = from + count;
    while (at < end && !opaque) {
      if (!begun) {
        begin(bytes[at] & BYTE_MASK);
        at += begun ? 0 : 1;
      } else if (contentLeft > 0) {
        int passed = (int) Math.min(contentLeft, end - at);
        contentLeft -= passed;
        at += passed;
      } else {
        header(bytes[at] & BYTE_MASK);
        at++;
      }
    }
  }

  private void begin(int first) {
    switch (first) {
      case 'N' -> {
        // The server does not encrypt; it may be asked again, for another kind.
      }
      case 'S', 'G' -> opaque = true;
      default -> begun = true;
    }
  }

  private void header(int next) {
    if (headerSeen == 0) {
      type = next;
      length = 0;
    } else {
      length = length << Byte.SIZE | next;
    }
    headerSeen++;
    if (headerSeen == HEADER_BYTES) {
      headerSeen = 0;
      contentLeft = (long) length - Integer.BYTES;
      opaque = contentLeft < 0;
    }
  }
}
