package io.millrace.connectors.postgres.decode;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.jspecify.annotations.Nullable;

/**
 * Writes text and bytes. Room for the values of a batch is made as the last batch needed it, and
 * grows where that is not enough.
 */
final class BytesWriter extends ColumnWriter {
  private static final long FIRST_BYTES_PER_ROW = 16;
  private static final long ROOM_MIN_BYTES = 256;

  private final int skip;
  private @Nullable ArrowBuf offsets;
  private @Nullable ArrowBuf values;
  private long offsetsAddress;
  private long valuesAddress;
  private long capacity;
  private int end;
  private double bytesPerRow = FIRST_BYTES_PER_ROW;

  /**
   * @param skip the bytes at the beginning of each value that are left out: 1 for {@code jsonb},
   *     whose first byte is its version
   */
  BytesWriter(BufferAllocator allocator, int skip) {
    super(allocator);
    this.skip = skip;
  }

  @Override
  long bytesOfRow() {
    return Integer.BYTES + (long) bytesPerRow;
  }

  @Override
  void allocate(int rows, long bytesMax) {
    ArrowBuf ends = allocator.buffer((rows + 1L) * Integer.BYTES);
    offsets = ends;
    offsetsAddress = ends.memoryAddress();
    MemoryUtil.putInt(offsetsAddress, 0);
    end = 0;
    capacity = Math.max(ROOM_MIN_BYTES, Math.min(bytesMax, (long) (rows * bytesPerRow)));
    ArrowBuf room = allocator.buffer(capacity);
    values = room;
    valuesAddress = room.memoryAddress();
  }

  @Override
  void write(byte[][] rows, int[] at, int count, int first) {
    for (int i = 0; i < count; i++) {
      byte[] row = rows[i];
      int value = at[i] + Integer.BYTES;
      int length = Wire.int4(row, at[i]);
      if (length >= 0) {
        append(row, value + skip, length - skip, i);
        at[i] = value + length;
      } else {
        setNull(first + i);
        at[i] = value;
      }
      MemoryUtil.putInt(offsetsAddress + (first + i + 1L) * Integer.BYTES, end);
    }
  }

  private void append(byte[] bytes, int at, int size, int message) {
    int from = end;
    if (from + (long) size > capacity) {
      grow(from + (long) size, message);
    }
    MemoryUtil.copyToMemory(bytes, at, valuesAddress + from, size);
    end = from + size;
  }

  @Override
  void rewind(int first, int count) {
    super.rewind(first, count);
    end = MemoryUtil.getInt(offsetsAddress + (long) first * Integer.BYTES);
  }

  private void grow(long needed, int message) {
    if (needed > Integer.MAX_VALUE) {
      throw new UnfitValueException(message, "The values of a batch exceed 2 GiB.", "");
    }
    long bytes = Math.max(needed, Math.min(capacity * 2, Integer.MAX_VALUE));
    ArrowBuf larger = allocator.buffer(bytes);
    MemoryUtil.copyMemory(valuesAddress, larger.memoryAddress(), end);
    release(values);
    values = larger;
    valuesAddress = larger.memoryAddress();
    capacity = bytes;
  }

  @Override
  void fill(FieldVector vector, ArrowFieldNode node, int rows) {
    ArrowBuf ends = taken(offsets);
    ArrowBuf bytes = taken(values);
    ends.writerIndex((rows + 1L) * Integer.BYTES);
    bytes.writerIndex(end);
    give(vector, node, validityBuffer(), ends, bytes);
    if (rows > 0) {
      bytesPerRow = 1.1 * end / rows + 1;
    }
  }

  @Override
  void free() {
    release(offsets);
    release(values);
    offsets = null;
    values = null;
  }
}
