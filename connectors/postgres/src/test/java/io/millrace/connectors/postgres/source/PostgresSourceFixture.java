package io.millrace.connectors.postgres.source;

import static io.millrace.connectors.postgres.connect.PgIdentifiers.quote;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.ConnectorInfo;
import io.millrace.spi.Source;
import io.millrace.spi.SourceDefinition;
import io.millrace.spi.StreamName;
import io.millrace.spi.TransientException;
import io.millrace.spi.UriForm;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.contract.InvalidConfig;
import io.millrace.testkit.contract.source.SourceCapability;
import io.millrace.testkit.contract.source.SourceFixture;
import io.millrace.testkit.servers.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** A database for the contract suites, read in ranges of very few pages. */
final class PostgresSourceFixture implements SourceFixture {
  private static final String READER = "reader";
  private static final String PASSWORD = "geheim-7f3a";
  private static final Ranges SMALL = new Ranges(16_384, 16_384);

  private final PostgresServer server;
  private final String database;
  private final Map<String, Schema> schemas = new HashMap<>();
  private final String method;

  PostgresSourceFixture(String method) {
    this(PostgresServer.shared(), method);
  }

  PostgresSourceFixture(PostgresServer server, String method) {
    this.server = server;
    this.database = server.newDatabase();
    this.method = method;
    server.execute(
        database,
        "DO $$BEGIN CREATE ROLE "
            + READER
            + " LOGIN PASSWORD '"
            + PASSWORD
            + "'; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END$$",
        "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO " + READER);
  }

  String database() {
    return database;
  }

  @Override
  public SourceDefinition<?> definition() {
    return new SmallRanges(new PostgresSourceDefinition());
  }

  @Override
  public Map<String, Object> config() {
    Map<String, Object> config = new HashMap<>();
    config.put("host", PostgresServer.HOST);
    config.put("port", server.port());
    config.put("database", database);
    config.put("username", READER);
    config.put("password", PASSWORD);
    config.put("replication_method", Map.of("method", method));
    return config;
  }

  @Override
  public List<InvalidConfig> invalidConfigs() {
    return List.of(
        invalid("unknown host", "host", "no-such-host.invalid", "no-such-host.invalid"),
        invalid("missing database", "database", "no_such_database", "no_such_database"),
        invalid("missing user", "username", "no_such_user", "no_such_user"),
        invalid("missing schema", "schemas", List.of("no_such_schema"), "no_such_schema"),
        new InvalidConfig(
            "nothing listens",
            with("port", unusedPort()),
            TransientException.class,
            List.of(PostgresServer.HOST)));
  }

  private InvalidConfig invalid(String name, String field, Object value, String mention) {
    return new InvalidConfig(name, with(field, value), ConfigException.class, List.of(mention));
  }

  private Map<String, Object> with(String field, Object value) {
    Map<String, Object> config = config();
    config.put(field, value);
    return config;
  }

  @Override
  public List<String> secrets() {
    return List.of(PASSWORD);
  }

  @Override
  public Set<SourceCapability> capabilities() {
    return EnumSet.allOf(SourceCapability.class);
  }

  @Override
  public boolean holds(LogicalType type, Object value) {
    return !(value instanceof String text && text.indexOf('\0') >= 0)
        && !(type instanceof LogicalType.Text && value.toString().indexOf('\0') >= 0);
  }

  @Override
  public StreamName createStream(
      String name, Schema schema, List<String> primaryKey, List<Row> rows) throws SQLException {
    try (Connection jdbc = server.connect(database)) {
      jdbc.setAutoCommit(false);
      List<String> columns = new ArrayList<>();
      for (Field field : schema.getFields()) {
        columns.add(quote(field.getName()) + " " + columnType(jdbc, name, field));
      }
      if (!primaryKey.isEmpty()) {
        columns.add("PRIMARY KEY (" + joined(primaryKey) + ")");
      }
      execute(jdbc, "CREATE TABLE " + quote(name) + " (" + String.join(", ", columns) + ")");
      schemas.put(name, schema);
      insert(jdbc, name, rows);
      jdbc.commit();
    }
    return new StreamName("public", name);
  }

  private static String columnType(Connection jdbc, String table, Field field) throws SQLException {
    LogicalType type = Fields.typeOf(field);
    String composite = table + "_" + field.getName();
    if (type instanceof LogicalType.Struct(List<LogicalType.Part> parts)) {
      List<String> attributes = new ArrayList<>();
      for (LogicalType.Part part : parts) {
        attributes.add(quote(part.name()) + " " + PgValues.columnType(part.type(), ""));
      }
      execute(
          jdbc, "CREATE TYPE " + quote(composite) + " AS (" + String.join(", ", attributes) + ")");
    }
    return PgValues.columnType(type, composite);
  }

  @Override
  public void insert(StreamName stream, List<Row> rows) throws SQLException {
    try (Connection jdbc = server.connect(database)) {
      jdbc.setAutoCommit(false);
      insert(jdbc, stream.name(), rows);
      jdbc.commit();
    }
  }

  @Override
  public AutoCloseable insertLate(StreamName stream, List<Row> rows) throws SQLException {
    Connection jdbc = server.connect(database);
    jdbc.setAutoCommit(false);
    jdbc.setSavepoint(); // The rows then carry the id of a subtransaction.
    insert(jdbc, stream.name(), rows);
    return () -> {
      jdbc.commit();
      jdbc.close();
    };
  }

  @Override
  public void update(StreamName stream, List<Row> rows) throws SQLException {
    try (Connection jdbc = server.connect(database)) {
      jdbc.setAutoCommit(false);
      String table = quote(stream.name());
      for (Row row : rows) {
        execute(jdbc, "DELETE FROM " + table + " WHERE id = " + row.get(0));
      }
      insert(jdbc, stream.name(), rows);
      jdbc.commit();
    }
  }

  @Override
  public void addColumn(StreamName stream, Field column) {
    server.execute(
        database,
        "ALTER TABLE "
            + quote(stream.name())
            + " ADD COLUMN "
            + quote(column.getName())
            + " "
            + PgValues.columnType(Fields.typeOf(column), ""));
  }

  @Override
  public void dropColumn(StreamName stream, String column) {
    server.execute(
        database, "ALTER TABLE " + quote(stream.name()) + " DROP COLUMN " + quote(column));
  }

  @Override
  public AutoCloseable block(StreamName stream) throws SQLException {
    Connection jdbc = server.connect(database);
    jdbc.setAutoCommit(false);
    execute(jdbc, "LOCK TABLE " + quote(stream.name()) + " IN ACCESS EXCLUSIVE MODE");
    return () -> {
      jdbc.rollback();
      jdbc.close();
    };
  }

  @Override
  public void cutConnections() {
    server.execute(
        database,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '"
            + READER
            + "' AND datname = current_database()");
  }

  @Override
  public List<String> lastingThreads() {
    return List.of("PostgreSQL-JDBC-Cleaner", "PostgreSQL-JDBC-SharedTimer");
  }

  private void insert(Connection jdbc, String table, List<Row> rows) throws SQLException {
    Schema schema = schemas.get(table);
    if (schema == null) {
      throw new IllegalStateException("No table " + table);
    }
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (Field field : schema.getFields()) {
      String type = PgValues.columnType(Fields.typeOf(field), table + "_" + field.getName());
      names.add(field.getName());
      values.add("?::text::" + type);
    }
    String sql =
        "INSERT INTO "
            + quote(table)
            + " ("
            + joined(names)
            + ") VALUES ("
            + String.join(", ", values)
            + ")";
    try (PreparedStatement statement = jdbc.prepareStatement(sql)) {
      for (Row row : rows) {
        for (int i = 0; i < row.size(); i++) {
          statement.setString(i + 1, PgValues.text(row.get(i)));
        }
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static String joined(List<String> names) {
    return String.join(", ", names.stream().map(name -> quote(name)).toList());
  }

  private static void execute(Connection jdbc, String sql) throws SQLException {
    try (Statement statement = jdbc.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int unusedPort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** The connector with ranges so small that small tables have several. */
  record SmallRanges(PostgresSourceDefinition real)
      implements SourceDefinition<PostgresSourceConfig> {
    @Override
    public ConnectorInfo info() {
      return real.info();
    }

    @Override
    public Class<PostgresSourceConfig> configType() {
      return real.configType();
    }

    @Override
    public UriForm uriForm() {
      return real.uriForm();
    }

    @Override
    public Source open(PostgresSourceConfig config, ConnectorContext context) {
      return new PostgresSource(config, context, SMALL);
    }
  }
}
