package io.millrace.connectors.postgres.decode;

import io.millrace.spi.RecordBatch;
import io.millrace.spi.RowEncoding;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rows of a COPY as they are: each batch has the one column {@link RowEncoding#ROW},
 * whose values are rows from their number of fields on, one behind the other.
 */
public final class RowKeeper implements CopyCollector {
  private static final Schema SCHEMA = new Schema(List.of(RowEncoding.ROW));

  /** A length and a transaction id, which have 4 bytes each. */
  private static final int HIDDEN_BYTES = 2 * Integer.BYTES;

  private final BufferAllocator allocator;
  private final Bounds bounds;
  private final int fields;
  private final @Nullable RowListener listener;
  private final CopyFrame frame;
  private @Nullable ArrowBuf offsets;
  private @Nullable ArrowBuf values;
  private long offsetsAddress;
  private long valuesAddress;
  private long capacity;
  private int largest;
  private int rows;
  private int end;
  private long bytes;

  /**
   * @param fields how many the rows have
   * @param listener is told the transaction id that arrives behind them; null where there is none
   */
  public RowKeeper(
      int fields, BufferAllocator allocator, Bounds bounds, @Nullable RowListener listener) {
    this.fields = fields;
    this.allocator = allocator;
    this.bounds = bounds;
    this.listener = listener;
    this.frame = new CopyFrame(fields + (listener == null ? 0 : 1));
  }

  @Override
  public void add(byte[] message, int from, int to) {
    bytes += to - from;
    int row = frame.row(message, from, to);
    if (row != CopyFrame.NO_ROW) {
      append(message, row, listener == null ? to - row : hide(listener, message, row, to));
    }
  }

  /** Rows are copied as they come. */
  @Override
  public void settle() {}

  /** Hands over the last value of a row and makes it one field shorter; returns its new length. */
  private int hide(RowListener hidden, byte[] message, int row, int to) {
    int last = to - HIDDEN_BYTES;
    if (last - row < Short.BYTES || Wire.int4(message, last) != Integer.BYTES) {
      throw CopyFrame.malformed("a row without the transaction that wrote it");
    }
    hidden.row(message, last + Integer.BYTES);
    Wire.putInt2(message, row, fields);
    return last - row;
  }

  private void append(byte[] message, int row, int length) {
    if (end + (long) length > capacity) {
      makeRoom(length);
    }
    MemoryUtil.copyToMemory(message, row, valuesAddress + end, length);
    end += length;
    rows++;
    MemoryUtil.putInt(offsetsAddress + (long) rows * Integer.BYTES, end);
    largest = Math.max(largest, length);
  }

  private void makeRoom(int length) {
    ArrowBuf before = values;
    long wanted = Math.max(bounds.bytesTarget(), end + (long) length);
    ArrowBuf room = allocator.buffer(wanted);
    values = room;
    if (before == null) {
      ArrowBuf ends = allocator.buffer((bounds.rowsMax() + 1L) * Integer.BYTES);
      offsets = ends;
      offsetsAddress = ends.memoryAddress();
      MemoryUtil.putInt(offsetsAddress, 0);
    } else {
      MemoryUtil.copyMemory(valuesAddress, room.memoryAddress(), end);
      before.close();
    }
    valuesAddress = room.memoryAddress();
    capacity = wanted;
  }

  /** A row as large as the largest must still have room, so that room is rarely made twice. */
  @Override
  public boolean full() {
    return rows == bounds.rowsMax() || (rows > 0 && end + (long) largest > bounds.bytesTarget());
  }

  @Override
  public boolean isEmpty() {
    return rows == 0;
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
    ArrowBuf ends = ColumnWriter.taken(offsets);
    ArrowBuf data = ColumnWriter.taken(values);
    VectorSchemaRoot root = VectorSchemaRoot.create(SCHEMA, allocator);
    try (ArrowBuf validity = allocator.buffer((rows + 7L) / 8)) {
      validity.setOne(0, validity.capacity());
      ends.writerIndex((rows + 1L) * Integer.BYTES);
      data.writerIndex(end);
      ColumnWriter.give(root.getVector(0), new ArrowFieldNode(rows, 0), validity, ends, data);
      root.setRowCount(rows);
    } catch (RuntimeException failure) {
      root.close();
      throw failure;
    }
    RecordBatch batch = new RecordBatch(root, bytes);
    close();
    bytes = 0;
    return batch;
  }

  /** Frees what has not been taken. */
  @Override
  public void close() {
    ColumnWriter.release(offsets);
    ColumnWriter.release(values);
    offsets = null;
    values = null;
    capacity = 0;
    rows = 0;
    end = 0;
  }
}
