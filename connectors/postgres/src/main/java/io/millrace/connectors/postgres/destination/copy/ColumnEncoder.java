package io.millrace.connectors.postgres.destination.copy;

import java.sql.SQLException;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;

/**
 * Writes the values of one column. Made once per writer, bound to each batch in turn; used by one
 * thread.
 *
 * <p>Values are read at their addresses, without bounds checks: rows must lie within the batch.
 */
abstract class ColumnEncoder {
  private static final int NULL_LENGTH = -1;

  private boolean nulls;
  private long validity;

  /** Takes the addresses of a batch that has at least one row. */
  final void bind(FieldVector vector) {
    nulls = vector.getNullCount() > 0;
    validity = nulls ? vector.getValidityBuffer().memoryAddress() : 0;
    take(vector);
  }

  /** Takes the addresses of the values. */
  abstract void take(FieldVector vector);

  /** Writes a value that is not null, in the form of its column. */
  abstract void putValue(int row, CopyBuffer out) throws SQLException;

  /** Writes the mark of a null: that of the binary form, unless overridden. */
  void putNull(CopyBuffer out) throws SQLException {
    out.ensure(Integer.BYTES);
    out.putInt(NULL_LENGTH);
  }

  final void put(int row, CopyBuffer out) throws SQLException {
    if (isNull(row)) {
      putNull(out);
    } else {
      putValue(row, out);
    }
  }

  final boolean isNull(int row) {
    return nulls && ((MemoryUtil.getByte(validity + (row >> 3)) >> (row & 7)) & 1) == 0;
  }
}
