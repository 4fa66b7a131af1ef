package io.millrace.connectors.faker;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;

/** Columns of 64-bit numbers and of decimals. */
final class Fixed {
  /** Stands for no value. */
  static final long NULL = Long.MIN_VALUE;

  private Fixed() {}

  /** A number made of a key that belongs to the column, and of the row's id. */
  interface Made {
    long of(long key, long id, Slice slice);
  }

  /**
   * Makes a column of numbers.
   *
   * @param salt parts this column's numbers from those of others; columns that depend on each other
   *     share it
   */
  static Filler longs(String salt, Made made) {
    return (vector, slice, stage) -> fill(vector, slice, stage, salt, made);
  }

  private static void fill(FieldVector vector, Slice slice, Stage stage, String salt, Made made) {
    int rows = slice.rows();
    byte[] out = stage.values(rows * Long.BYTES);
    long key = Mix.key(slice.seed(), salt);
    ((BaseFixedWidthVector) vector).allocateNew(rows);
    Validity.setAll(vector, rows);
    for (int i = 0; i < rows; i++) {
      long value = made.of(key, slice.firstId() + i, slice);
      Stage.LONG.set(out, i * Long.BYTES, value);
      if (value == NULL) {
        Validity.unset(vector, i);
      }
    }
    stage.copyValues(vector.getDataBuffer(), rows * Long.BYTES);
    vector.setValueCount(rows);
  }

  /** Makes a column of decimals, given as their digits without the point; none is null. */
  static Filler decimals(String salt, Made made) {
    return (vector, slice, stage) -> {
      int rows = slice.rows();
      ((BaseFixedWidthVector) vector).allocateNew(rows);
      Validity.setAll(vector, rows);
      ArrowBuf data = vector.getDataBuffer();
      long key = Mix.key(slice.seed(), salt);
      for (int i = 0; i < rows; i++) {
        long value = made.of(key, slice.firstId() + i, slice);
        data.setLong(i * 16L, value);
        data.setLong(i * 16L + 8, value >> 63);
      }
      vector.setValueCount(rows);
    };
  }
}
