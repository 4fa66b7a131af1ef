package io.millrace.connectors.files.source.csv;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.Field;

/** A column whose values all take the same number of bytes. */
abstract class FixedDecoder extends ColumnDecoder {
  private final int width;
  private final GrowingBuffer values = new GrowingBuffer();

  FixedDecoder(int field, int column, Field arrowField, int blockRowsMax, int width) {
    super(field, column, arrowField, blockRowsMax);
    this.width = width;
  }

  /** Copies the first values of the block, little-endian. */
  abstract void copyValues(ByteBuffer room, int count);

  @Override
  final void allocate(BufferAllocator allocator, int rowsExpected) {
    values.begin(allocator, (long) rowsExpected * width);
  }

  @Override
  final void appendValues(int rows) {
    copyValues(values.room(rows * width), rows);
  }

  @Override
  final void fill(FieldVector vector, ArrowFieldNode node, ArrowBuf valid) {
    try (ArrowBuf taken = values.take()) {
      vector.loadFieldBuffers(node, List.of(valid, taken));
    }
  }

  @Override
  final long bytes() {
    return values.length();
  }

  @Override
  public final void close() {
    values.close();
  }
}
