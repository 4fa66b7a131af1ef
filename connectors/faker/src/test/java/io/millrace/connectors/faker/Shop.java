package io.millrace.connectors.faker;

import io.millrace.spi.Checkpoint;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.Partition;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.Source;
import io.millrace.spi.StreamDescriptor;
import io.millrace.spi.StreamName;
import io.millrace.spi.StreamPlan;
import io.millrace.spi.SyncMode;
import io.millrace.spi.Tuning;
import io.millrace.spi.config.ConfigReader;
import io.millrace.testkit.TestContext;
import io.millrace.testkit.arrow.Batches;
import io.millrace.testkit.arrow.Row;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/** A source under test, with a clock that stands still. */
record Shop(Source source) {
  static Shop of(BufferAllocator allocator, Instant now, Tuning tuning, Map<String, ?> config) {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    TestContext context = TestContext.of(allocator, Path.of(""), clock, tuning);
    FakerConfig read = ConfigReader.read(FakerConfig.class, config);
    return new Shop(new FakerDefinition().open(read, context.connector()));
  }

  static ConfiguredStream stream(String table, SyncMode mode) {
    StreamDescriptor described =
        Table.ALL.stream()
            .filter(one -> one.name().equals(table))
            .findFirst()
            .orElseThrow()
            .describe(1);
    List<String> columns = described.schema().getFields().stream().map(Field::getName).toList();
    return stream(table, mode, columns);
  }

  static ConfiguredStream stream(String table, SyncMode mode, List<String> columns) {
    return new ConfiguredStream(
        new StreamName(null, table), columns, mode, "updated_at", List.of("id"), Set.of());
  }

  /** Reads a whole stream from its beginning. */
  List<Row> read(String table) throws InterruptedException {
    ConfiguredStream stream = stream(table, SyncMode.FULL_REFRESH_OVERWRITE);
    return read(stream, source.plan(stream, null));
  }

  List<Row> read(ConfiguredStream stream, StreamPlan plan) throws InterruptedException {
    List<Row> rows = new ArrayList<>();
    for (Partition partition : plan.partitions()) {
      rows.addAll(read(stream, partition, null, Integer.MAX_VALUE).rows());
    }
    return rows;
  }

  /** Reads at most so many batches of a partition. */
  Part read(ConfiguredStream stream, Partition partition, @Nullable Checkpoint from, int batchesMax)
      throws InterruptedException {
    List<Row> rows = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    try (PartitionReader reader = source.read(stream, partition, from)) {
      for (int i = 0; i < batchesMax; i++) {
        try (RecordBatch batch = reader.next()) {
          if (batch == null) {
            break;
          }
          rows.addAll(Batches.rows(batch));
          sizes.add(batch.rowCount());
        }
      }
      return new Part(rows, sizes, reader.checkpoint());
    }
  }

  /** What was read of a partition. */
  record Part(List<Row> rows, List<Integer> sizes, @Nullable Checkpoint checkpoint) {}
}
