package io.millrace.server.types;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A destination of the table of types.
 *
 * @param title the column's title
 * @param connector the connector's name
 * @param config its configuration
 * @param landings finds what became of a sample
 */
record Target(String title, String connector, Map<String, Object> config, Landings landings) {
  /** A value as PostgreSQL prints it; a cast to text would cut the blanks of char(n). */
  static final String POSTGRES_OUTPUT = "CASE WHEN v IS NOT NULL THEN format('%s', v) END";

  private static final String DUCKDB_OUTPUT = "CAST(v AS VARCHAR)";

  /** Finds what became of a sample. */
  interface Landings {
    /** Reads the rows of a table by their ids. */
    Landing read(String table) throws SQLException, IOException;
  }

  static Target postgres(int port, String host, String user, String database) {
    String jdbc = "jdbc:postgresql://" + host + ":" + port + "/" + database + "?user=" + user;
    return new Target(
        "PostgreSQL",
        "destination-postgres",
        Map.of(
            "host",
            host,
            "port",
            port,
            "database",
            database,
            "username",
            user,
            "schema",
            "landed",
            "metadata_columns",
            "none"),
        table -> query(jdbc, POSTGRES_OUTPUT, "landed.\"" + table + "\""));
  }

  static Target duckdb(Path file) {
    return new Target(
        "DuckDB",
        "destination-duckdb",
        Map.of("destination_path", file.toString(), "metadata_columns", "none"),
        table -> query("jdbc:duckdb:" + file, DUCKDB_OUTPUT, "main.\"" + table + "\""));
  }

  static Target parquet(Path folder) {
    return files(
        "Parquet",
        folder,
        table ->
            query(
                "jdbc:duckdb:",
                DUCKDB_OUTPUT,
                "read_parquet('" + folder.resolve(table) + "/*.parquet')"));
  }

  static Target jsonl(Path folder) {
    return files("JSONL", folder, table -> TextLanding.jsonl(folder.resolve(table)));
  }

  static Target csv(Path folder) {
    return files("CSV", folder, table -> TextLanding.csv(folder.resolve(table)));
  }

  private static Target files(String format, Path folder, Landings landings) {
    return new Target(
        format,
        "destination-local-files",
        Map.of(
            "destination_path",
            folder.toString(),
            "format",
            Map.of("format_type", format),
            "metadata_columns",
            "none"),
        landings);
  }

  Landing read(String table) throws SQLException, IOException {
    return landings.read(table);
  }

  private static Landing query(String jdbc, String text, String from) throws SQLException {
    String query = "SELECT v AS typed, " + text + " AS v FROM " + from + " ORDER BY id";
    try (Connection connection = DriverManager.getConnection(jdbc);
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      try (ResultSet rows = statement.executeQuery(query)) {
        ResultSetMetaData columns = rows.getMetaData();
        List<String> values = new ArrayList<>();
        while (rows.next()) {
          values.add(String.valueOf(rows.getString(2)));
        }
        return new Landing(columns.getColumnTypeName(1).toLowerCase(Locale.ROOT), values);
      }
    }
  }
}
