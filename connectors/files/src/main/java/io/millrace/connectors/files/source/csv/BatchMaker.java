package io.millrace.connectors.files.source.csv;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** Turns blocks into the vectors of a batch. */
final class BatchMaker implements AutoCloseable {
  private static final int ROWS_EXPECTED_FIRST = 4096;

  private final Schema schema;
  private final ColumnDecoder[] decoders;
  private int rows;
  private int rowsBefore;

  BatchMaker(CsvTable table, int blockRowsMax) {
    this.schema = new Schema(table.columns());
    List<ColumnDecoder> made = new ArrayList<>();
    for (int column = 0; column < table.columns().size(); column++) {
      int place = table.places().get(column);
      made.add(
          place < 0
              ? new AbsentDecoder(column, table.columns().get(column), blockRowsMax)
              : Decoders.of(place, column, table.columns().get(column), blockRowsMax));
    }
    this.decoders = made.toArray(ColumnDecoder[]::new);
  }

  int rows() {
    return rows;
  }

  ColumnDecoder decoder(int column) {
    return decoders[column];
  }

  void begin(BufferAllocator allocator) {
    rows = 0;
    int expected = rowsBefore == 0 ? ROWS_EXPECTED_FIRST : rowsBefore;
    for (ColumnDecoder decoder : decoders) {
      decoder.begin(allocator, expected);
    }
  }

  /** Parses a block; rows that do not fit are marked in it and nothing is added. */
  void decode(Block block) {
    block.faults.clear();
    for (ColumnDecoder decoder : decoders) {
      decoder.decode(block);
    }
  }

  /** Adds the rows that were decoded last. */
  void append(int count) {
    for (ColumnDecoder decoder : decoders) {
      decoder.append(count);
    }
    rows += count;
  }

  long bytes() {
    long bytes = 0;
    for (ColumnDecoder decoder : decoders) {
      bytes += decoder.bytes();
    }
    return bytes;
  }

  VectorSchemaRoot take(BufferAllocator allocator) {
    List<FieldVector> vectors = new ArrayList<>(decoders.length);
    try {
      for (ColumnDecoder decoder : decoders) {
        vectors.add(decoder.take(allocator));
      }
    } catch (RuntimeException | Error e) {
      vectors.forEach(FieldVector::close);
      throw e;
    }
    rowsBefore = Math.max(rowsBefore, rows);
    return new VectorSchemaRoot(schema, vectors, rows);
  }

  /** Frees the vectors of a batch that was begun and not taken. */
  @Override
  public void close() {
    for (ColumnDecoder decoder : decoders) {
      decoder.close();
    }
  }
}
