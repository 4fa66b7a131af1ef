package io.millrace.engine.mapper;

import io.millrace.engine.shape.KeptRows;
import io.millrace.engine.shape.MappedBatch;
import io.millrace.engine.shape.NulledValues;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.RowPositions;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** A batch while its mappers change it. It owns the vectors. Used by one thread. */
final class Frame implements AutoCloseable {
  private final RecordBatch source;
  private final BufferAllocator allocator;
  private final List<FieldVector> vectors;
  private final NulledValues nulled = new NulledValues();
  private int rows;
  private int @Nullable [] origins;

  /** Takes the batch's vectors over. */
  Frame(RecordBatch source, BufferAllocator allocator) {
    this.source = source;
    this.allocator = allocator;
    this.vectors = new ArrayList<>(source.root().getFieldVectors());
    this.rows = source.rowCount();
  }

  int rows() {
    return rows;
  }

  FieldVector vector(int column) {
    return vectors.get(column);
  }

  BufferAllocator allocator() {
    return allocator;
  }

  /** Puts a vector in a column's place. */
  void replace(int column, FieldVector vector) {
    FieldVector before = vectors.set(column, vector);
    nulled.rename(before.getName(), vector.getName());
    before.close();
  }

  /** Gives a column another name; its buffers stay. */
  void rename(int column, String name) {
    FieldVector vector = vectors.get(column);
    Field field = Steps.named(vector.getField(), name);
    FieldVector renamed = field.createVector(vector.getAllocator());
    vector.makeTransferPair(renamed).transfer();
    replace(column, renamed);
  }

  /** Leaves a column out. */
  void remove(int column) {
    FieldVector vector = vectors.remove(column);
    nulled.forget(vector.getName());
    vector.close();
  }

  /** Notes that a column's value could not be mapped. */
  void nulled(String field, int row) {
    nulled.add(field, row);
  }

  /** Keeps these rows alone. */
  void keep(BitSet kept) {
    int count = kept.cardinality();
    if (count == rows) {
      return;
    }
    List<FieldVector> copies = KeptRows.copy(vectors, kept, allocator);
    vectors.forEach(FieldVector::close);
    vectors.clear();
    vectors.addAll(copies);
    int[] before = origins;
    origins = kept.stream().map(row -> before == null ? row : before[row]).toArray();
    nulled.keep(kept);
    rows = count;
  }

  /** Gives the vectors away as a batch of a schema. */
  MappedBatch finish(Schema schema) {
    VectorSchemaRoot root = new VectorSchemaRoot(schema.getFields(), List.copyOf(vectors), rows);
    vectors.clear();
    return new MappedBatch(
        new RecordBatch(root, source.sourceBytes(), List.of(), positions()),
        (long) source.rowCount() - rows,
        origins,
        nulled);
  }

  private RowPositions positions() {
    return origins == null ? source.positions() : source.positions().at(origins);
  }

  @Override
  public void close() {
    vectors.forEach(FieldVector::close);
  }
}
