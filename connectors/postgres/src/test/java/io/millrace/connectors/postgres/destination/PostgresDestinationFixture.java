package io.millrace.connectors.postgres.destination;

import io.millrace.spi.ConfigException;
import io.millrace.spi.DestinationDefinition;
import io.millrace.spi.TargetName;
import io.millrace.spi.TransientException;
import io.millrace.testkit.contract.InvalidConfig;
import io.millrace.testkit.contract.destination.DestinationFixture;
import io.millrace.testkit.contract.destination.PublishedTable;
import io.millrace.testkit.servers.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** A database that destination-postgres writes, for the contract suites. */
final class PostgresDestinationFixture implements DestinationFixture {
  private final PostgresServer server;
  private final String database;

  PostgresDestinationFixture(PostgresServer server) {
    this.server = server;
    this.database = server.newDatabase();
    server.execute(
        database,
        "CREATE ROLE guest LOGIN",
        "CREATE SCHEMA closed",
        "REVOKE CREATE ON DATABASE " + database + " FROM PUBLIC",
        "GRANT CONNECT ON DATABASE " + database + " TO guest");
  }

  @Override
  public DestinationDefinition<?> definition() {
    return new PostgresDestinationDefinition();
  }

  @Override
  public Map<String, Object> config() {
    return config(Map.of());
  }

  private Map<String, Object> config(Map<String, Object> changes) {
    Map<String, Object> config = new HashMap<>();
    config.put("host", PostgresServer.HOST);
    config.put("port", server.port());
    config.put("database", database);
    config.put("username", PostgresServer.USER);
    config.put("password", "not asked for");
    config.put("ssl_mode", Map.of("mode", "disable"));
    config.putAll(changes);
    return config;
  }

  @Override
  public List<InvalidConfig> invalidConfigs() {
    return List.of(
        new InvalidConfig(
            "missing database",
            config(Map.of("database", "no_such_database")),
            ConfigException.class,
            List.of("no_such_database")),
        new InvalidConfig(
            "unknown role",
            config(Map.of("username", "nobody_at_all")),
            ConfigException.class,
            List.of("nobody_at_all")),
        new InvalidConfig(
            "schema without the right to create",
            config(Map.of("username", "guest", "schema", "closed")),
            ConfigException.class,
            List.of("closed")),
        new InvalidConfig(
            "missing schema that may not be made",
            config(Map.of("username", "guest", "schema", "missing_schema")),
            ConfigException.class,
            List.of("missing_schema")),
        new InvalidConfig(
            "port without a server",
            config(Map.of("port", 1)),
            TransientException.class,
            List.of("port")));
  }

  @Override
  public List<String> secrets() {
    return List.of("not asked for");
  }

  @Override
  public @Nullable PublishedTable read(TargetName target, Schema written) throws SQLException {
    try (Connection jdbc = server.connect(database)) {
      return PublishedRows.read(jdbc, target.identity());
    }
  }

  @Override
  public AutoCloseable block(TargetName target) throws SQLException {
    Connection jdbc = server.connect(database);
    jdbc.setAutoCommit(false);
    try (Statement statement = jdbc.createStatement()) {
      statement.execute("LOCK TABLE " + Ledger.TABLE + " IN ACCESS EXCLUSIVE MODE");
    }
    return jdbc;
  }
}
