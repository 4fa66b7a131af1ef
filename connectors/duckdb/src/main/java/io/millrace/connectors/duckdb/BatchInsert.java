package io.millrace.connectors.duckdb;

import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * Puts batches into a table, handing Arrow's own buffers to DuckDB. For one thread.
 *
 * <p>JSON and UUIDs travel as Arrow's canonical extension types, which DuckDB knows as its own.
 */
final class BatchInsert {
  private static final String BATCH = "_millrace_batch";
  private static final String KEEP = "_millrace_keep";
  private static final String EXTENSION_NAME = "ARROW:extension:name";
  private static final String EXTENSION_METADATA = "ARROW:extension:metadata";

  private final BufferAllocator allocator;
  private final List<Column> columns;
  private final @Nullable Integer ordinal;
  private final String into;
  private @Nullable List<Field> fields;

  /**
   * Makes an insert.
   *
   * @param ordinal the partition's place, where the table records each row's place; else null
   */
  BatchInsert(
      BufferAllocator allocator, Table table, List<Column> columns, @Nullable Integer ordinal) {
    this.allocator = allocator;
    this.columns = columns;
    this.ordinal = ordinal;
    this.into = into(table, columns, ordinal);
  }

  private static String into(Table table, List<Column> columns, @Nullable Integer ordinal) {
    List<String> targets = new ArrayList<>(columns.stream().map(Column::name).toList());
    String values = Sql.names(columns.stream().map(Column::name).toList());
    if (ordinal != null) {
      targets.add(StagingNames.ORDINAL);
      targets.add(StagingNames.POSITION);
      values += ", " + ordinal + ", " + Sql.name(StagingNames.POSITION);
    }
    return "INSERT INTO %s (%s) SELECT %s FROM %s"
        .formatted(table.sql(), Sql.names(targets), values, Sql.name(BATCH));
  }

  /**
   * Adds the rows to the table, within the session's transaction.
   *
   * @param bad rows to leave out
   * @param position the first row's place in the partition
   * @return the number of rows DuckDB says it added
   */
  long add(Session session, VectorSchemaRoot root, BitSet bad, long position) throws SQLException {
    List<FieldVector> vectors = new ArrayList<>(root.getFieldVectors());
    List<Field> all = new ArrayList<>(exportFields(root));
    try (@Nullable BitVector keep = bad.isEmpty() ? null : keep(root.getRowCount(), bad);
        @Nullable BigIntVector positions =
            ordinal == null ? null : positions(root.getRowCount(), position)) {
      for (@Nullable FieldVector more : new @Nullable FieldVector[] {keep, positions}) {
        if (more != null) {
          vectors.add(more);
          all.add(more.getField());
        }
      }
      // Not closed: the vectors belong to others.
      VectorSchemaRoot shown = new VectorSchemaRoot(all, vectors, root.getRowCount());
      return run(session, shown, keep == null ? into : into + " WHERE " + Sql.name(KEEP));
    }
  }

  private long run(Session session, VectorSchemaRoot shown, String sql) throws SQLException {
    try (OneBatchReader reader = new OneBatchReader(allocator, shown);
        ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
      Data.exportArrayStream(allocator, reader, stream);
      try {
        session.register(BATCH, stream);
        return session.update(sql);
      } finally {
        stream.release();
      }
    }
  }

  private BitVector keep(int rows, BitSet bad) {
    BitVector keep = new BitVector(KEEP, allocator);
    keep.allocateNew(rows);
    for (int i = 0; i < rows; i++) {
      keep.set(i, bad.get(i) ? 0 : 1);
    }
    keep.setValueCount(rows);
    return keep;
  }

  private BigIntVector positions(int rows, long first) {
    BigIntVector positions = new BigIntVector(StagingNames.POSITION, allocator);
    positions.allocateNew(rows);
    for (int i = 0; i < rows; i++) {
      positions.set(i, first + i);
    }
    positions.setValueCount(rows);
    return positions;
  }

  private List<Field> exportFields(VectorSchemaRoot root) {
    if (fields == null) {
      List<Field> renamed = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        renamed.add(export(root.getSchema().getFields().get(i), columns.get(i).name()));
      }
      fields = renamed;
    }
    return fields;
  }

  private static Field export(Field field, String name) {
    LogicalType type = Fields.typeOf(field);
    Map<String, String> metadata = new HashMap<>();
    switch (type) {
      case LogicalType.Json() -> extension(metadata, "arrow.json");
      case LogicalType.Uuid() -> extension(metadata, "arrow.uuid");
      default -> {}
    }
    List<Field> children = field.getChildren();
    List<String> names =
        ColumnNames.distinct(children.stream().map(Field::getName).toList(), List.of());
    List<Field> renamed = new ArrayList<>();
    for (int i = 0; i < children.size(); i++) {
      renamed.add(export(children.get(i), names.get(i)));
    }
    return new Field(
        name, new FieldType(field.isNullable(), field.getType(), null, metadata), renamed);
  }

  private static void extension(Map<String, String> metadata, String name) {
    metadata.put(EXTENSION_NAME, name);
    metadata.put(EXTENSION_METADATA, "");
  }
}
