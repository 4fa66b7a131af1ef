package io.millrace.engine.shape;

import io.millrace.spi.RecordBatch;
import io.millrace.spi.RejectedRow;
import io.millrace.spi.RowPositions;
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
  Shaped setAside(MappedBatch mapped, String partitionId, long before) {
    RecordBatch batch = mapped.batch();
    @Nullable BitSet faulty = faulty(batch.root());
    if (faulty == null) {
      return new Shaped(batch, List.of());
    }
    try (batch) {
      return without(mapped, faulty, partitionId, before);
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

  private Shaped without(MappedBatch mapped, BitSet faulty, String partitionId, long before) {
    RecordBatch batch = mapped.batch();
    VectorSchemaRoot root = batch.root();
    List<RejectedRow> rejected =
        faulty.stream()
            .mapToObj(row -> rejection(batch, row, partitionId, before + mapped.origin(row)))
            .toList();
    BitSet kept = (BitSet) faulty.clone();
    kept.flip(0, root.getRowCount());
    List<FieldVector> copies =
        KeptRows.copy(root.getFieldVectors(), kept, root.getVector(0).getAllocator());
    mapped.nulled().keep(kept);
    VectorSchemaRoot rest =
        new VectorSchemaRoot(root.getSchema().getFields(), copies, kept.cardinality());
    RowPositions positions = batch.positions().at(kept.stream().toArray());
    return new Shaped(new RecordBatch(rest, batch.sourceBytes(), List.of(), positions), rejected);
  }

  private RejectedRow rejection(RecordBatch batch, int row, String partitionId, long number) {
    VectorSchemaRoot root = batch.root();
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
        batch.positions().of(row, partitionId + " row " + (number + 1)),
        column,
        "The key column " + column + " is null, and the sync mode tells rows apart by it.",
        value.toString());
  }
}
