package io.millrace.connectors.duckdb;

import io.millrace.spi.BatchWriter;
import io.millrace.spi.Checkpoint;
import io.millrace.spi.Commit;
import io.millrace.spi.Destination;
import io.millrace.spi.FinishReceipt;
import io.millrace.spi.LoadPlan;
import io.millrace.spi.MetadataColumns;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.StreamName;
import io.millrace.spi.Tally;
import io.millrace.spi.TargetName;
import io.millrace.spi.WriteMode;
import io.millrace.spi.WriteReceipt;
import io.millrace.testkit.TestContext;
import io.millrace.testkit.arrow.Batches;
import io.millrace.testkit.arrow.Row;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** A database file in a test, and what an engine would do with it. */
final class Bench {
  final Path file;
  private final TestContext context;
  private final BufferAllocator allocator;

  Bench(BufferAllocator allocator, Path folder, String fileName) {
    this.allocator = allocator;
    this.file = folder.resolve(fileName);
    this.context = TestContext.of(allocator, folder);
  }

  Destination destination() {
    return new DuckDbDestinationDefinition()
        .open(
            new DuckDbConfig(file.toString(), "main", MetadataColumns.NONE, 256),
            context.connector());
  }

  static LoadPlan plan(
      long syncId, WriteMode mode, Schema schema, List<String> key, @Nullable String cursor) {
    return new LoadPlan(
        "pipeline",
        syncId,
        1,
        new StreamName("public", "orders"),
        new TargetName("main", "Orders", "main\norders"),
        schema,
        mode,
        key,
        cursor);
  }

  /** Writes and commits one batch of a partition as its next commit. */
  WriteReceipt write(
      StreamLoader loader, Schema schema, String partition, int ordinal, long sequence, Row... rows)
      throws InterruptedException {
    try (BatchWriter writer = loader.writer(partition, ordinal)) {
      WriteReceipt receipt = add(writer, schema, rows);
      writer.commit(commit(partition, sequence, receipt.rowsTaken()));
      return receipt;
    }
  }

  WriteReceipt add(BatchWriter writer, Schema schema, Row... rows) throws InterruptedException {
    try (RecordBatch batch = Batches.batch(allocator, schema, List.of(rows))) {
      return writer.write(batch);
    }
  }

  static Commit commit(String partition, long sequence, long rows) {
    return new Commit(
        partition,
        sequence,
        new Checkpoint(1, "{\"at\": \"" + sequence + "|x\"}"),
        true,
        new Tally(rows, rows, 0, 0, rows));
  }

  /** Runs a whole sync of one partition. */
  FinishReceipt sync(LoadPlan plan, Row... rows) throws InterruptedException {
    try (Destination destination = destination();
        StreamLoader loader = destination.open(plan)) {
      write(loader, plan.schema(), "p0", 0, 1, rows);
      return loader.finish();
    }
  }

  /** Reads the closed file as another program would: rows as text, columns joined by a bar. */
  List<String> query(String sql) throws SQLException {
    return query(file, sql);
  }

  static List<String> query(Path file, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      List<String> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery(sql)) {
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
          List<String> values = new ArrayList<>();
          for (int i = 1; i <= columns; i++) {
            values.add(String.valueOf(result.getString(i)));
          }
          rows.add(String.join("|", values));
        }
      }
      return rows;
    }
  }
}
