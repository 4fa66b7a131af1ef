package io.millrace.connectors.files.source.json;

import com.fasterxml.jackson.core.JsonParser;
import io.millrace.codec.JsonRowReader;
import io.millrace.codec.Misfit;
import io.millrace.connectors.files.source.table.Projection;
import io.millrace.connectors.files.source.table.RowLines;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.RejectedRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Collects objects to a batch. Used by one thread. */
final class JsonRows implements AutoCloseable {
  private static final int REJECTED_PER_BATCH_MAX = 1_000;

  private final Schema schema;
  private final JsonRowReader.UnknownKeys unknownKeys;
  private final ConnectorContext context;
  private final String label;
  private @Nullable VectorSchemaRoot root;
  private @Nullable JsonRowReader reader;
  private RowLines lines;
  private List<RejectedRow> rejected = new ArrayList<>();
  private int rows;
  private long bytes;

  JsonRows(Projection projection, ConnectorContext context, String label) {
    this.schema = new Schema(projection.columns());
    this.unknownKeys =
        projection.complete() ? JsonRowReader.UnknownKeys.REFUSE : JsonRowReader.UnknownKeys.IGNORE;
    this.context = context;
    this.label = label;
    this.lines = new RowLines(label);
  }

  void begin() {
    VectorSchemaRoot made = VectorSchemaRoot.create(schema, context.allocator());
    root = made;
    reader = JsonRowReader.into(made, unknownKeys);
    rejected = new ArrayList<>();
    lines = new RowLines(label);
    rows = 0;
    bytes = 0;
  }

  /** Tells whether the batch should be taken; one without anything in it is never full. */
  boolean isFull() {
    boolean any = rows > 0 || !rejected.isEmpty();
    return rows >= context.tuning().batchRowsMax()
        || (any && bytes >= context.tuning().batchBytesTarget())
        || rejected.size() >= REJECTED_PER_BATCH_MAX;
  }

  void addBytes(long count) {
    bytes += count;
  }

  /** Takes an object that is all of a range of bytes. */
  void object(byte[] data, int start, int end, long line) {
    note(held().read(data, start, end - start, rows), line);
  }

  /** Takes the object at whose beginning the parser stands. */
  void object(JsonParser parser, long line) throws IOException {
    note(held().read(parser, rows), line);
  }

  void reject(long line, String reason, String value) {
    rejected.add(new RejectedRow(position(line), null, reason, value));
  }

  private void note(@Nullable Misfit misfit, long line) {
    if (misfit == null) {
      lines.add(rows, line);
      rows++;
    } else {
      rejected.add(misfit.at(position(line)));
    }
  }

  private String position(long line) {
    return RowLines.position(label, line);
  }

  /** Returns the batch, or null when nothing was taken since {@link #begin}. */
  @Nullable RecordBatch take() {
    VectorSchemaRoot taken = root;
    if (taken == null || (rows == 0 && rejected.isEmpty())) {
      return null;
    }
    taken.setRowCount(rows);
    root = null;
    reader = null;
    return new RecordBatch(taken, bytes, rejected, lines);
  }

  /** Frees a batch that was begun and not taken. */
  @Override
  public void close() {
    if (root != null) {
      root.close();
      root = null;
      reader = null;
    }
  }

  private JsonRowReader held() {
    if (reader == null) {
      throw new IllegalStateException("begin() comes first");
    }
    return reader;
  }
}
