package io.millrace.connectors.faker;

import io.millrace.spi.Checkpoint;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.Tuning;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Makes the rows of a range, batch by batch and column by column. */
final class FakerReader implements PartitionReader {
  /** The key of a checkpoint's token: the first id that was not returned. */
  static final String NEXT_ID = "next_id";

  private final ConnectorContext context;
  private final List<Column> columns;
  private final Schema schema;
  private final Range range;
  private final int batchRows;
  private final Stage stage = new Stage();
  private long next;

  FakerReader(
      ConnectorContext context, List<Column> columns, int sliceRows, Range range, long next) {
    this.context = context;
    this.columns = columns;
    this.schema = new Schema(columns.stream().map(Column::field).toList());
    this.range = range;
    this.next = next;
    this.batchRows = batchRows(context.tuning(), columns, sliceRows);
  }

  /** As many whole slices as a batch has room for; where one is too large, as many rows. */
  private static int batchRows(Tuning tuning, List<Column> columns, int sliceRows) {
    long fit = tuning.batchBytesTarget() / Table.bytesPerRow(columns);
    int rows = Math.clamp(fit, 1, tuning.batchRowsMax());
    return rows >= sliceRows ? rows - rows % sliceRows : rows;
  }

  @Override
  public @Nullable RecordBatch next() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (next > range.to()) {
      return null;
    }
    int rows = (int) Math.min(batchRows, range.to() - next + 1);
    Slice slice = new Slice(range.seed(), next, rows, range.updatedAtMicros(), range.products());
    RecordBatch batch = make(slice);
    next += rows;
    return batch;
  }

  private RecordBatch make(Slice slice) {
    VectorSchemaRoot root = VectorSchemaRoot.create(schema, context.allocator());
    try {
      long bytes = 0;
      for (int i = 0; i < columns.size(); i++) {
        FieldVector vector = root.getVector(i);
        columns.get(i).filler().fill(vector, slice, stage);
        bytes += vector.getBufferSize();
      }
      root.setRowCount(slice.rows());
      return new RecordBatch(root, bytes);
    } catch (RuntimeException | Error e) {
      root.close();
      throw e;
    }
  }

  @Override
  public Checkpoint checkpoint() {
    return new Checkpoint(Tokens.VERSION, "{\"" + NEXT_ID + "\":" + next + "}");
  }

  @Override
  public void close() {
    // Batches belong to the caller; nothing else is held.
  }
}
