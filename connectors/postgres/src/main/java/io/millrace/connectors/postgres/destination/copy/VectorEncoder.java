package io.millrace.connectors.postgres.destination.copy;

import java.sql.SQLException;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;

/**
 * Lists of floats of fixed length, as pgvector's {@code vector} (dimension, a reserved field, the
 * floats) or as an array of {@code real}.
 */
final class VectorEncoder extends ColumnEncoder {
  private static final int REAL_OID = 700;
  private static final int LOWER_BOUND = 1;
  private static final int ARRAY_HEADER_BYTES = 5 * Integer.BYTES;

  private final int dimension;
  private final boolean asArray;
  private long values;

  VectorEncoder(int dimension, boolean asArray) {
    this.dimension = dimension;
    this.asArray = asArray;
  }

  @Override
  void take(FieldVector vector) {
    values = ((FixedSizeListVector) vector).getDataVector().getDataBuffer().memoryAddress();
  }

  @Override
  void putValue(int row, CopyBuffer out) throws SQLException {
    putHeader(out);
    long at = values + (long) row * dimension * Float.BYTES;
    for (int i = 0; i < dimension; i++) {
      out.ensure(2 * Integer.BYTES);
      if (asArray) {
        out.putInt(Float.BYTES);
      }
      out.putInt(MemoryUtil.getInt(at + (long) i * Float.BYTES));
    }
  }

  private void putHeader(CopyBuffer out) throws SQLException {
    out.ensure(Integer.BYTES + ARRAY_HEADER_BYTES);
    if (!asArray) {
      out.putInt(2 * Short.BYTES + dimension * Float.BYTES);
      out.putShort(dimension);
      out.putShort(0);
      return;
    }
    out.putInt(ARRAY_HEADER_BYTES + dimension * (Integer.BYTES + Float.BYTES));
    out.putInt(1);
    out.putInt(0);
    out.putInt(REAL_OID);
    out.putInt(dimension);
    out.putInt(LOWER_BOUND);
  }
}
