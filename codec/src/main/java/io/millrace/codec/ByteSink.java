package io.millrace.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;

/** A growing array of bytes that is filled from the front and used again. For one thread. */
public final class ByteSink {
  private static final int BYTES_MAX = Integer.MAX_VALUE - 8;
  private static final int BYTES_MIN = 64;

  private byte[] bytes;
  private int size;

  /** Makes an empty sink with room for {@code capacity} bytes before it grows. */
  public ByteSink(int capacity) {
    bytes = new byte[Math.max(BYTES_MIN, capacity)];
  }

  /** Returns the number of bytes it holds. */
  public int size() {
    return size;
  }

  /** Returns the array that holds the bytes, from index 0; valid until something is added. */
  public byte[] array() {
    return bytes;
  }

  /** Forgets every byte and keeps the room. */
  public void clear() {
    size = 0;
  }

  /** Forgets every byte behind the first {@code newSize}. */
  public void truncate(int newSize) {
    if (newSize < 0 || newSize > size) {
      throw new IllegalArgumentException("Cannot cut " + size + " bytes to " + newSize + ".");
    }
    size = newSize;
  }

  /**
   * Makes room for {@code more} bytes and returns the array, which may be filled from {@link #size}
   * on; {@link #advance} then adds what was filled.
   */
  public byte[] reserve(int more) {
    if (more > bytes.length - size) {
      grow(more);
    }
    return bytes;
  }

  /** Adds bytes that were put into the array of {@link #reserve}. */
  public void advance(int count) {
    size += count;
  }

  /** Adds one byte. */
  public void put(int value) {
    reserve(1)[size++] = (byte) value;
  }

  /** Adds bytes. */
  public void put(byte[] source) {
    put(source, 0, source.length);
  }

  /** Adds {@code length} bytes from {@code offset} on. */
  public void put(byte[] source, int offset, int length) {
    System.arraycopy(source, offset, reserve(length), size, length);
    size += length;
  }

  /** Adds {@code length} bytes of a buffer from {@code offset} on. */
  public void put(ArrowBuf source, long offset, int length) {
    if (length > 0) {
      source.getBytes(offset, reserve(length), size, length);
      size += length;
    }
  }

  /** Adds text that has only ASCII characters. */
  public void putAscii(String text) {
    int length = text.length();
    byte[] room = reserve(length);
    for (int i = 0; i < length; i++) {
      room[size + i] = (byte) text.charAt(i);
    }
    size += length;
  }

  /** Adds text as UTF-8. */
  public void putUtf8(String text) {
    put(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes every byte to the stream. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
  }

  /** Returns a copy of the bytes. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** Returns the bytes read as UTF-8. */
  @Override
  public String toString() {
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }

  private void grow(int more) {
    long wanted = (long) size + more;
    if (wanted > BYTES_MAX) {
      throw new IllegalStateException("A value of more than " + BYTES_MAX + " bytes has no room.");
    }
    bytes = Arrays.copyOf(bytes, (int) Math.min(BYTES_MAX, Math.max(wanted, bytes.length * 2L)));
  }
}
