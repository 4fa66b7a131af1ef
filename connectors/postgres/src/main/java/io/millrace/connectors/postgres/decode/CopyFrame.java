package io.millrace.connectors.postgres.decode;

import io.millrace.spi.SystemException;

/**
 * The frame of one COPY in the binary format: a header, rows of a number of fields, a trailer. Each
 * message holds one row, as the server sends them.
 */
final class CopyFrame {
  private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', -1, '\r', '\n', 0};
  private static final int FLAGS_BYTES = 4;
  private static final int TRAILER = -1;

  /** The message has no row. */
  static final int NO_ROW = -1;

  private final int fields;
  private boolean headerSeen;
  private boolean trailerSeen;
  private long rowsSeen;

  /**
   * @param fields how many each row must have
   */
  CopyFrame(int fields) {
    this.fields = fields;
  }

  /**
   * Returns where the row of a message begins, with its number of fields, or {@link #NO_ROW}. It
   * ends where the message does.
   */
  int row(byte[] bytes, int from, int to) {
    int row = headerSeen ? from : behindHeader(bytes, from, to);
    if (row == to) {
      return NO_ROW;
    }
    int count = to - row < Short.BYTES ? 0 : Wire.int2(bytes, row);
    if (count == TRAILER && to - row == Short.BYTES) {
      trailerSeen = true;
      return NO_ROW;
    }
    if (count != fields || to - row < Short.BYTES || trailerSeen) {
      throw malformed("a row of " + count + " fields where " + fields + " were expected");
    }
    rowsSeen++;
    return row;
  }

  /** Tells whether the trailer has been seen. */
  boolean ended() {
    return trailerSeen;
  }

  /** Returns the number of rows so far. */
  long rowsSeen() {
    return rowsSeen;
  }

  private int behindHeader(byte[] bytes, int from, int to) {
    int length = SIGNATURE.length + 2 * FLAGS_BYTES;
    boolean known = to - from >= length;
    for (int i = 0; known && i < SIGNATURE.length; i++) {
      known = bytes[from + i] == SIGNATURE[i];
    }
    if (!known || Wire.int4(bytes, from + SIGNATURE.length) != 0) {
      throw malformed("no header of COPY's binary format");
    }
    headerSeen = true;
    long row = (long) from + length + Wire.int4(bytes, from + SIGNATURE.length + FLAGS_BYTES);
    if (row < from || row > to) {
      throw malformed("a header of COPY's binary format that is cut");
    }
    return (int) row;
  }

  static SystemException malformed(String found) {
    return new SystemException(
        "copy_malformed",
        "The server sent "
            + found
            + ". If it is behind a proxy or not a real PostgreSQL, connect to it directly;"
            + " otherwise please report this.");
  }
}
