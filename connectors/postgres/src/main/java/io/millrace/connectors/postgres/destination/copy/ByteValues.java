package io.millrace.connectors.postgres.destination.copy;

import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;

/** Where the values of a Utf8 or Binary vector lie. */
final class ByteValues {
  private static final int SHOWN_BYTES_MAX = 1024;
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private long offsets;
  private long data;

  void take(FieldVector vector) {
    offsets = vector.getOffsetBuffer().memoryAddress();
    data = vector.getDataBuffer().memoryAddress();
  }

  long start(int row) {
    return data + offset(row);
  }

  int length(int row) {
    return offset(row + 1) - offset(row);
  }

  /** Tells whether any byte of the first rows is zero. */
  boolean anyZero(int rows) {
    return hasZero(start(0), offset(rows) - (long) offset(0));
  }

  /** Returns the value as text, cut. */
  String shown(int row) {
    byte[] bytes = new byte[Math.min(length(row), SHOWN_BYTES_MAX)];
    MemoryUtil.copyFromMemory(start(row), bytes, 0, bytes.length);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Tells whether a range holds a zero byte, eight bytes at a step. */
  static boolean hasZero(long start, long length) {
    long at = start;
    long end = start + length;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      long word = MemoryUtil.getLong(at);
      if (((word - LOW_BITS) & ~word & HIGH_BITS) != 0) {
        return true;
      }
    }
    for (; at < end; at++) {
      if (MemoryUtil.getByte(at) == 0) {
        return true;
      }
    }
    return false;
  }

  private int offset(int row) {
    return MemoryUtil.getInt(offsets + (long) row * Integer.BYTES);
  }
}
