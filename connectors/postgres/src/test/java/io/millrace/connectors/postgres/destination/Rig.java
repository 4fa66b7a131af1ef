package io.millrace.connectors.postgres.destination;

import io.millrace.spi.BatchWriter;
import io.millrace.spi.Commit;
import io.millrace.spi.Destination;
import io.millrace.spi.FinishReceipt;
import io.millrace.spi.LoadPlan;
import io.millrace.spi.Notice;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.StreamName;
import io.millrace.spi.Tally;
import io.millrace.spi.TargetName;
import io.millrace.spi.WriteMode;
import io.millrace.spi.WriteReceipt;
import io.millrace.spi.config.ConfigReader;
import io.millrace.testkit.TestContext;
import io.millrace.testkit.arrow.Batches;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.servers.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** A database of its own, a destination on it, and short forms of loading and looking. */
final class Rig implements AutoCloseable {
  static final StreamName STREAM = new StreamName("source", "things");

  final PostgresServer server;
  final String database;
  final BufferAllocator allocator;
  final TestContext context;
  final Destination destination;

  Rig(BufferAllocator allocator, Map<String, Object> extra) {
    this(PostgresServer.shared(), PostgresServer.shared().newDatabase(), allocator, extra);
  }

  Rig(
      PostgresServer server,
      String database,
      BufferAllocator allocator,
      Map<String, Object> extra) {
    this.server = server;
    this.database = database;
    this.allocator = allocator;
    this.context = TestContext.of(allocator, Path.of("target"));
    this.destination = another(extra);
  }

  /** Opens another destination on the same database, as another process would. */
  Destination another(Map<String, Object> extra) {
    Map<String, Object> values = new HashMap<>();
    values.put("host", PostgresServer.HOST);
    values.put("port", server.port());
    values.put("database", database);
    values.put("username", PostgresServer.USER);
    values.putAll(extra);
    return new PostgresDestinationDefinition()
        .open(ConfigReader.read(PostgresDestinationConfig.class, values), context.connector());
  }

  List<Notice> notices() {
    return context.notices();
  }

  LoadPlan plan(String table, Schema schema, WriteMode mode, long syncId) {
    return plan(table, schema, mode, syncId, List.of(), null);
  }

  LoadPlan plan(
      String table,
      Schema schema,
      WriteMode mode,
      long syncId,
      List<String> key,
      @Nullable String cursor) {
    TargetName target = destination.identify(TargetName.wanted(null, table));
    return new LoadPlan("test", syncId, 1, STREAM, target, schema, mode, key, cursor);
  }

  /** Runs a whole sync of one partition. */
  FinishReceipt load(LoadPlan plan, List<Row> rows) throws InterruptedException {
    try (StreamLoader loader = destination.open(plan)) {
      write(loader, plan, "p0", 0, rows);
      return loader.finish();
    }
  }

  /** Writes and commits a whole partition; returns what was refused. */
  WriteReceipt write(
      StreamLoader loader, LoadPlan plan, String partition, int ordinal, List<Row> rows)
      throws InterruptedException {
    try (BatchWriter writer = loader.writer(partition, ordinal)) {
      WriteReceipt receipt = write(writer, plan.schema(), rows);
      long durable = writer.commit(commit(partition, 1, receipt.rowsTaken(), true));
      if (durable != receipt.rowsTaken()) {
        throw new AssertionError("durable " + durable + ", taken " + receipt.rowsTaken());
      }
      return receipt;
    }
  }

  WriteReceipt write(BatchWriter writer, Schema schema, List<Row> rows)
      throws InterruptedException {
    try (RecordBatch batch = Batches.batch(allocator, schema, rows)) {
      return writer.write(batch);
    }
  }

  static Commit commit(String partition, long sequence, long rows, boolean done) {
    return new Commit(partition, sequence, null, done, new Tally(rows, rows, 0, 0, 0));
  }

  /** Returns rows as PostgreSQL's text, columns joined by a bar. */
  List<String> query(String sql) {
    try (Connection jdbc = server.connect(database);
        Statement statement = jdbc.createStatement()) {
      statement.execute("SET timezone = 'UTC'; SET bytea_output = 'hex'");
      try (ResultSet rows = statement.executeQuery(sql)) {
        List<String> found = new ArrayList<>();
        while (rows.next()) {
          List<String> cells = new ArrayList<>();
          for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            cells.add(String.valueOf(rows.getString(i)));
          }
          found.add(String.join("|", cells));
        }
        return found;
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure.getMessage(), failure);
    }
  }

  String one(String sql) {
    return String.join("\n", query(sql));
  }

  void execute(String... statements) {
    server.execute(database, statements);
  }

  @Override
  public void close() {
    destination.close();
  }
}
