package io.millrace.connectors.postgres.decode;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.jspecify.annotations.Nullable;

/** Writes {@code bool}: one byte on the wire, one bit in Arrow. */
final class BoolWriter extends ColumnWriter {
  private @Nullable ArrowBuf values;
  private long address;

  BoolWriter(BufferAllocator allocator) {
    super(allocator);
  }

  @Override
  long bytesOfRow() {
    return 1;
  }

  @Override
  void allocate(int rows, long bytesMax) {
    long bytes = (rows + 7L) / 8;
    ArrowBuf buffer = allocator.buffer(bytes);
    values = buffer;
    address = buffer.memoryAddress();
    MemoryUtil.setMemory(address, bytes, (byte) 0);
  }

  @Override
  void write(byte[][] rows, int[] at, int count, int first) {
    for (int i = 0; i < count; i++) {
      byte[] row = rows[i];
      int value = at[i] + Integer.BYTES;
      int length = Wire.int4(row, at[i]);
      if (length == 1) {
        set(first + i, row[value]);
        at[i] = value + 1;
      } else if (length < 0) {
        setNull(first + i);
        at[i] = value;
      } else {
        throw FixedWriter.wrongLength(i, length);
      }
    }
  }

  private void set(int row, byte value) {
    long place = address + (row >> 3);
    int others = MemoryUtil.getByte(place) & ~(1 << (row & 7));
    int bit = value == 0 ? 0 : 1;
    MemoryUtil.putByte(place, (byte) (others | (bit << (row & 7))));
  }

  @Override
  void fill(FieldVector vector, ArrowFieldNode node, int rows) {
    ArrowBuf buffer = taken(values);
    buffer.writerIndex((rows + 7L) / 8);
    give(vector, node, validityBuffer(), buffer);
  }

  @Override
  void free() {
    release(values);
    values = null;
  }
}
