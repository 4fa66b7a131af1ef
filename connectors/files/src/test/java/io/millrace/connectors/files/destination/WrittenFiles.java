package io.millrace.connectors.files.destination;

import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.spi.type.Widening;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.contract.destination.PublishedTable;
import io.millrace.testkit.duckdb.DuckDbReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Reads the data files below a folder with DuckDB, by the rule that readers are told. */
final class WrittenFiles {
  private static final int LOOKS_MAX = 20;

  private WrittenFiles() {}

  /** Returns the files that count as data, below the folder. */
  static List<Path> data(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> visible(folder.relativize(file)))
          .filter(file -> file.toString().matches(".*\\.(parquet|(jsonl|csv)(\\.gz)?)"))
          .sorted()
          .toList();
    }
  }

  private static boolean visible(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith("_") || part.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }

  /** Reads a stream; null when it has no files. Looks again when a file goes in the meantime. */
  static @Nullable PublishedTable read(Path folder, Schema written) throws Exception {
    for (int look = 0; ; look++) {
      try {
        List<Path> files = data(folder);
        return files.isEmpty() ? null : read(files, written);
      } catch (NoSuchFileException | UncheckedIOException e) {
        if (look == LOOKS_MAX) {
          throw e;
        }
      } catch (SQLException e) {
        boolean gone = String.valueOf(e.getMessage()).matches("(?s).*No (such )?files? .*");
        if (look == LOOKS_MAX || !gone) {
          throw e;
        }
      }
    }
  }

  private static PublishedTable read(List<Path> files, Schema written) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      List<PublishedTable> tables = new ArrayList<>();
      for (Path file : files) {
        String name = file.toString();
        if (name.endsWith(".parquet")) {
          tables.add(parquet(connection, file));
        } else if (name.contains(".csv")) {
          tables.add(TextFiles.csv(file, written));
        } else {
          tables.add(TextFiles.jsonl(file, written));
        }
      }
      return union(tables);
    }
  }

  static String literal(Path file) {
    // DuckDB would take some characters of a name for a pattern.
    return "['" + file.toString().replace("'", "''").replaceAll("([\\[*?])", "[$1]") + "']";
  }

  private static PublishedTable parquet(Connection connection, Path file)
      throws SQLException, IOException {
    PublishedTable table =
        DuckDbReader.read(
            connection, "read_parquet(" + literal(file) + ", hive_partitioning=false)");
    // DuckDB renames columns that differ in case alone; the file's own names are what counts.
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet elements =
            statement.executeQuery(
                "SELECT name, num_children FROM parquet_schema(" + literal(file) + ")")) {
      elements.next();
      while (elements.next()) {
        names.add(elements.getString(1));
        int below = elements.getInt(2);
        while (below > 0 && elements.next()) {
          below += elements.getInt(2) - 1;
        }
      }
    }
    return table.schema().getFields().size() == names.size()
        ? new PublishedTable(renamed(table.schema(), names), table.rows())
        : table;
  }

  private static Schema renamed(Schema schema, List<String> names) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      fields.add(Fields.of(names.get(i), Fields.typeOf(schema.getFields().get(i))));
    }
    return new Schema(fields);
  }

  /** Gives text where files differ in the type of a column and have nothing but text in common. */
  private static Row texts(Row row, List<LogicalType> types) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      Object value = row.get(i);
      boolean text = value != null && types.get(i) instanceof LogicalType.Text;
      values.add(text ? String.valueOf(value) : value);
    }
    return new Row(values);
  }

  /** Puts tables below each other by the names of their columns. */
  private static PublishedTable union(List<PublishedTable> tables) {
    Map<String, LogicalType> columns = new LinkedHashMap<>();
    for (PublishedTable table : tables) {
      for (Field field : table.schema().getFields()) {
        columns.merge(field.getName(), Fields.typeOf(field), Widening::join);
      }
    }
    List<Row> rows = new ArrayList<>();
    for (PublishedTable table : tables) {
      List<String> names = table.schema().getFields().stream().map(Field::getName).toList();
      List<Integer> order = columns.keySet().stream().map(names::indexOf).toList();
      table.rows().forEach(row -> rows.add(texts(row.pick(order), List.copyOf(columns.values()))));
    }
    List<Field> fields = new ArrayList<>();
    columns.forEach((name, type) -> fields.add(Fields.of(name, type)));
    return new PublishedTable(new Schema(fields), rows);
  }
}
