package io.millrace.connectors.postgres.destination.copy;

import java.sql.SQLException;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;

/** Booleans. */
final class BoolEncoder extends ColumnEncoder {
  private long values;

  @Override
  void take(FieldVector vector) {
    values = vector.getDataBuffer().memoryAddress();
  }

  @Override
  void putValue(int row, CopyBuffer out) throws SQLException {
    out.ensure(Integer.BYTES + 1);
    out.putInt(1);
    out.putByte((MemoryUtil.getByte(values + (row >> 3)) >> (row & 7)) & 1);
  }
}
