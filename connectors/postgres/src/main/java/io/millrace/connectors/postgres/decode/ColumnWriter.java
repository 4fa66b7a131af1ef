package io.millrace.connectors.postgres.decode;

import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.jspecify.annotations.Nullable;

/**
 * Writes the values of one column into Arrow buffers, many rows in one loop: each kind of column
 * has a loop of its own, which the compiler makes tight. Addresses are written to directly: {@link
 * #begin} makes room for a number of rows, and no index ever reaches it.
 *
 * <p>Calls come in the order {@code (begin (write | rewind)* (load | close))*}.
 */
abstract class ColumnWriter implements AutoCloseable {
  final BufferAllocator allocator;
  private @Nullable ArrowBuf validity;
  private long validityAddress;
  private int nulls;

  ColumnWriter(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  /**
   * Makes room for a batch; every row is valid until {@link #setNull}.
   *
   * @param rows its largest number of rows
   * @param bytesMax about how large the values may become before the batch is taken
   */
  final void begin(int rows, long bytesMax) {
    long bytes = (rows + 7L) / 8;
    ArrowBuf buffer = allocator.buffer(bytes);
    validity = buffer;
    validityAddress = buffer.memoryAddress();
    MemoryUtil.setMemory(validityAddress, bytes, (byte) -1);
    nulls = 0;
    allocate(rows, bytesMax);
  }

  /** Returns about how many bytes {@link #begin} takes for a row, whatever comes. */
  abstract long bytesOfRow();

  /** Makes room for the values of a batch. */
  abstract void allocate(int rows, long bytesMax);

  /**
   * Writes the column of some rows and moves on behind it.
   *
   * @param rows the messages, each a row
   * @param at where the column's length begins in each; afterwards, where the next column's does
   * @param count the number of messages
   * @param first the row of the batch that the first message becomes
   * @throws UnfitValueException when the column's type cannot carry a value; {@link
   *     UnfitValueException#message} says which
   */
  abstract void write(byte[][] rows, int[] at, int count, int first);

  /** Takes back every row from the given one on. */
  void rewind(int first, int count) {
    for (int row = first; row < first + count; row++) {
      long address = validityAddress + (row >> 3);
      byte bits = MemoryUtil.getByte(address);
      if ((bits & (1 << (row & 7))) == 0) {
        MemoryUtil.putByte(address, (byte) (bits | (1 << (row & 7))));
        nulls--;
      }
    }
  }

  /** Marks a row as null. */
  final void setNull(int row) {
    long address = validityAddress + (row >> 3);
    MemoryUtil.putByte(address, (byte) (MemoryUtil.getByte(address) & ~(1 << (row & 7))));
    nulls++;
  }

  /** Gives the values of the first rows to the vector. */
  final void load(FieldVector vector, int rows) {
    fill(vector, new ArrowFieldNode(rows, nulls), rows);
    close();
  }

  /** Gives the buffers to the vector, {@link #validityBuffer} among them. */
  abstract void fill(FieldVector vector, ArrowFieldNode node, int rows);

  /** Gives buffers to a vector, which keeps them beyond {@link #close}. */
  static void give(FieldVector vector, ArrowFieldNode node, ArrowBuf... buffers) {
    vector.loadFieldBuffers(node, List.of(buffers));
  }

  final ArrowBuf validityBuffer() {
    return taken(validity);
  }

  static ArrowBuf taken(@Nullable ArrowBuf buffer) {
    if (buffer == null) {
      throw new IllegalStateException("No batch has begun.");
    }
    return buffer;
  }

  static void release(@Nullable ArrowBuf buffer) {
    if (buffer != null) {
      buffer.close();
    }
  }

  /** Frees what {@link #load} did not give away. */
  @Override
  public void close() {
    release(validity);
    validity = null;
    free();
  }

  /** Frees the values. */
  abstract void free();
}
