package io.millrace.connectors.files.source.csv;

import io.millrace.connectors.files.source.value.DateText;
import java.nio.ByteBuffer;
import org.apache.arrow.vector.types.pojo.Field;

/** Days. */
final class DateDecoder extends FixedDecoder {
  private final int[] values;

  DateDecoder(int field, int column, Field arrowField, int blockRowsMax) {
    super(field, column, arrowField, blockRowsMax, Integer.BYTES);
    this.values = new int[blockRowsMax];
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
    int value = DateText.parse(data, from, to);
    if (value == DateText.NONE) {
      block.faults.mark(row, column);
    }
    values[row] = value;
  }

  @Override
  void clear(int row) {
    values[row] = 0;
  }

  @Override
  void copyValues(ByteBuffer room, int count) {
    room.asIntBuffer().put(values, 0, count);
  }
}
