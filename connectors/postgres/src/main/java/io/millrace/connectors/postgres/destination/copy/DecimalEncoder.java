package io.millrace.connectors.postgres.destination.copy;

import io.millrace.spi.type.LogicalType;
import io.millrace.spi.type.SpecialValues;
import java.sql.SQLException;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;

/** 128-bit decimals as {@code numeric}, without an object per value. */
final class DecimalEncoder extends ColumnEncoder {
  private static final int DECIMAL_BYTES = 16;
  private static final int GROUPS_MAX =
      LogicalType.Decimal.PRECISION_MAX / NumericDigits.BASE_DIGITS + 3;

  private final NumericDigits digits;
  private long values;

  DecimalEncoder(int scale) {
    digits = new NumericDigits(scale, GROUPS_MAX);
  }

  @Override
  void take(FieldVector vector) {
    values = vector.getDataBuffer().memoryAddress();
  }

  @Override
  void putValue(int row, CopyBuffer out) throws SQLException {
    long at = values + (long) row * DECIMAL_BYTES;
    long low = MemoryUtil.getLong(at);
    long high = MemoryUtil.getLong(at + Long.BYTES);
    if (high == SpecialValues.DECIMAL_NAN_HIGH && low == SpecialValues.DECIMAL_NAN_LOW) {
      NumericDigits.putSpecial(NumericDigits.NAN, out);
    } else {
      digits.put(high, low, out);
    }
  }
}
