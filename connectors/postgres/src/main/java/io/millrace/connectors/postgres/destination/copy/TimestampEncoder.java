package io.millrace.connectors.postgres.destination.copy;

import java.sql.SQLException;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;

/** Timestamps with and without zone: both are microseconds on both sides. */
final class TimestampEncoder extends ColumnEncoder {
  private long values;

  @Override
  void take(FieldVector vector) {
    values = vector.getDataBuffer().memoryAddress();
  }

  @Override
  void putValue(int row, CopyBuffer out) throws SQLException {
    out.ensure(Integer.BYTES + Long.BYTES);
    out.putInt(Long.BYTES);
    out.putLong(PgTime.pgMicros(micros(row)));
  }

  private long micros(int row) {
    return MemoryUtil.getLong(values + (long) row * Long.BYTES);
  }
}
