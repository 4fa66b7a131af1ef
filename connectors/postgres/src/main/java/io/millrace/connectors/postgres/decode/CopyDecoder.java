package io.millrace.connectors.postgres.decode;

import io.millrace.spi.RecordBatch;
import io.millrace.spi.RejectedRow;
import io.millrace.spi.SystemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the messages of one COPY into batches of one schema. Used by one thread.
 *
 * <p>Each message holds one row, as the server sends them. The caller takes a batch whenever {@link
 * #full} says so, and once after the last message.
 */
public final class CopyDecoder implements AutoCloseable {
  private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', -1, '\r', '\n', 0};
  private static final int FLAGS_BYTES = 4;
  private static final int TRAILER = -1;
  private static final int ROWS_MIN = 16;

  /** Rows that are decoded together, column by column: few enough to stay in the cache. */
  private static final int CHUNK_ROWS = 256;

  private static final double ROOM_SPARE = 1.25;

  private final Schema schema;
  private final BufferAllocator allocator;
  private final ColumnWriter[] columns;
  private final int fields;
  private final Bounds bounds;
  private final @Nullable RowListener listener;
  private final List<RejectedRow> rejected = new ArrayList<>();
  private final byte[][] chunk = new byte[CHUNK_ROWS][];
  private final int[] at = new int[CHUNK_ROWS];
  private final long[] numbers = new long[CHUNK_ROWS];
  private int chunkRows;
  private boolean headerSeen;
  private boolean trailerSeen;
  private boolean begun;
  private int room;
  private int rows;
  private long bytes;
  private long rowsSeen;
  private double bytesPerRow;

  /**
   * How large batches may become.
   *
   * @param bytesTarget the size a batch aims at
   * @param rowsMax its largest number of rows
   * @param bytesPerRow a guess, from which the first batch's room is made
   */
  public record Bounds(long bytesTarget, int rowsMax, double bytesPerRow) {}

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
    this.fields = columns.length + (listener == null ? 0 : 1);
  }

  /** Takes a message; its bytes must not change until the batch is taken. */
  public void decode(byte[] message) {
    bytes += message.length;
    byte[] row = headerSeen ? message : withoutHeader(message);
    if (row.length == 0) {
      return;
    }
    int count = Wire.int2(row, 0);
    if (count == TRAILER && row.length == Short.BYTES) {
      trailerSeen = true;
      return;
    }
    if (count != fields || trailerSeen) {
      throw malformed("a row of " + count + " fields where " + fields + " were expected");
    }
    if (!begun) {
      makeRoom();
    }
    rowsSeen++;
    chunk[chunkRows] = row;
    numbers[chunkRows] = rowsSeen;
    at[chunkRows] = Short.BYTES;
    chunkRows++;
    if (chunkRows == CHUNK_ROWS || rows + chunkRows == room) {
      writeChunk();
    }
  }

  /** Tells whether the batch is to be taken before the next message. */
  public boolean full() {
    return begun && (rows == room || bytes >= bounds.bytesTarget());
  }

  /** Tells whether there is anything to take. */
  public boolean isEmpty() {
    return rows + chunkRows == 0 && rejected.isEmpty();
  }

  /** Tells whether the end of the COPY has been seen. */
  public boolean ended() {
    return trailerSeen;
  }

  /** Returns the number of rows so far, rejected ones included. */
  public long rowsSeen() {
    return rowsSeen;
  }

  /** Returns the rows decoded since the last batch as a batch, which the caller closes. */
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
      if (end != chunk[i].length) {
        throw malformed("a message of " + chunk[i].length + " bytes with a row of " + end);
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
      hidden(listener, chunk[bad], endOfColumns(chunk[bad]));
    }
    chunkRows--;
    System.arraycopy(chunk, bad + 1, chunk, bad, chunkRows - bad);
    System.arraycopy(numbers, bad + 1, numbers, bad, chunkRows - bad);
    Arrays.fill(at, 0, chunkRows, Short.BYTES);
  }

  private int endOfColumns(byte[] row) {
    int end = Short.BYTES;
    for (int i = 0; i < columns.length; i++) {
      end += Integer.BYTES + Math.max(0, Wire.int4(row, end));
    }
    return end;
  }

  private void makeRoom() {
    double wanted = ROOM_SPARE * bounds.bytesTarget() / bytesPerRow;
    room = Math.clamp((long) wanted, Math.min(ROWS_MIN, bounds.rowsMax()), bounds.rowsMax());
    begun = true;
    for (ColumnWriter column : columns) {
      column.begin(room, (long) (ROOM_SPARE * bounds.bytesTarget()));
    }
  }

  private byte[] withoutHeader(byte[] message) {
    int length = SIGNATURE.length + 2 * FLAGS_BYTES;
    boolean known = message.length >= length;
    for (int i = 0; known && i < SIGNATURE.length; i++) {
      known = message[i] == SIGNATURE[i];
    }
    if (!known || Wire.int4(message, SIGNATURE.length) != 0) {
      throw malformed("no header of COPY's binary format");
    }
    headerSeen = true;
    int extension = Wire.int4(message, SIGNATURE.length + FLAGS_BYTES);
    return Arrays.copyOfRange(message, length + extension, message.length);
  }

  private static SystemException malformed(String found) {
    return new SystemException(
        "copy_malformed",
        "The server sent "
            + found
            + ". If it is behind a proxy or not a real PostgreSQL, connect to it directly;"
            + " otherwise please report this.");
  }
}
