package io.millrace.codec.limit;

import io.millrace.codec.ByteSink;
import io.millrace.codec.Cells;
import io.millrace.codec.TextForm;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.RejectedRow;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** Finds the rows of batches of one schema that a system cannot hold exactly. For one thread. */
public final class RowGuard {
  private static final int POSITION_CHARS_MAX = 200;

  private final Map<Integer, ValueGuard> guards = new LinkedHashMap<>();
  private final List<String> positionFields;
  private final String system;

  /**
   * Makes a guard for batches of a schema.
   *
   * @param root any batch of the schema
   * @param key the fields that say which row it is where its position is not known; empty: the
   *     first field does
   */
  public RowGuard(ValueLimits limits, VectorSchemaRoot root, List<String> key) {
    system = limits.system();
    Schema schema = root.getSchema();
    for (int i = 0; i < schema.getFields().size(); i++) {
      ValueGuard guard = ValueGuard.of(root.getVector(i), limits);
      if (guard != null) {
        guards.put(i, guard);
      }
    }
    positionFields = key.isEmpty() ? List.of(schema.getFields().getFirst().getName()) : key;
  }

  /** Adds the refused rows to {@code rejected}, and returns their indexes. */
  public BitSet check(RecordBatch batch, List<RejectedRow> rejected) {
    VectorSchemaRoot root = batch.root();
    BitSet bad = new BitSet();
    guards.forEach(
        (column, guard) -> {
          FieldVector vector = root.getVector(column);
          int rows = root.getRowCount();
          int at = guard.firstBad(vector, 0, rows);
          while (at >= 0) {
            if (!bad.get(at)) {
              bad.set(at);
              rejected.add(reject(batch, vector, at, guard));
            }
            at = at + 1 < rows ? guard.firstBad(vector, at + 1, rows) : -1;
          }
        });
    return bad;
  }

  private RejectedRow reject(RecordBatch batch, FieldVector vector, int row, ValueGuard guard) {
    return new RejectedRow(
        batch.positions().of(row, key(batch.root(), row)),
        vector.getName(),
        system + " can hold only " + guard.expected() + ".",
        text(vector, row));
  }

  private String key(VectorSchemaRoot root, int row) {
    List<String> position = new ArrayList<>();
    for (String field : positionFields) {
      position.add(field + "=" + text(root.getVector(field), row));
    }
    String where = String.join(", ", position);
    return where.length() <= POSITION_CHARS_MAX ? where : where.substring(0, POSITION_CHARS_MAX);
  }

  private static String text(FieldVector vector, int row) {
    Cells cells = TextForm.cells(vector);
    if (vector.isNull(row)) {
      return "null";
    }
    ByteSink sink = new ByteSink(64);
    cells.write(row, sink);
    return sink.toString();
  }
}
