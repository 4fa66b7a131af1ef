package io.millrace.connectors.postgres.destination.copy;

import java.sql.SQLException;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;

/** Integers of any width as {@code smallint}, {@code integer} or {@code bigint}, never narrower. */
final class IntegerEncoder extends ColumnEncoder {
  private final int sourceBytes;
  private final int targetBytes;
  private long values;

  IntegerEncoder(int sourceBits, int targetBytes) {
    this.sourceBytes = sourceBits / Byte.SIZE;
    this.targetBytes = targetBytes;
  }

  @Override
  void take(FieldVector vector) {
    values = vector.getDataBuffer().memoryAddress();
  }

  @Override
  void putValue(int row, CopyBuffer out) throws SQLException {
    out.ensure(Integer.BYTES + Long.BYTES);
    long value = read(values, sourceBytes, row);
    out.putInt(targetBytes);
    switch (targetBytes) {
      case Long.BYTES -> out.putLong(value);
      case Integer.BYTES -> out.putInt((int) value);
      default -> out.putShort((int) value);
    }
  }

  static long read(long values, int width, int row) {
    return switch (width) {
      case Long.BYTES -> MemoryUtil.getLong(values + (long) row * Long.BYTES);
      case Integer.BYTES -> MemoryUtil.getInt(values + (long) row * Integer.BYTES);
      case Short.BYTES -> MemoryUtil.getShort(values + (long) row * Short.BYTES);
      default -> MemoryUtil.getByte(values + row);
    };
  }
}
