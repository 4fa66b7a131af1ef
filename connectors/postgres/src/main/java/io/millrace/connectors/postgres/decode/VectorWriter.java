package io.millrace.connectors.postgres.decode;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.jspecify.annotations.Nullable;

/** Writes pgvector's {@code vector}: two 16-bit numbers (dimension, unused), then floats. */
final class VectorWriter extends ColumnWriter {
  private static final int HEADER = 4;

  private final int dimension;
  private @Nullable ArrowBuf itemValidity;
  private @Nullable ArrowBuf items;
  private long address;

  VectorWriter(BufferAllocator allocator, int dimension) {
    super(allocator);
    this.dimension = dimension;
  }

  @Override
  long bytesOfRow() {
    return (long) dimension * Float.BYTES;
  }

  @Override
  void allocate(int rows, long bytesMax) {
    long count = (long) rows * dimension;
    ArrowBuf validity = allocator.buffer((count + 7) / 8);
    itemValidity = validity;
    MemoryUtil.setMemory(validity.memoryAddress(), (count + 7) / 8, (byte) -1);
    ArrowBuf buffer = allocator.buffer(count * Float.BYTES);
    items = buffer;
    address = buffer.memoryAddress();
  }

  @Override
  void write(byte[][] rows, int[] at, int count, int first) {
    for (int i = 0; i < count; i++) {
      int value = at[i] + Integer.BYTES;
      int length = Wire.int4(rows[i], at[i]);
      if (length < 0) {
        setNull(first + i);
        at[i] = value;
      } else {
        floats(rows[i], value, length, first + i, i);
        at[i] = value + length;
      }
    }
  }

  private void floats(byte[] bytes, int at, int length, int row, int message) {
    if (length != HEADER + dimension * Float.BYTES || Wire.int2(bytes, at) != dimension) {
      throw new UnfitValueException(
          message, "A vector does not have the " + dimension + " elements of its column.", "");
    }
    long to = address + (long) row * dimension * Float.BYTES;
    for (int i = 0; i < dimension; i++) {
      MemoryUtil.putInt(
          to + (long) i * Float.BYTES, Wire.int4(bytes, at + HEADER + i * Float.BYTES));
    }
  }

  @Override
  void fill(FieldVector vector, ArrowFieldNode node, int rows) {
    long count = (long) rows * dimension;
    ArrowBuf validity = taken(itemValidity);
    ArrowBuf buffer = taken(items);
    validity.writerIndex((count + 7) / 8);
    buffer.writerIndex(count * Float.BYTES);
    give(vector, node, validityBuffer());
    give(
        ((FixedSizeListVector) vector).getDataVector(),
        new ArrowFieldNode(count, 0),
        validity,
        buffer);
  }

  @Override
  void free() {
    release(itemValidity);
    release(items);
    itemValidity = null;
    items = null;
  }
}
