package io.millrace.connectors.postgres.destination.copy;

import java.sql.SQLException;
import org.apache.arrow.vector.FieldVector;

/** Integers of at most 32 bits as {@code double precision}, which holds each exactly. */
final class IntegerAsDoubleEncoder extends ColumnEncoder {
  private final int sourceBytes;
  private long values;

  IntegerAsDoubleEncoder(int sourceBits) {
    this.sourceBytes = sourceBits / Byte.SIZE;
  }

  @Override
  void take(FieldVector vector) {
    values = vector.getDataBuffer().memoryAddress();
  }

  @Override
  void putValue(int row, CopyBuffer out) throws SQLException {
    out.ensure(Integer.BYTES + Double.BYTES);
    out.putInt(Double.BYTES);
    out.putLong(Double.doubleToRawLongBits((double) IntegerEncoder.read(values, sourceBytes, row)));
  }
}
