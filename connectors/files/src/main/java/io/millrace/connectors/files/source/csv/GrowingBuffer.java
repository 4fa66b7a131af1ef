package io.millrace.connectors.files.source.csv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Bytes outside the heap that are added to until they become a buffer of a vector. */
final class GrowingBuffer implements AutoCloseable {
  private @Nullable BufferAllocator allocator;
  private @Nullable ArrowBuf buffer;
  private long length;

  /** Begins anew; the memory is taken with the first bytes. */
  void begin(BufferAllocator from, long bytesExpected) {
    close();
    allocator = from;
    length = 0;
    buffer = from.buffer(Math.max(Long.BYTES, bytesExpected));
  }

  /** Returns room for so many more bytes, little-endian, which count as added. */
  ByteBuffer room(int bytes) {
    ArrowBuf held = grown(length + bytes);
    ByteBuffer room = held.nioBuffer(length, bytes).order(ByteOrder.LITTLE_ENDIAN);
    length += bytes;
    return room;
  }

  /** Adds bytes. */
  void add(byte[] bytes, int count) {
    grown(length + count).setBytes(length, bytes, 0, count);
    length += count;
  }

  long length() {
    return length;
  }

  /** Gives the bytes away. */
  ArrowBuf take() {
    ArrowBuf held = grown(length);
    buffer = null;
    held.writerIndex(length);
    return held;
  }

  private ArrowBuf grown(long bytes) {
    ArrowBuf held = buffer;
    if (held == null || allocator == null) {
      throw new IllegalStateException("begin() comes first");
    }
    if (held.capacity() >= bytes) {
      return held;
    }
    ArrowBuf larger = allocator.buffer(Math.max(bytes, 2 * held.capacity()));
    larger.setBytes(0, held, 0, length);
    held.close();
    buffer = larger;
    return larger;
  }

  @Override
  public void close() {
    if (buffer != null) {
      buffer.close();
      buffer = null;
    }
  }
}
