package io.millrace.connectors.files.format.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;

/** A growing array of bytes, filled from the front in the format's little-endian order. */
final class PageBytes {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int BYTES_MIN = 64;

  private byte[] bytes = new byte[BYTES_MIN];
  private int size;

  int size() {
    return size;
  }

  /** Returns the array that holds the bytes; valid until something is added. */
  byte[] array() {
    return bytes;
  }

  void clear() {
    size = 0;
  }

  void reserve(int more) {
    if (more > bytes.length - size) {
      int wanted = Math.addExact(size, more);
      bytes = Arrays.copyOf(bytes, (int) Math.min(1L << 30, Math.max(wanted, bytes.length * 2L)));
    }
  }

  void putByte(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  void putInt(int value) {
    reserve(Integer.BYTES);
    INT.set(bytes, size, value);
    size += Integer.BYTES;
  }

  /** Adds the first numbers of the array as 64-bit integers. */
  void putLongs(long[] values, int count) {
    reserve(count * Long.BYTES);
    for (int i = 0; i < count; i++) {
      LONG.set(bytes, size + i * Long.BYTES, values[i]);
    }
    size += count * Long.BYTES;
  }

  /** Adds the first numbers of the array as 32-bit integers. */
  void putInts(long[] values, int count) {
    reserve(count * Integer.BYTES);
    for (int i = 0; i < count; i++) {
      INT.set(bytes, size + i * Integer.BYTES, (int) values[i]);
    }
    size += count * Integer.BYTES;
  }

  void put(byte[] source, int offset, int length) {
    reserve(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  void put(ArrowBuf source, long offset, int length) {
    if (length > 0) {
      reserve(length);
      source.getBytes(offset, bytes, size, length);
      size += length;
    }
  }

  /** Overwrites a 32-bit integer at an index that was added before. */
  void setInt(int at, int value) {
    INT.set(bytes, at, value);
  }

  /** Adds a number in the variable-length form that the format calls ULEB128. */
  void putVarInt(int value) {
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      putByte((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    putByte(rest);
  }
}
