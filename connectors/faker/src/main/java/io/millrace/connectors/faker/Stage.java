package io.millrace.connectors.faker;

import org.apache.arrow.vector.VarCharVector;

/** Where the texts of a column are put together before they become a vector. For one thread. */
final class Stage {
  private byte[] bytes = new byte[1 << 16];

  /** Returns an array with room for so many bytes; what it held is gone. */
  byte[] room(int size) {
    if (size > bytes.length) {
      bytes = new byte[size];
    }
    return bytes;
  }

  /** Moves the first {@code size} bytes into the vector, whose offsets the caller has set. */
  void moveTo(VarCharVector vector, int size) {
    vector.getDataBuffer().setBytes(0, bytes, 0, size);
  }
}
