package io.millrace.engine.shape;

import io.millrace.codec.ByteSink;
import io.millrace.codec.JsonRowWriter;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** The raw layout: an id, the time of extraction, and the row as JSON. */
final class RawShaper implements BatchShaper {
  private static final Field ID = Fields.of("_airbyte_ab_id", new LogicalType.Text(), false, null);
  private static final Field EMITTED_AT =
      Fields.of("_airbyte_emitted_at", new LogicalType.TimestampTz(), false, null);
  private static final Field DATA = Fields.of("_airbyte_data", new LogicalType.Json(), false, null);
  private static final Schema SCHEMA = new Schema(List.of(ID, EMITTED_AT, DATA));
  private static final int ROW_BYTES_GUESS = 256;

  private final JsonRowWriter json;
  private final ByteSink row = new ByteSink(ROW_BYTES_GUESS);
  private final RowIds rowIds;
  private final Clock clock;
  private final BufferAllocator allocator;

  RawShaper(Schema source, Clock clock, BufferAllocator allocator) {
    this.json = JsonRowWriter.of(source);
    this.rowIds = new RowIds(clock);
    this.clock = clock;
    this.allocator = allocator;
  }

  @Override
  public Schema schema() {
    return SCHEMA;
  }

  @Override
  public Map<String, String> constants() {
    return Map.of();
  }

  @Override
  public Shaped shape(MappedBatch mapped, String partitionId, long rowsBefore) {
    try (RecordBatch batch = mapped.batch()) {
      int rows = batch.rowCount();
      List<FieldVector> vectors =
          List.of(rowIds.fill(ID, rows, allocator), emittedAt(rows), data(batch.root()));
      VectorSchemaRoot root = new VectorSchemaRoot(SCHEMA.getFields(), vectors, rows);
      return new Shaped(
          new RecordBatch(root, batch.sourceBytes(), List.of(), batch.positions()), List.of());
    }
  }

  private FieldVector emittedAt(int rows) {
    TimeStampMicroTZVector vector = (TimeStampMicroTZVector) EMITTED_AT.createVector(allocator);
    vector.allocateNew(rows);
    MetadataVectors.fillNow(vector.getDataBuffer(), clock, rows);
    MetadataVectors.allValid(vector.getValidityBuffer(), rows);
    vector.setValueCount(rows);
    return vector;
  }

  private FieldVector data(VectorSchemaRoot source) {
    VarCharVector vector = (VarCharVector) DATA.createVector(allocator);
    vector.allocateNew((long) source.getRowCount() * ROW_BYTES_GUESS, source.getRowCount());
    JsonRowWriter.Rows rows = json.bind(source);
    for (int index = 0; index < source.getRowCount(); index++) {
      row.clear();
      rows.write(index, row);
      vector.setSafe(index, row.array(), 0, row.size());
    }
    vector.setValueCount(source.getRowCount());
    return vector;
  }
}
