package io.millrace.connectors.postgres.destination.copy;

import io.millrace.spi.type.SpecialValues;
import java.sql.SQLException;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;

/** Dates as {@code date}, or as {@code timestamp} at midnight. */
final class DateEncoder extends ColumnEncoder {
  private final boolean asTimestamp;
  private long values;

  DateEncoder(boolean asTimestamp) {
    this.asTimestamp = asTimestamp;
  }

  @Override
  void take(FieldVector vector) {
    values = vector.getDataBuffer().memoryAddress();
  }

  @Override
  void putValue(int row, CopyBuffer out) throws SQLException {
    out.ensure(Integer.BYTES + Long.BYTES);
    int days = days(row);
    if (asTimestamp) {
      out.putInt(Long.BYTES);
      out.putLong(PgTime.pgMicros(micros(days)));
    } else {
      out.putInt(Integer.BYTES);
      out.putInt(PgTime.pgDays(days));
    }
  }

  /** Returns the midnight of a day that {@code timestamp} holds, infinities included. */
  private static long micros(int days) {
    if (days == SpecialValues.DATE_INFINITY) {
      return SpecialValues.TIMESTAMP_INFINITY;
    }
    if (days == SpecialValues.DATE_MINUS_INFINITY) {
      return SpecialValues.TIMESTAMP_MINUS_INFINITY;
    }
    return days * PgTime.DAY_MICROS;
  }

  private int days(int row) {
    return MemoryUtil.getInt(values + (long) row * Integer.BYTES);
  }
}
