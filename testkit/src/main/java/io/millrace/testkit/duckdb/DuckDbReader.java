package io.millrace.testkit.duckdb;

import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.Batches;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.contract.destination.PublishedTable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBResultSet;
import org.jspecify.annotations.Nullable;

/** Reads a relation exactly: no value takes a way through text or a wider type. */
public final class DuckDbReader {
  private static final long BATCH_ROWS = 2048;

  private DuckDbReader() {}

  /**
   * Reads every row.
   *
   * @param relation what stands behind FROM: a table's name, {@code read_parquet('...')}
   */
  public static PublishedTable read(Connection connection, String relation)
      throws SQLException, IOException {
    Schema schema = schema(connection, relation);
    List<LogicalType> types = schema.getFields().stream().map(Fields::typeOf).toList();
    List<Row> rows = new ArrayList<>();
    try (BufferAllocator allocator = new RootAllocator();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT * FROM " + relation);
        ArrowReader reader =
            (ArrowReader)
                result.unwrap(DuckDBResultSet.class).arrowExportStream(allocator, BATCH_ROWS)) {
      while (reader.loadNextBatch()) {
        for (Row row : Batches.rows(reader.getVectorSchemaRoot())) {
          rows.add(row(row, types));
        }
      }
    }
    return new PublishedTable(schema, rows);
  }

  /** Returns the columns of a relation. */
  public static Schema schema(Connection connection, String relation) throws SQLException {
    List<Field> fields = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet columns = statement.executeQuery("DESCRIBE SELECT * FROM " + relation)) {
      while (columns.next()) {
        String text = columns.getString("column_type");
        LogicalType type = DuckDbTypeText.parse(text);
        if (type == null) {
          throw new IllegalStateException("No logical type for DuckDB's " + text);
        }
        fields.add(Fields.of(columns.getString("column_name"), type));
      }
    }
    return new Schema(fields);
  }

  private static Row row(Row row, List<LogicalType> types) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      values.add(value(row.get(i), types.get(i)));
    }
    return new Row(values);
  }

  /** DuckDB hands UUIDs over as text; nothing else differs. */
  private static @Nullable Object value(@Nullable Object value, LogicalType type) {
    if (value == null) {
      return null;
    }
    return switch (type) {
      case LogicalType.Uuid() -> UUID.fromString((String) value);
      case LogicalType.ListOf(LogicalType element) -> items((List<?>) value, element);
      case LogicalType.Struct(List<LogicalType.Part> parts) -> parts((Map<?, ?>) value, parts);
      default -> value;
    };
  }

  private static List<@Nullable Object> items(List<?> items, LogicalType element) {
    List<@Nullable Object> values = new ArrayList<>();
    items.forEach(item -> values.add(value(item, element)));
    return values;
  }

  private static Map<String, @Nullable Object> parts(Map<?, ?> map, List<LogicalType.Part> parts) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    parts.forEach(part -> values.put(part.name(), value(map.get(part.name()), part.type())));
    return values;
  }
}
