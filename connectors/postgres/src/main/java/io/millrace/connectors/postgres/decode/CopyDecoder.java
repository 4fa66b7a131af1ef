package io.millrace.connectors.postgres.decode;

import io.millrace.spi.RecordBatch;
import io.millrace.spi.RejectedRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Decodes the rows of a COPY into the columns of one schema. */
public final class CopyDecoder implements CopyCollector {
  private static final int ROWS_MIN = 16;

  /** With about so many rejected rows a batch is handed on: each is an object with its reason. */
  private static final int REJECTED_MAX = 1_000;

  /** Rows that are decoded together, column by column: few enough to stay in the cache. */
  private static final int CHUNK_ROWS = 256;

  private static final double ROOM_SPARE = 1.25;

  private final Schema schema;
  private final BufferAllocator allocator;
  private final ColumnWriter[] columns;
  private final CopyFrame frame;
  private final Bounds bounds;
  private final @Nullable RowListener listener;
  private final List<RejectedRow> rejected = new ArrayList<>();
  private final byte[][] chunk = new byte[CHUNK_ROWS][];
  private final int[] starts = new int[CHUNK_ROWS];
  private final int[] at = new int[CHUNK_ROWS];
  private final int[] ends = new int[CHUNK_ROWS];
  private final long[] numbers = new long[CHUNK_ROWS];
  private int chunkRows;
  private boolean begun;
  private int room;
  private int rows;
  private long bytes;
  private double bytesPerRow;

  /**
   * @param schema the columns, in the order in which they arrive
   * @param jsonb the names of the columns that arrive as {@code jsonb}
   * @param listener is told the column that arrives behind those of the schema; null where there is
   *     none
   */
  public CopyDecoder(
      Schema schema,
      Set<String> jsonb,
      BufferAllocator allocator,
      Bounds bounds,
      @Nullable RowListener listener) {
    this.schema = schema;
    this.allocator = allocator;
    this.bounds = bounds;
    this.listener = listener;
    this.bytesPerRow = Math.max(1, bounds.bytesPerRow());
    this.columns = new ColumnWriter[schema.getFields().size()];
    for (int i = 0; i < columns.length; i++) {
      Field field = schema.getFields().get(i);
      columns[i] = ColumnWriters.of(field, jsonb.contains(field.getName()), allocator);
    }
    this.frame = new CopyFrame(columns.length + (listener == null ? 0 : 1));
  }

  @Override
  public void add(byte[] message, int from, int to) {
    bytes += to - from;
    int row = frame.row(message, from, to);
    if (row == CopyFrame.NO_ROW) {
      return;
    }
    if (!begun) {
      makeRoom();
    }
    chunk[chunkRows] = message;
    numbers[chunkRows] = frame.rowsSeen();
    starts[chunkRows] = row + Short.BYTES;
    at[chunkRows] = row + Short.BYTES;
    ends[chunkRows] = to;
    chunkRows++;
    if (chunkRows == CHUNK_ROWS || rows + chunkRows == room) {
      writeChunk();
    }
  }

  @Override
  public void settle() {
    writeChunk();
  }

  @Override
  public boolean full() {
    return begun
        && (rows == room || bytes >= bounds.bytesTarget() || rejected.size() >= REJECTED_MAX);
  }

  @Override
  public boolean isEmpty() {
    return rows + chunkRows == 0 && rejected.isEmpty();
  }

  @Override
  public boolean ended() {
    return frame.ended();
  }

  @Override
  public long rowsSeen() {
    return frame.rowsSeen();
  }

  @Override
  public RecordBatch take() {
    writeChunk();
    VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator);
    try {
      for (int i = 0; i < columns.length && begun; i++) {
        columns[i].load(root.getVector(i), rows);
      }
      root.setRowCount(rows);
    } catch (RuntimeException failure) {
      root.close();
      throw failure;
    }
    RecordBatch batch = new RecordBatch(root, bytes, rejected);
    if (rows > 0) {
      bytesPerRow = (double) bytes / rows;
    }
    begun = false;
    rows = 0;
    bytes = 0;
    rejected.clear();
    return batch;
  }

  @Override
  public void close() {
    for (ColumnWriter column : columns) {
      column.close();
    }
    begun = false;
  }

  private void writeChunk() {
    while (chunkRows > 0) {
      int column = 0;
      try {
        for (; column < columns.length; column++) {
          columns[column].write(chunk, at, chunkRows, rows);
        }
        endChunk();
      } catch (UnfitValueException unfit) {
        reject(column, unfit);
      }
    }
  }

  private void endChunk() {
    for (int i = 0; i < chunkRows; i++) {
      int end = listener == null ? at[i] : hidden(listener, chunk[i], at[i]);
      if (end != ends[i]) {
        throw CopyFrame.malformed("a row that ends " + (ends[i] - end) + " bytes too early");
      }
    }
    rows += chunkRows;
    chunkRows = 0;
  }

  private static int hidden(RowListener listener, byte[] message, int at) {
    int length = Wire.int4(message, at);
    listener.row(message, at + Integer.BYTES);
    return at + Integer.BYTES + length;
  }

  /** Leaves out the row at fault, so that the chunk is written again without it. */
  private void reject(int column, UnfitValueException unfit) {
    for (int i = 0; i <= column; i++) {
      columns[i].rewind(rows, chunkRows);
    }
    int bad = unfit.message();
    rejected.add(
        new RejectedRow(
            "row " + numbers[bad],
            schema.getFields().get(column).getName(),
            String.valueOf(unfit.getMessage()),
            unfit.value()));
    if (listener != null) {
      hidden(listener, chunk[bad], endOfColumns(chunk[bad], starts[bad]));
    }
    chunkRows--;
    System.arraycopy(chunk, bad + 1, chunk, bad, chunkRows - bad);
    System.arraycopy(numbers, bad + 1, numbers, bad, chunkRows - bad);
    System.arraycopy(starts, bad + 1, starts, bad, chunkRows - bad);
    System.arraycopy(ends, bad + 1, ends, bad, chunkRows - bad);
    System.arraycopy(starts, 0, at, 0, chunkRows);
  }

  private int endOfColumns(byte[] row, int start) {
    int end = start;
    for (int i = 0; i < columns.length; i++) {
      end += Integer.BYTES + Math.max(0, Wire.int4(row, end));
    }
    return end;
  }

  private long bytesOfRow() {
    long sum = 0;
    for (ColumnWriter column : columns) {
      sum += column.bytesOfRow();
    }
    return sum;
  }

  private void makeRoom() {
    // Nulls are short on the wire and as wide as any value here.
    double widest = Math.max(bytesPerRow, (double) bytesOfRow());
    double wanted = ROOM_SPARE * bounds.bytesTarget() / widest;
    room = Math.clamp((long) wanted, Math.min(ROWS_MIN, bounds.rowsMax()), bounds.rowsMax());
    begun = true;
    for (ColumnWriter column : columns) {
      column.begin(room, (long) (ROOM_SPARE * bounds.bytesTarget()));
    }
  }
}
