package io.millrace.connectors.files.source.csv;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.Field;

/** A column that the file lacks: every value is null. */
final class AbsentDecoder extends ColumnDecoder {
  AbsentDecoder(int column, Field arrowField, int blockRowsMax) {
    super(0, column, arrowField, blockRowsMax);
  }

  @Override
  void allocate(BufferAllocator allocator, int rowsExpected) {}

  @Override
  void decodeRows(Block block) {
    for (int row = 0; row < block.index.rows; row++) {
      noteNull(row);
    }
  }

  @Override
  void decodeSlowly(Block block) {
    decodeRows(block);
  }

  @Override
  void value(Block block, int row, byte[] data, int from, int to) {
    throw new IllegalStateException("An absent column has no values.");
  }

  @Override
  void appendValues(int rows) {}

  @Override
  void fill(FieldVector vector, ArrowFieldNode node, ArrowBuf valid) {
    vector.setInitialCapacity(node.getLength());
    vector.allocateNew();
    vector.setValueCount(node.getLength());
  }

  @Override
  long bytes() {
    return 0;
  }

  @Override
  void clear(int row) {}

  @Override
  public void close() {}
}
