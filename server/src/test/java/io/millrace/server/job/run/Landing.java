package io.millrace.server.job.run;

import io.millrace.server.connector.ConnectorRegistry;
import io.millrace.server.connector.Endpoint;
import io.millrace.server.json.Documents;
import io.millrace.testkit.servers.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** A real destination whose rows a test reads as anybody would. */
enum Landing {
  POSTGRES("destination-postgres"),
  DUCKDB("destination-duckdb"),
  FILES("destination-local-files");

  private final String connector;

  Landing(String connector) {
    this.connector = connector;
  }

  /** Returns a destination below a folder, and for PostgreSQL in this database. */
  Endpoint endpoint(Path folder, String database) {
    Map<String, Object> config =
        switch (this) {
          case POSTGRES ->
              Map.of(
                  "host",
                  PostgresServer.HOST,
                  "port",
                  PostgresServer.shared().port(),
                  "database",
                  database,
                  "username",
                  PostgresServer.USER);
          case DUCKDB -> Map.of("destination_path", warehouse(folder));
          case FILES -> Map.of("destination_path", lake(folder));
        };
    return new Endpoint(ConnectorRegistry.load().find(connector), config, folder, connector);
  }

  /** Returns by the ids of the table's rows which sync they say brought them. */
  Map<Long, Long> syncs(Path folder, String database, String table) throws Exception {
    Map<Long, Long> syncs = new TreeMap<>();
    try (Connection connection = connect(folder, database);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT id, CAST(_airbyte_meta AS VARCHAR) FROM " + from(folder, table))) {
      while (rows.next()) {
        if (syncs.put(rows.getLong(1), syncOf(rows.getString(2))) != null) {
          throw new AssertionError("row " + rows.getLong(1) + " is there twice");
        }
      }
    }
    return syncs;
  }

  private Connection connect(Path folder, String database) throws Exception {
    return switch (this) {
      case POSTGRES -> PostgresServer.shared().connect(database);
      case DUCKDB -> DriverManager.getConnection("jdbc:duckdb:" + warehouse(folder));
      case FILES -> DriverManager.getConnection("jdbc:duckdb:");
    };
  }

  private String from(Path folder, String table) {
    return switch (this) {
      case POSTGRES, DUCKDB -> table;
      case FILES ->
          "read_parquet('%s/**/%s/*.parquet', filename = true)".formatted(lake(folder), table)
              + " WHERE NOT regexp_matches(filename, 'lake/(.*/)?[_.]')";
    };
  }

  private static long syncOf(String meta) throws IOException {
    return Documents.MAPPER.readTree(meta).path("sync_id").asLong();
  }

  private static String warehouse(Path folder) {
    return folder.resolve("warehouse.duckdb").toString();
  }

  private static String lake(Path folder) {
    return folder.resolve("lake").toString();
  }
}
