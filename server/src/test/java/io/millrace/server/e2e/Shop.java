package io.millrace.server.e2e;

import io.millrace.testkit.servers.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A PostgreSQL server with a database of a shop: tables that can be read, and relations that
 * cannot. One server for all tests of this folder, which they may stop and start.
 */
final class Shop {
  /** A user whose password is asked for. */
  static final String LOCKED = "locked";

  static final String PASSWORD = "right one";

  /** A user who may not read everything, nor make tables. */
  static final String READER = "reader";

  static final int ORDERS = 100;

  private static final PostgresServer SERVER = start();

  private Shop() {}

  static PostgresServer server() {
    return SERVER;
  }

  static int port() {
    return SERVER.port();
  }

  /** Makes a database with the relations of the shop. */
  static String newDatabase() {
    String database = SERVER.newDatabase();
    SERVER.execute(
        database,
        "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric(12,2), updated_at timestamptz)",
        "INSERT INTO orders SELECT i, i * 1.25, timestamptz '2025-01-01Z' + i * interval '1 hour'"
            + " FROM generate_series(1, "
            + ORDERS
            + ") i",
        "CREATE TABLE people (id int PRIMARY KEY, name text)",
        "INSERT INTO people VALUES (1, 'Ada'), (2, 'Grace')",
        "CREATE TABLE salaries (id int PRIMARY KEY, amount int)",
        "CREATE MATERIALIZED VIEW monthly AS SELECT count(*) AS n FROM orders WITH NO DATA",
        "CREATE VIEW ratios AS SELECT id, 100 / (id - 50) AS ratio FROM orders",
        "GRANT SELECT ON orders, people, monthly, ratios TO " + READER);
    return database;
  }

  /** Returns the source of a pipeline file that reads from a database. */
  static String source(String database, String user, String more) {
    return "source:\n  connector: source-postgres\n  config: {host: localhost, port: "
        + port()
        + ", database: "
        + database
        + ", username: "
        + user
        + more
        + "}\n";
  }

  /** Returns a DuckDB file as the destination of a pipeline file. */
  static String duckDb(String path) {
    return "destination:\n  connector: destination-duckdb\n  config: {destination_path: "
        + path
        + "}\n";
  }

  static long count(String database, String sql) {
    return count(SERVER, database, sql);
  }

  static long count(PostgresServer server, String database, String sql) {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PostgresServer start() {
    PostgresServer server = PostgresServer.builder().start();
    server.execute(
        "postgres",
        "SET password_encryption = 'scram-sha-256'",
        "CREATE USER " + LOCKED + " PASSWORD '" + PASSWORD + "'",
        "CREATE USER " + READER);
    Path rules = server.dataDirectory().resolve("pg_hba.conf");
    try {
      Files.writeString(
          rules, "host all " + LOCKED + " all scram-sha-256\n" + Files.readString(rules));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.execute("postgres", "SELECT pg_reload_conf()");
    return server;
  }
}
