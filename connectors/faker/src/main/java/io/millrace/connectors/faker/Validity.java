package io.millrace.connectors.faker;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;

/** The bits that say which rows have a value. */
final class Validity {
  private Validity() {}

  /** Says that the first {@code rows} rows have values. */
  static void setAll(FieldVector vector, int rows) {
    ArrowBuf bits = vector.getValidityBuffer();
    bits.setOne(0L, rows >> 3);
    if ((rows & 7) != 0) {
      bits.setByte(rows >> 3, (1 << (rows & 7)) - 1);
    }
  }

  /** Says that the row has no value. */
  static void unset(FieldVector vector, int row) {
    ArrowBuf bits = vector.getValidityBuffer();
    bits.setByte(row >> 3, bits.getByte(row >> 3) & ~(1 << (row & 7)));
  }
}
