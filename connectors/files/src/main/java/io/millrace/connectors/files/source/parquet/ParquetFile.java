package io.millrace.connectors.files.source.parquet;

import io.millrace.connectors.files.source.fetch.FileVersion;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.SystemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One file, open in a DuckDB of its own that keeps to little memory. Used by one thread. */
final class ParquetFile implements AutoCloseable {
  private static final String MEMORY_MAX = "256MB";
  private static final AtomicLong LINKS = new AtomicLong();

  private final FileVersion file;
  private final Connection connection;
  private final @Nullable Path link;

  /** How it is said in SQL. */
  private final String table;

  private ParquetFile(FileVersion file, Connection connection, Path path, @Nullable Path link) {
    this.file = file;
    this.connection = connection;
    this.link = link;
    this.table = "read_parquet('" + ParquetColumn.literal(path.toString()) + "')";
  }

  /**
   * Opens a file.
   *
   * @param path where it is on this machine
   * @param temp takes a link to it, where its name would be taken for a pattern
   */
  static ParquetFile open(FileVersion file, Path path, Path temp) {
    Connection connection;
    try {
      connection = connect();
    } catch (SQLException e) {
      throw failure(file, e);
    }
    boolean pattern = path.toString().matches("(?s).*[*?\\[\\]{}].*");
    Path link = pattern ? link(path, temp) : null;
    return new ParquetFile(file, connection, link == null ? path : link, link);
  }

  private static Path link(Path path, Path temp) {
    try {
      return Files.createSymbolicLink(temp.resolve("parquet-" + LINKS.getAndIncrement()), path);
    } catch (IOException e) {
      throw new SystemException(
          "link_failed",
          "No link could be made in the folder for temporary files, " + temp + ".",
          String.valueOf(e.getMessage()),
          e);
    }
  }

  private static Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("jdbc_stream_results", "true");
    properties.setProperty("threads", "1");
    properties.setProperty("memory_limit", MEMORY_MAX);
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    Connection connection = DriverManager.getConnection("jdbc:duckdb:", properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
    }
    return connection;
  }

  Connection connection() {
    return connection;
  }

  String table() {
    return table;
  }

  /** Returns the columns, in their order. */
  List<ParquetColumn> columns() {
    return ask(
        statement -> {
          List<String[]> described = new ArrayList<>();
          try (ResultSet rows = statement.executeQuery("DESCRIBE SELECT * FROM " + table)) {
            while (rows.next()) {
              described.add(new String[] {rows.getString(1), rows.getString(2)});
            }
          }
          List<ParquetColumn> columns = new ArrayList<>(described.size());
          for (String[] column : described) {
            boolean nanos = column[1].equals("TIMESTAMP_NS");
            columns.add(
                new ParquetColumn(column[0], column[1], nanos && finest(statement, column[0])));
          }
          return columns;
        });
  }

  private boolean finest(Statement statement, String column) throws SQLException {
    String sql =
        "SELECT 1 FROM "
            + table
            + " WHERE epoch_ns("
            + ParquetColumn.quoted(column)
            + ") % 1000 <> 0 LIMIT 1";
    try (ResultSet rows = statement.executeQuery(sql)) {
      return rows.next();
    }
  }

  /** Returns the columns of the old 96-bit timestamps, of which DuckDB reads microseconds. */
  Set<String> int96Columns() {
    return ask(
        statement -> {
          Set<String> names = new HashSet<>();
          String sql = "SELECT name FROM " + about("parquet_schema") + " WHERE type = 'INT96'";
          try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
              names.add(rows.getString(1));
            }
          }
          return names;
        });
  }

  /** Returns the number of rows of each row group, in their order. */
  List<Long> rowGroups() {
    return ask(
        statement -> {
          List<Long> groups = new ArrayList<>();
          String sql =
              "SELECT DISTINCT row_group_id, row_group_num_rows FROM "
                  + about("parquet_metadata")
                  + " ORDER BY row_group_id";
          try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
              groups.add(rows.getLong(2));
            }
          }
          return groups;
        });
  }

  /** Returns the size of all rows without compression, in bytes. */
  long unpackedBytes() {
    return ask(
        statement -> {
          String sql =
              "SELECT coalesce(sum(total_uncompressed_size), 0) FROM " + about("parquet_metadata");
          try (ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : 0;
          }
        });
  }

  private String about(String function) {
    return table.replaceFirst("^read_parquet", function);
  }

  /** Something asked of DuckDB. */
  private interface Question<T> {
    T ask(Statement statement) throws SQLException;
  }

  private <T> T ask(Question<T> question) {
    try (Statement statement = connection.createStatement()) {
      return question.ask(statement);
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  /** Sorts what DuckDB says: what it finds wrong in the file is for the user. */
  static ConnectorException failure(FileVersion file, Exception cause) {
    String said = ConnectorException.outside(cause.getMessage());
    String name = "\"" + ConnectorException.outside(file.path()) + "\"";
    if (said.contains("Out of Memory")) {
      return new SystemException(
          "parquet_memory",
          name + " needs more than " + MEMORY_MAX + " to be read: its row groups are too large.",
          said,
          cause);
    }
    boolean format = said.contains("magic bytes") || said.contains("too small to be a Parquet");
    String sentence =
        format
            ? name + " is no Parquet file, or is cut short. Set format, or fetch it again."
            : name + " cannot be read as Parquet: " + said + ".";
    return new ConfigException("parquet_invalid", sentence, said, cause);
  }

  @Override
  public void close() {
    try {
      connection.close();
      if (link != null) {
        Files.deleteIfExists(link);
      }
    } catch (SQLException | IOException e) {
      // The database lives in memory alone, and the engine removes the temporary folder.
    }
  }
}
