package io.millrace.connectors.postgres.destination.copy;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/**
 * The place of a row in extraction order, as a last column of type {@code bigint}: the partition's
 * ordinal in the upper bits, the row's number within the partition in the lower.
 */
final class SequenceColumn {
  static final int ROW_BITS = 40;
  static final int ORDINAL_MAX = (1 << (Long.SIZE - 1 - ROW_BITS)) - 1;

  private final long base;
  private long first;

  SequenceColumn(int ordinal) {
    if (ordinal < 0 || ordinal > ORDINAL_MAX) {
      throw new IllegalArgumentException(
          "A partition's ordinal is at most " + ORDINAL_MAX + ", not " + ordinal + ".");
    }
    base = (long) ordinal << ROW_BITS;
  }

  /** Sets the number of the batch's first row. */
  void start(long rowNumber) {
    first = base + rowNumber;
  }

  void putBinary(int row, CopyBuffer out) throws SQLException {
    out.ensure(Integer.BYTES + Long.BYTES);
    out.putInt(Long.BYTES);
    out.putLong(first + row);
  }

  void putText(int row, CopyBuffer out) throws SQLException {
    byte[] digits = Long.toString(first + row).getBytes(StandardCharsets.US_ASCII);
    out.ensure(1);
    out.putByte('\t');
    out.putArray(digits, 0, digits.length);
  }
}
