package io.millrace.server.types;

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
 * @param jdbc where its tables can be queried
 * @param relation the text that selects a table; {@code %s} is its name
 */
record Target(
    String title, String connector, Map<String, Object> config, String jdbc, String relation) {
  /** A value as PostgreSQL prints it; a cast to text would cut the blanks of char(n). */
  static final String POSTGRES_OUTPUT = "CASE WHEN v IS NOT NULL THEN format('%s', v) END";

  static Target postgres(int port, String host, String user, String database) {
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
        "jdbc:postgresql://" + host + ":" + port + "/" + database + "?user=" + user,
        "landed.\"%s\"");
  }

  static Target duckdb(Path file) {
    return new Target(
        "DuckDB",
        "destination-duckdb",
        Map.of("destination_path", file.toString(), "metadata_columns", "none"),
        "jdbc:duckdb:" + file,
        "main.\"%s\"");
  }

  Landing read(String table) throws SQLException {
    String from = relation.formatted(table);
    String text = connector.equals("destination-postgres") ? POSTGRES_OUTPUT : "CAST(v AS VARCHAR)";
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
