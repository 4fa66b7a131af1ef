package io.millrace.connectors.postgres.destination;

import io.millrace.codec.ByteSink;
import io.millrace.codec.TextForm;
import io.millrace.spi.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Says which row was refused: by its position at the source where that is known, by its key where
 * the stream has one, else by its number within its partition. The same row has the same place when
 * it is read again.
 */
final class RowPlaces {
  private static final int KEY_CHARS_MAX = 200;

  private final String partitionId;
  private final List<String> primaryKey;

  RowPlaces(String partitionId, List<String> primaryKey) {
    this.partitionId = partitionId;
    this.primaryKey = primaryKey;
  }

  /**
   * Returns the place of a row.
   *
   * @param firstRow the number of the batch's first row within the partition
   */
  String of(RecordBatch batch, int row, long firstRow) {
    return batch.positions().of(row, withoutPosition(batch.root(), row, firstRow));
  }

  private String withoutPosition(VectorSchemaRoot root, int row, long firstRow) {
    if (primaryKey.isEmpty()) {
      return "partition " + partitionId + ", row " + (firstRow + row + 1);
    }
    List<String> parts = new ArrayList<>();
    for (String field : primaryKey) {
      FieldVector vector = root.getVector(field);
      ByteSink text = new ByteSink(KEY_CHARS_MAX);
      if (!vector.isNull(row)) {
        TextForm.cells(vector).write(row, text);
      }
      String value = text.toString();
      parts.add(field + "=" + value.substring(0, Math.min(value.length(), KEY_CHARS_MAX)));
    }
    return String.join(", ", parts);
  }
}
