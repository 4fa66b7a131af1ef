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

  /** What the driver says when a query fails after its first rows. */
  private static final String BROKEN_STREAM = "Invalid result set";

  /** A function that is called is a table that can be selected from. */
  private static final Pattern CALL = Pattern.compile("^\\s*call\\s", Pattern.CASE_INSENSITIVE);

  private DuckDbQuery() {}

  /** Takes the rows of a query. */
  @FunctionalInterface
  public interface Rows {
    /** Reads the result from its first row; it is closed afterwards. */
    void read(QueryResult result) throws SQLException;
  }

  /**
   * Runs a query and hands its result over; of several statements, the last one's.
   *
   * @throws ConfigException when there is no such file, or the query fails
   */
  public static void run(Path file, String sql, Rows rows) {
    if (!Files.isRegularFile(file)) {
      throw new ConfigException(
          "file_missing", "There is no DuckDB file " + file + "; a sync makes one.");
    }
    Properties properties = new Properties();
    properties.setProperty("duckdb.read_only", "true");
    properties.setProperty("jdbc_stream_results", "true");
    properties.setProperty("memory_limit", MEMORY_MAX);
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
      try {
        read(connection, query, rows);
      } catch (SQLException e) {
        throw broken(e) ? reason(statement, query, e) : e;
      }
    } catch (SQLException e) {
      throw new ConfigException(CODE, sentence(file, e), String.valueOf(e.getMessage()), e);
    }
  }

  private static void read(Connection connection, String sql, Rows rows) throws SQLException {
    try (PreparedStatement plain = connection.prepareStatement(sql)) {
      List<QueryColumn> columns = QueryColumn.of(plain.getMetaData());
      if (columns.stream().allMatch(column -> column.form() == ColumnForm.AS_READ)) {
        read(plain, columns, rows);
      } else {
        try (PreparedStatement formed = formed(connection, sql, columns)) {
          read(formed, columns, rows);
        }
      }
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

  private static boolean broken(SQLException e) {
    return String.valueOf(e.getMessage()).contains(BROKEN_STREAM);
  }

  /** Runs a query again for the reason why it failed, which a stream of rows does not have. */
  private static SQLException reason(Statement statement, String query, SQLException broken) {
    try {
      statement.execute("COPY (\n" + query + "\n) TO '/dev/null' (FORMAT csv)");
      return broken;
    } catch (SQLException e) {
      return e;
    }
  }

  private static PreparedStatement formed(
      Connection connection, String sql, List<QueryColumn> columns) {
    String query = CALL.matcher(sql).replaceFirst("FROM ");
    try {
      return connection.prepareStatement(QueryColumn.formed(query, columns));
    } catch (SQLException e) {
      QueryColumn column =
          columns.stream()
              .filter(one -> one.form() != ColumnForm.AS_READ)
              .findFirst()
              .orElseThrow();
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

  private static String sentence(Path file, SQLException e) {
    String message = ConnectorException.outside(e.getMessage());
    if (message.contains("Could not set lock")) {
      return "The DuckDB file is being written by another process; try again when it is done.";
    }
    if (message.contains("in-memory database in read-only mode")
        || message.contains("not a valid DuckDB database file")) {
      return file + " is no DuckDB file; expected one that a sync has made.";
    }
    if (broken(e)) {
      return "The query failed after its first rows, and DuckDB does not say why.";
    }
    int reason = message.indexOf(UNSTREAMED);
    return reason < 0 ? message : message.substring(reason + UNSTREAMED.length());
  }
}
