package io.millrace.server.query;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

/** Runs one query on a DuckDB file that is open for reading only. */
public final class DuckDbQuery {
  private static final String CODE = "query_failed";
  private static final String MEMORY_MAX = "256MB";

  /** What the driver puts before the reason when results are streamed. */
  private static final String UNSTREAMED = "closed pending query result Error: ";

  /** A name that no query is likely to mean. */
  private static final String RESULT = "millrace_query_result";

  /** A function that is called is a table that can be selected from. */
  private static final Pattern CALL = Pattern.compile("^\\s*call\\s", Pattern.CASE_INSENSITIVE);

  /** How plans name what reads the catalog: {@code DUCKDB_TABLES}, also for {@code SHOW TABLES}. */
  private static final Pattern CATALOG = Pattern.compile("\"DUCKDB_[A-Z_]+");

  /** For all rows; more than any file has. */
  public static final long ALL = 1L << 61;

  private DuckDbQuery() {}

  /** Takes the rows of a query. */
  @FunctionalInterface
  public interface Rows {
    /** Reads the result from its first row; it is closed afterwards. */
    void read(QueryResult result) throws SQLException;
  }

  /**
   * Runs a query and hands its result over, once all of it is there; of several statements, the
   * last one's.
   *
   * @param rowsMax how many rows are needed at most
   * @throws ConfigException when there is no such file, or the query fails
   */
  public static void run(Path file, String sql, long rowsMax, Rows rows) {
    if (!Files.isRegularFile(file)) {
      throw new ConfigException(
          "file_missing", "There is no DuckDB file " + file + "; a sync makes one.");
    }
    Properties properties = new Properties();
    properties.setProperty("duckdb.read_only", "true");
    properties.setProperty("jdbc_stream_results", "true");
    properties.setProperty("memory_limit", MEMORY_MAX);
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isWritable(folder)) {
      String mine = "millrace-query-" + ProcessHandle.current().pid();
      properties.setProperty(
          "temp_directory", Path.of(System.getProperty("java.io.tmpdir"), mine).toString());
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file, properties);
        Statement statement = connection.createStatement()) {
      // Makes instants look the same on every machine.
      statement.execute("SET TimeZone = 'UTC'");
      List<String> statements = SqlText.statements(sql);
      int last = statements.size() - 1;
      for (int i = 0; i < last; i++) {
        statement.execute(statements.get(i));
      }
      String query = last < 0 ? sql : statements.get(last);
      read(connection, query, rowsMax, rows);
    } catch (SQLException e) {
      throw new ConfigException(CODE, sentence(file, e), String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Keeps the result before it is read, on disk where it is large: of a query that fails after its
   * first rows the driver may say that it has ended.
   */
  private static void read(Connection connection, String sql, long rowsMax, Rows rows)
      throws SQLException {
    try (PreparedStatement plain = connection.prepareStatement(sql)) {
      List<QueryColumn> columns = QueryColumn.of(plain.getMetaData());
      String formed = QueryColumn.formed(CALL.matcher(sql).replaceFirst("FROM "), columns);
      if (!selects(connection, formed, columns)) {
        read(plain, columns, rows);
      } else if (readsCatalog(connection, formed)) {
        try (PreparedStatement direct = connection.prepareStatement(formed + " LIMIT " + rowsMax)) {
          read(direct, columns, rows);
        }
      } else {
        try (Statement keep = connection.createStatement()) {
          keep.execute("CREATE TEMP TABLE " + RESULT + " AS " + formed + " LIMIT " + rowsMax);
        }
        try (PreparedStatement kept = connection.prepareStatement("FROM " + RESULT)) {
          read(kept, columns, rows);
        }
      }
    }
  }

  /** Tells whether a query would see the table that its result is kept in. */
  private static boolean readsCatalog(Connection connection, String formed) throws SQLException {
    try (PreparedStatement explain =
            connection.prepareStatement("EXPLAIN (FORMAT json) " + formed);
        // A statement that becomes several, as a PIVOT does, has no plan to show.
        ResultSet plan = explain.execute() ? explain.getResultSet() : null) {
      while (plan != null && plan.next()) {
        if (CATALOG.matcher(plan.getString(2)).find()) {
          return true;
        }
      }
      return false;
    }
  }

  private static void read(PreparedStatement query, List<QueryColumn> columns, Rows rows)
      throws SQLException {
    try (ResultSet result = query.execute() ? query.getResultSet() : null) {
      if (result != null) {
        rows.read(new QueryResult(result, columns));
      }
    }
  }

  /**
   * Tells whether a statement can be selected from.
   *
   * @throws ConfigException when it cannot, and has columns that only a selection can show
   */
  private static boolean selects(Connection connection, String formed, List<QueryColumn> columns) {
    try (PreparedStatement _ = connection.prepareStatement(formed)) {
      return true;
    } catch (SQLException e) {
      for (QueryColumn column : columns) {
        if (column.form() != ColumnForm.AS_READ) {
          throw new ConfigException(
              CODE,
              "The column \""
                  + ConnectorException.outside(column.name())
                  + "\" ("
                  + column.type()
                  + ") can only be shown of a SELECT; write the statement as one.",
              String.valueOf(e.getMessage()),
              e);
        }
      }
      return false;
    }
  }

  private static String sentence(Path file, SQLException e) {
    String message = ConnectorException.outside(e.getMessage());
    if (message.contains("Could not set lock")) {
      return "The DuckDB file is being written by another process; try again when it is done.";
    }
    if (message.contains("in-memory database in read-only mode")
        || message.contains("not a valid DuckDB database file")) {
      return file + " is no DuckDB file; expected one that a sync has made.";
    }
    int reason = message.indexOf(UNSTREAMED);
    return reason < 0 ? message : message.substring(reason + UNSTREAMED.length());
  }
}
