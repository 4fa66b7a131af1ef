package io.millrace.connectors.postgres.destination.copy;

import java.sql.SQLException;
import org.apache.arrow.vector.FieldVector;

/** Integers as {@code numeric}. */
final class IntegerAsNumericEncoder extends ColumnEncoder {
  private static final int GROUPS_MAX = 6;

  private final int sourceBytes;
  private final NumericDigits digits = new NumericDigits(0, GROUPS_MAX);
  private long values;

  IntegerAsNumericEncoder(int sourceBits) {
    this.sourceBytes = sourceBits / Byte.SIZE;
  }

  @Override
  void take(FieldVector vector) {
    values = vector.getDataBuffer().memoryAddress();
  }

  @Override
  void putValue(int row, CopyBuffer out) throws SQLException {
    long value = IntegerEncoder.read(values, sourceBytes, row);
    digits.put(value >> 63, value, out);
  }
}
