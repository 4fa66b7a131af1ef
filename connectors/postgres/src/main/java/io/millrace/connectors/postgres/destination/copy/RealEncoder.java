package io.millrace.connectors.postgres.destination.copy;

import java.sql.SQLException;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;

/** Floats as {@code real} or {@code double precision}, never narrower; bits stay as they are. */
final class RealEncoder extends ColumnEncoder {
  private final boolean fromDouble;
  private final boolean toDouble;
  private long values;

  RealEncoder(int sourceBits, int targetBytes) {
    this.fromDouble = sourceBits == Double.SIZE;
    this.toDouble = targetBytes == Double.BYTES;
  }

  @Override
  void take(FieldVector vector) {
    values = vector.getDataBuffer().memoryAddress();
  }

  @Override
  void putValue(int row, CopyBuffer out) throws SQLException {
    out.ensure(Integer.BYTES + Double.BYTES);
    if (fromDouble) {
      out.putInt(Double.BYTES);
      out.putLong(MemoryUtil.getLong(values + (long) row * Double.BYTES));
      return;
    }
    int bits = MemoryUtil.getInt(values + (long) row * Float.BYTES);
    if (toDouble) {
      out.putInt(Double.BYTES);
      out.putLong(Double.doubleToRawLongBits(Float.intBitsToFloat(bits)));
    } else {
      out.putInt(Float.BYTES);
      out.putInt(bits);
    }
  }
}
