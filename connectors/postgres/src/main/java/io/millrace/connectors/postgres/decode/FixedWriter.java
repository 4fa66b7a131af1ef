package io.millrace.connectors.postgres.decode;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.jspecify.annotations.Nullable;

/** Writes values of one width in bytes. */
abstract class FixedWriter extends ColumnWriter {
  private final int width;
  private @Nullable ArrowBuf values;

  /** Where the value of row 0 is. */
  long address;

  FixedWriter(BufferAllocator allocator, int width) {
    super(allocator);
    this.width = width;
  }

  @Override
  final long bytesOfRow() {
    return width;
  }

  @Override
  final void allocate(int rows, long bytesMax) {
    ArrowBuf buffer = allocator.buffer((long) rows * width);
    values = buffer;
    address = buffer.memoryAddress();
  }

  static UnfitValueException wrongLength(int message, int length) {
    return new UnfitValueException(
        message, "A value has " + length + " bytes, which its column's type never has.", "");
  }

  @Override
  final void fill(FieldVector vector, ArrowFieldNode node, int rows) {
    ArrowBuf buffer = taken(values);
    buffer.writerIndex((long) rows * width);
    give(vector, node, validityBuffer(), buffer);
  }

  @Override
  final void free() {
    release(values);
    values = null;
  }
}
