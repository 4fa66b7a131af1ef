package io.millrace.testkit.arrow;

import io.millrace.spi.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Makes batches of rows, and rows of batches. Both ways are exact or fail. */
public final class Batches {
  private Batches() {}

  /**
   * Makes vectors of rows. Besides the classes that {@link Row} lists, any integer class stands for
   * an integer, {@code byte[]} for binary and a {@code BigDecimal} of any scale that needs no
   * rounding for a decimal.
   *
   * @throws RuntimeException when a value is not exactly one of its column's type; nothing stays
   *     allocated then
   */
  public static VectorSchemaRoot root(BufferAllocator allocator, Schema schema, List<Row> rows) {
    VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator);
    try {
      root.allocateNew();
      for (int column = 0; column < schema.getFields().size(); column++) {
        fill(root.getVector(column), column, rows);
      }
      root.setRowCount(rows.size());
      return root;
    } catch (RuntimeException e) {
      root.close();
      throw e;
    }
  }

  /** Makes a batch that owns the vectors of {@link #root}. */
  public static RecordBatch batch(BufferAllocator allocator, Schema schema, List<Row> rows) {
    VectorSchemaRoot root = root(allocator, schema, rows);
    return new RecordBatch(root, rows.toString().length());
  }

  /** Returns the rows of vectors, which stay as they are. */
  public static List<Row> rows(VectorSchemaRoot root) {
    List<FieldVector> vectors = root.getFieldVectors();
    List<Row> rows = new ArrayList<>(root.getRowCount());
    for (int i = 0; i < root.getRowCount(); i++) {
      List<@Nullable Object> values = new ArrayList<>(vectors.size());
      for (FieldVector vector : vectors) {
        values.add(CellReader.read(vector, i));
      }
      rows.add(new Row(values));
    }
    return rows;
  }

  /** Returns the rows of a batch, which stays as it is. */
  public static List<Row> rows(RecordBatch batch) {
    return rows(batch.root());
  }

  private static void fill(FieldVector vector, int column, List<Row> rows) {
    for (int i = 0; i < rows.size(); i++) {
      Object value = rows.get(i).get(column);
      try {
        CellWriter.write(vector, i, value);
      } catch (ArithmeticException | ClassCastException e) {
        throw new IllegalArgumentException(
            "Row " + i + ": " + vector.getField() + " cannot hold " + value, e);
      }
    }
    vector.setValueCount(rows.size());
  }
}
