package io.millrace.connectors.files.source.csv;

import io.millrace.connectors.files.source.value.DecimalText;
import io.millrace.spi.type.LogicalType;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/** Decimals of up to 38 digits; those of up to 18 are parsed as longs. */
final class DecimalDecoder extends FixedDecoder {
  private static final int WIDTH_BYTES = 16;

  /** The lower and the higher half of each value. */
  private final long[] halves;

  private final int precision;
  private final int scale;
  private final boolean small;

  DecimalDecoder(
      int field, int column, Field arrowField, int blockRowsMax, LogicalType.Decimal type) {
    super(field, column, arrowField, blockRowsMax, WIDTH_BYTES);
    this.halves = new long[2 * blockRowsMax];
    this.precision = type.precision();
    this.scale = type.scale();
    this.small = precision <= DecimalText.SHORT_PRECISION_MAX;
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
    int digits = small ? precision : DecimalText.SHORT_PRECISION_MAX;
    long value =
        scale <= digits ? DecimalText.parse(data, from, to, digits, scale) : DecimalText.NONE;
    if (value != DecimalText.NONE) {
      store(row, value, value >> 63);
    } else if (small) {
      block.faults.mark(row, column);
    } else {
      longValue(block, row, data, from, to);
    }
  }

  private void longValue(Block block, int row, byte[] data, int from, int to) {
    @Nullable BigInteger value = DecimalText.parseLong(data, from, to, precision, scale);
    if (value == null) {
      block.faults.mark(row, column);
    } else {
      store(row, value.longValue(), value.shiftRight(Long.SIZE).longValue());
    }
  }

  @Override
  void clear(int row) {
    store(row, 0, 0);
  }

  @Override
  void copyValues(ByteBuffer room, int count) {
    room.asLongBuffer().put(halves, 0, 2 * count);
  }

  private void store(int row, long low, long high) {
    halves[2 * row] = low;
    halves[2 * row + 1] = high;
  }
}
