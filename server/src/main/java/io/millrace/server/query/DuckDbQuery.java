package io.millrace.server.query;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Runs one query on a DuckDB file that is open for reading only. */
public final class DuckDbQuery {
  private static final String CODE = "query_failed";
  private static final String MEMORY_MAX = "256MB";

  /** What the driver puts before the reason when results are streamed. */
  private static final String UNSTREAMED = "closed pending query result Error: ";

  private DuckDbQuery() {}

  /** Takes the rows of a query. */
  @FunctionalInterface
  public interface Rows {
    /** Reads the result from its first row; it is closed afterwards. */
    void read(ResultSet result) throws SQLException;
  }

  /**
   * Runs a query and hands its result over.
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
        Statement statement = connection.createStatement();
        ResultSet result = inUtc(statement).execute(sql) ? statement.getResultSet() : null) {
      if (result != null) {
        rows.read(result);
      }
    } catch (SQLException e) {
      throw new ConfigException(CODE, sentence(file, e), String.valueOf(e.getMessage()), e);
    }
  }

  /** Makes instants look the same on every machine. */
  private static Statement inUtc(Statement statement) throws SQLException {
    statement.execute("SET TimeZone = 'UTC'");
    return statement;
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
