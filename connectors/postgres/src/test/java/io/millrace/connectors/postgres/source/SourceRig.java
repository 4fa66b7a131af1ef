package io.millrace.connectors.postgres.source;

import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.Notice;
import io.millrace.spi.Partition;
import io.millrace.spi.PartitionProgress;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.RejectedRow;
import io.millrace.spi.Source;
import io.millrace.spi.StreamDescriptor;
import io.millrace.spi.StreamName;
import io.millrace.spi.StreamPlan;
import io.millrace.spi.StreamState;
import io.millrace.spi.SyncMode;
import io.millrace.spi.Tuning;
import io.millrace.spi.config.ConfigReader;
import io.millrace.testkit.TestContext;
import io.millrace.testkit.arrow.Batches;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.servers.PostgresServer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** A database of its own, sources on it, and short forms of reading. */
final class SourceRig {
  static final Ranges SMALL = new Ranges(16_384, 16_384);
  private static final Tuning TUNING = new Tuning(1 << 18, 1_000, 4, 0);

  final PostgresServer server;
  final String database;
  final TestContext context;

  SourceRig(BufferAllocator allocator) {
    this(PostgresServer.shared(), allocator);
  }

  SourceRig(PostgresServer server, BufferAllocator allocator) {
    this(server, server.newDatabase(), allocator);
  }

  SourceRig(PostgresServer server, String database, BufferAllocator allocator) {
    this.server = server;
    this.database = database;
    this.context = TestContext.of(allocator, Path.of("target"), Clock.systemUTC(), TUNING);
  }

  void execute(String... statements) {
    server.execute(database, statements);
  }

  Source open() {
    return open(Map.of());
  }

  Source open(Map<String, Object> extra) {
    Map<String, Object> values = new HashMap<>();
    values.put("host", PostgresServer.HOST);
    values.put("port", server.port());
    values.put("database", database);
    values.put("username", PostgresServer.USER);
    values.putAll(extra);
    PostgresSourceConfig config = ConfigReader.read(PostgresSourceConfig.class, values);
    return new PostgresSource(config, context.connector(), SMALL);
  }

  List<Notice> notices() {
    return context.notices();
  }

  /** Finds every stream. */
  List<StreamDescriptor> discover(Map<String, Object> extra) throws InterruptedException {
    List<StreamDescriptor> found = new ArrayList<>();
    try (Source source = open(extra)) {
      source.discover(found::add);
    }
    return found;
  }

  static ConfiguredStream stream(String table, SyncMode mode, String... columns) {
    return new ConfiguredStream(
        new StreamName("public", table),
        List.of(columns),
        mode,
        mode.incremental() ? "version" : null,
        List.of(),
        Set.of());
  }

  /** Reads a whole table. */
  List<Row> read(String table, String... columns) throws InterruptedException {
    try (Source source = open()) {
      return read(source, stream(table, SyncMode.FULL_REFRESH_OVERWRITE, columns), null).rows;
    }
  }

  /** Reads a stream to its end. */
  static Result read(Source source, ConfiguredStream stream, @Nullable StreamState state)
      throws InterruptedException {
    StreamPlan plan = source.plan(stream, state);
    Result result = new Result(plan);
    for (Partition partition : plan.partitions()) {
      result.progress.add(read(source, stream, partition, result));
    }
    result.state = source.advance(stream, state, result.progress);
    return result;
  }

  /** Reads a partition to its end. */
  static PartitionProgress read(
      Source source, ConfiguredStream stream, Partition partition, Result into)
      throws InterruptedException {
    try (PartitionReader reader = source.read(stream, partition, null)) {
      for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
        try (RecordBatch rows = batch) {
          into.rows.addAll(Batches.rows(rows));
          into.rejected.addAll(rows.rejected());
        }
      }
      return new PartitionProgress(partition, reader.checkpoint(), true);
    }
  }

  /** What was read. */
  static final class Result {
    final StreamPlan plan;
    final List<Row> rows = new ArrayList<>();
    final List<RejectedRow> rejected = new ArrayList<>();
    final List<PartitionProgress> progress = new ArrayList<>();
    @Nullable StreamState state;

    Result(StreamPlan plan) {
      this.plan = plan;
    }
  }
}
