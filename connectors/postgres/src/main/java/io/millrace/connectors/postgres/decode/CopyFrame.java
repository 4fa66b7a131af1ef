package io.millrace.connectors.postgres.decode;

import io.millrace.spi.SystemException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The frame of one COPY in the binary format: a header, rows of a number of fields, a trailer. Each
 * message holds one row, as the server sends them.
 */
final class CopyFrame {
  private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', -1, '\r', '\n', 0};
  private static final int FLAGS_BYTES = 4;
  private static final int TRAILER = -1;

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

  /** Returns the row of a message, from its number of fields on, or null where it has none. */
  byte @Nullable [] row(byte[] message) {
    byte[] row = headerSeen ? message : withoutHeader(message);
    if (row.length == 0) {
      return null;
    }
    int count = Wire.int2(row, 0);
    if (count == TRAILER && row.length == Short.BYTES) {
      trailerSeen = true;
      return null;
    }
    if (count != fields || trailerSeen) {
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

  private byte[] withoutHeader(byte[] message) {
    int length = SIGNATURE.length + 2 * FLAGS_BYTES;
    boolean known = message.length >= length;
    for (int i = 0; known && i < SIGNATURE.length; i++) {
      known = message[i] == SIGNATURE[i];
    }
    if (!known || Wire.int4(message, SIGNATURE.length) != 0) {
      throw malformed("no header of COPY's binary format");
    }
    headerSeen = true;
    int extension = Wire.int4(message, SIGNATURE.length + FLAGS_BYTES);
    return Arrays.copyOfRange(message, length + extension, message.length);
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
