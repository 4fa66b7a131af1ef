package io.millrace.engine.shape;

import io.millrace.spi.RecordBatch;
import io.millrace.spi.RejectedRow;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/**
 * Sets aside rows whose key has a null: they can be told apart from no other row, so a merge could
 * only lose or double them.
 */
final class NullKeys {
  private final List<String> primaryKey;

  NullKeys(List<String> primaryKey) {
    this.primaryKey = primaryKey;
  }

  /** Takes the batch over; returns it as it is, or a copy without the rows at fault. */
  Shaped setAside(RecordBatch batch, String partitionId, long before) {
    @Nullable BitSet faulty = faulty(batch.root());
    if (faulty == null) {
      return new Shaped(batch, List.of());
    }
    try (batch) {
      return without(batch, faulty, partitionId, before);
    }
  }

  private @Nullable BitSet faulty(VectorSchemaRoot root) {
    @Nullable BitSet faulty = null;
    for (String key : primaryKey) {
      FieldVector vector = root.getVector(key);
      if (vector.getNullCount() == 0) {
        continue;
      }
      faulty = faulty == null ? new BitSet() : faulty;
      for (int row = 0; row < root.getRowCount(); row++) {
        if (vector.isNull(row)) {
          faulty.set(row);
        }
      }
    }
    return faulty;
  }

  private Shaped without(RecordBatch batch, BitSet faulty, String partitionId, long before) {
    VectorSchemaRoot root = batch.root();
    List<RejectedRow> rejected = new ArrayList<>();
    VectorSchemaRoot kept =
        VectorSchemaRoot.create(root.getSchema(), root.getVector(0).getAllocator());
    int rows = 0;
    for (int row = 0; row < root.getRowCount(); row++) {
      if (faulty.get(row)) {
        rejected.add(rejection(root, row, partitionId, before));
        continue;
      }
      for (int column = 0; column < root.getFieldVectors().size(); column++) {
        kept.getVector(column).copyFromSafe(row, rows, root.getVector(column));
      }
      rows++;
    }
    kept.setRowCount(rows);
    return new Shaped(new RecordBatch(kept, batch.sourceBytes()), rejected);
  }

  private RejectedRow rejection(VectorSchemaRoot root, int row, String partitionId, long before) {
    String column =
        primaryKey.stream()
            .filter(key -> root.getVector(key).isNull(row))
            .findFirst()
            .orElseThrow();
    StringBuilder value = new StringBuilder();
    for (FieldVector vector : root.getFieldVectors()) {
      value.append(vector.getName()).append('=').append(vector.getObject(row)).append(' ');
    }
    return new RejectedRow(
        partitionId + " row " + (before + row + 1),
        column,
        "The key column " + column + " is null, and the sync mode tells rows apart by it.",
        value.toString());
  }
}
