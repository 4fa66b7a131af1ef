package io.millrace.connectors.files.source.csv;

import io.millrace.connectors.files.source.value.DoubleText;
import java.nio.ByteBuffer;
import org.apache.arrow.vector.types.pojo.Field;

/** Floating-point numbers of 64 bits. */
final class DoubleDecoder extends FixedDecoder {
  private final double[] values;

  DoubleDecoder(int field, int column, Field arrowField, int blockRowsMax) {
    super(field, column, arrowField, blockRowsMax, Double.BYTES);
    this.values = new double[blockRowsMax];
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
    if (!DoubleText.accepts(data, from, to)) {
      block.faults.mark(row, column);
      return;
    }
    values[row] = DoubleText.parse(data, from, to);
  }

  @Override
  void clear(int row) {
    values[row] = 0;
  }

  @Override
  void copyValues(ByteBuffer room, int count) {
    room.asDoubleBuffer().put(values, 0, count);
  }
}
