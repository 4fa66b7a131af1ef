package io.millrace.connectors.files.source.csv;

import io.millrace.connectors.files.source.value.BooleanText;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.Field;

/** Truth values, a bit each. */
final class BooleanDecoder extends ColumnDecoder {
  private final byte[] values;
  private byte[] bits = new byte[128];
  private final GrowingBuffer buffer = new GrowingBuffer();
  private int rows;

  BooleanDecoder(int field, int column, Field arrowField, int blockRowsMax) {
    super(field, column, arrowField, blockRowsMax);
    this.values = new byte[blockRowsMax];
  }

  @Override
  void allocate(BufferAllocator allocator, int rowsExpected) {
    buffer.begin(allocator, (rowsExpected + 7) >>> 3);
    rows = 0;
    Arrays.fill(bits, (byte) 0);
  }

  @Override
  void decodeRows(Block block) {
    FieldIndex index = block.index;
    int[] ends = index.ends;
    byte[] data = block.data;
    for (int row = 0, slot = field; row < index.rows; row++, slot += index.stride) {
      int from = (ends[slot] & FieldIndex.POSITION) + 1;
      int to = ends[slot + 1];
      if (to > FieldIndex.POSITION) {
        slow(block, row, from, to);
      } else if (from == to) {
        noteNull(row);
      } else {
        value(block, row, data, from, to);
      }
    }
  }

  @Override
  void value(Block block, int row, byte[] data, int from, int to) {
    int value = BooleanText.parse(data, from, to);
    if (value < 0) {
      block.faults.mark(row, column);
    }
    values[row] = (byte) (value & 1);
  }

  @Override
  void clear(int row) {
    values[row] = 0;
  }

  @Override
  void appendValues(int count) {
    int bytes = (rows + count + 7) >>> 3;
    if (bytes > bits.length) {
      bits = Arrays.copyOf(bits, Math.max(bytes, 2 * bits.length));
    }
    for (int row = 0; row < count; row++) {
      int target = rows + row;
      bits[target >>> 3] |= (byte) (values[row] << (target & 7));
    }
    rows += count;
  }

  @Override
  void fill(FieldVector vector, ArrowFieldNode node, ArrowBuf valid) {
    buffer.add(bits, (rows + 7) >>> 3);
    try (ArrowBuf taken = buffer.take()) {
      vector.loadFieldBuffers(node, List.of(valid, taken));
    }
  }

  @Override
  long bytes() {
    return (long) rows >>> 3;
  }

  @Override
  public void close() {
    buffer.close();
  }
}
