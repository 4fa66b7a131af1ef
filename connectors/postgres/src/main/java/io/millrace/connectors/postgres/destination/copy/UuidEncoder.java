package io.millrace.connectors.postgres.destination.copy;

import java.sql.SQLException;
import org.apache.arrow.vector.FieldVector;

/** UUIDs: sixteen bytes on both sides. */
final class UuidEncoder extends ColumnEncoder {
  private static final int UUID_BYTES = 16;
  private long values;

  @Override
  void take(FieldVector vector) {
    values = vector.getDataBuffer().memoryAddress();
  }

  @Override
  void putValue(int row, CopyBuffer out) throws SQLException {
    out.ensure(Integer.BYTES + UUID_BYTES);
    out.putInt(UUID_BYTES);
    out.putMemory(values + (long) row * UUID_BYTES, UUID_BYTES);
  }
}
