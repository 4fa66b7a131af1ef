package io.millrace.connectors.files.source.fetch;

import io.millrace.connectors.files.source.value.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The part of an input that is in memory: a padded buffer that slides over it and grows. Its fields
 * are open to the loops that read them for every byte. Used by one thread; {@link #close} may come
 * from another.
 */
public final class InputWindow implements AutoCloseable {
  /** How much is read at once. */
  public static final int CHUNK_BYTES = 256 << 10;

  /** The longest record that is held. */
  public static final int RECORD_BYTES_MAX = 32 << 20;

  /** The index keeps the byte before a record, so that none begins at 0. */
  private static final int FRONT = 8;

  private final InputStream input;
  private final int chunkBytes;
  private long remaining;

  /** The buffer; its bytes change with each {@link #fill}. */
  public byte[] data;

  /** The first byte not yet used. */
  public int start = FRONT;

  /** The byte behind the last one that was read. */
  public int limit = FRONT;

  /** Nothing follows behind {@link #limit}. */
  public boolean ended;

  /**
   * @param length how many bytes to take from the input; more than it has means all
   */
  public InputWindow(InputStream input, long length) {
    this(input, length, CHUNK_BYTES);
  }

  /** Makes a window that reads so many bytes at once. */
  public InputWindow(InputStream input, long length, int chunkBytes) {
    this.input = input;
    this.chunkBytes = chunkBytes;
    this.remaining = length;
    this.data = new byte[FRONT + chunkBytes + Bytes.PADDING];
  }

  /**
   * Reads more behind what is there.
   *
   * @return false when a record of the largest length already fills the buffer
   */
  public boolean fill() throws IOException {
    makeRoom();
    int room = data.length - Bytes.PADDING - limit;
    if (room == 0) {
      return false;
    }
    int wanted = (int) Math.min(room, remaining);
    int count = wanted == 0 ? -1 : input.readNBytes(data, limit, wanted);
    if (count < wanted || count == remaining) {
      ended = true;
    }
    if (count > 0) {
      limit += count;
      remaining -= count;
    }
    return true;
  }

  /** Drops everything in memory. */
  public void discard() {
    start = limit;
  }

  private void makeRoom() {
    int held = limit - start;
    if (start > FRONT) {
      System.arraycopy(data, start, data, FRONT, held);
      start = FRONT;
      limit = FRONT + held;
    }
    int size = data.length - FRONT - Bytes.PADDING;
    if (held == size && size < RECORD_BYTES_MAX) {
      data = Arrays.copyOf(data, FRONT + 2 * size + Bytes.PADDING);
    } else if (held <= chunkBytes / 2 && size > chunkBytes) {
      data = Arrays.copyOf(data, FRONT + chunkBytes + Bytes.PADDING);
    }
  }

  @Override
  public void close() {
    try {
      input.close();
    } catch (IOException e) {
      // Nothing is lost: the input was only read.
    }
  }
}
