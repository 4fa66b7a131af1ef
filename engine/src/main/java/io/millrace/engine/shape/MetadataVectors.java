package io.millrace.engine.shape;

import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.pojo.Field;

/** Makes Airbyte's four columns for a batch. */
final class MetadataVectors {
  private static final Field RAW_ID =
      Fields.of("_airbyte_raw_id", new LogicalType.Text(), false, null);
  private static final Field EXTRACTED_AT =
      Fields.of("_airbyte_extracted_at", new LogicalType.TimestampTz(), false, null);
  private static final Field META = Fields.of("_airbyte_meta", new LogicalType.Json(), false, null);
  private static final Field GENERATION_ID =
      Fields.of("_airbyte_generation_id", new LogicalType.Int(64), false, null);

  /** The columns, in the order in which they follow the source's. */
  static final List<Field> FIELDS = List.of(RAW_ID, EXTRACTED_AT, META, GENERATION_ID);

  private static final long MICROS_PER_MILLI = 1_000;
  private static final int BITS_PER_BYTE = 8;

  private final SyncIds ids;
  private final Clock clock;
  private final BufferAllocator allocator;
  private final RowIds rowIds;
  private final byte[] meta;

  MetadataVectors(SyncIds ids, Clock clock, BufferAllocator allocator) {
    this.ids = ids;
    this.clock = clock;
    this.allocator = allocator;
    this.rowIds = new RowIds(clock);
    this.meta = meta("");
  }

  /** Returns the fields whose value depends on the sync alone, with the value of most rows. */
  Map<String, String> constants() {
    return Map.of(
        META.getName(),
        new String(meta, StandardCharsets.UTF_8),
        GENERATION_ID.getName(),
        Long.toString(ids.generationId()));
  }

  /** Returns the four columns for so many rows; the caller owns them. */
  List<FieldVector> make(int rows, NulledValues nulled) {
    return List.of(
        rowIds.fill(RAW_ID, rows, allocator),
        extractedAt(rows),
        nulled.isEmpty() ? meta(rows) : meta(rows, nulled),
        generation(rows));
  }

  /** Marks the first rows of a validity buffer as not null. */
  static void allValid(ArrowBuf validity, int rows) {
    long bytes = (rows + BITS_PER_BYTE - 1L) / BITS_PER_BYTE;
    validity.setOne(0, bytes);
  }

  /** Fills a buffer with the present moment in microseconds. */
  static void fillNow(ArrowBuf data, Clock clock, int rows) {
    fillLongs(data, clock.millis() * MICROS_PER_MILLI, rows);
  }

  private FieldVector extractedAt(int rows) {
    TimeStampMicroTZVector vector = (TimeStampMicroTZVector) EXTRACTED_AT.createVector(allocator);
    vector.allocateNew(rows);
    fillNow(vector.getDataBuffer(), clock, rows);
    allValid(vector.getValidityBuffer(), rows);
    vector.setValueCount(rows);
    return vector;
  }

  private FieldVector generation(int rows) {
    BigIntVector vector = (BigIntVector) GENERATION_ID.createVector(allocator);
    vector.allocateNew(rows);
    fillLongs(vector.getDataBuffer(), ids.generationId(), rows);
    allValid(vector.getValidityBuffer(), rows);
    vector.setValueCount(rows);
    return vector;
  }

  private FieldVector meta(int rows) {
    VarCharVector vector = (VarCharVector) META.createVector(allocator);
    vector.allocateNew((long) rows * meta.length, rows);
    if (rows > 0) {
      repeat(meta, vector.getDataBuffer(), rows);
    }
    long offsets = vector.getOffsetBuffer().memoryAddress();
    for (int row = 0; row < rows; row++) {
      MemoryUtil.putInt(offsets + (row + 1L) * Integer.BYTES, (row + 1) * meta.length);
    }
    allValid(vector.getValidityBuffer(), rows);
    vector.setLastSet(rows - 1);
    vector.setValueCount(rows);
    return vector;
  }

  /** Rows with nulled values say which. */
  private FieldVector meta(int rows, NulledValues nulled) {
    VarCharVector vector = (VarCharVector) META.createVector(allocator);
    vector.allocateNew((long) rows * meta.length, rows);
    for (int row = 0; row < rows; row++) {
      String changes = nulled.changes(row);
      byte[] text = changes == null ? meta : meta(changes);
      vector.setSafe(row, text, 0, text.length);
    }
    vector.setValueCount(rows);
    return vector;
  }

  private byte[] meta(String changes) {
    return ("{\"sync_id\":" + ids.syncId() + ",\"changes\":[" + changes + "]}")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Writes bytes a number of times, each time as many as are there already. */
  private static void repeat(byte[] bytes, ArrowBuf into, int times) {
    into.setBytes(0, bytes, 0, bytes.length);
    long all = (long) bytes.length * times;
    long start = into.memoryAddress();
    for (long done = bytes.length; done < all; ) {
      long piece = Math.min(done, all - done);
      MemoryUtil.copyMemory(start, start + done, piece);
      done += piece;
    }
  }

  private static void fillLongs(ArrowBuf data, long value, int rows) {
    long start = data.memoryAddress();
    for (int row = 0; row < rows; row++) {
      MemoryUtil.putLong(start + (long) row * Long.BYTES, value);
    }
  }
}
