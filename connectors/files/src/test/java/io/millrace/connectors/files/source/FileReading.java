package io.millrace.connectors.files.source;

import io.millrace.spi.Checkpoint;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.Notice;
import io.millrace.spi.Partition;
import io.millrace.spi.PartitionProgress;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.RejectedRow;
import io.millrace.spi.Source;
import io.millrace.spi.StreamDescriptor;
import io.millrace.spi.StreamPlan;
import io.millrace.spi.StreamState;
import io.millrace.spi.SyncMode;
import io.millrace.spi.Tuning;
import io.millrace.spi.config.ConfigReader;
import io.millrace.spi.type.Fields;
import io.millrace.testkit.arrow.Batches;
import io.millrace.testkit.arrow.Row;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/** Runs a file source as an engine would, and keeps what it returned. */
final class FileReading implements AutoCloseable {
  final Source source;
  final List<Notice> notices = new CopyOnWriteArrayList<>();
  final List<RejectedRow> rejected = new ArrayList<>();

  /** Where each row that was returned is. */
  final List<@Nullable String> positions = new ArrayList<>();

  private FileReading(BufferAllocator allocator, Path temp, Map<String, Object> config) {
    Tuning tuning = new Tuning(1 << 14, 100, 4, 0);
    ConnectorContext context =
        new ConnectorContext(allocator, Clock.systemUTC(), temp, notices::add, tuning);
    this.source =
        new FileSourceDefinition().open(ConfigReader.read(FileConfig.class, config), context);
  }

  static FileReading of(BufferAllocator allocator, Path temp, Map<String, Object> config) {
    return new FileReading(allocator, temp, config);
  }

  static FileReading of(BufferAllocator allocator, Path temp, Path url) {
    return of(allocator, temp, Map.of("url", url.toString()));
  }

  StreamDescriptor discover() throws InterruptedException {
    List<StreamDescriptor> found = new ArrayList<>();
    source.discover(found::add);
    if (found.size() != 1) {
      throw new AssertionError("One stream is expected, not " + found);
    }
    return found.getFirst();
  }

  /** Returns the types of the columns by name. */
  Map<String, String> types() throws InterruptedException {
    Map<String, String> types = new LinkedHashMap<>();
    for (Field field : discover().schema().getFields()) {
      types.put(field.getName(), Fields.typeOf(field).display());
    }
    return types;
  }

  ConfiguredStream stream(SyncMode mode) throws InterruptedException {
    StreamDescriptor found = discover();
    List<String> columns = found.schema().getFields().stream().map(Field::getName).toList();
    return new ConfiguredStream(found.name(), columns, mode, null, List.of(), Set.of());
  }

  List<Row> rows() throws InterruptedException {
    ConfiguredStream stream = stream(SyncMode.FULL_REFRESH_OVERWRITE);
    return rows(stream, source.plan(stream, null));
  }

  List<Row> rows(ConfiguredStream stream, StreamPlan plan) throws InterruptedException {
    List<Row> rows = new ArrayList<>();
    for (Partition partition : plan.partitions()) {
      rows.addAll(read(stream, partition, null, Integer.MAX_VALUE).rows);
    }
    return rows;
  }

  /** What was read of a partition, and the checkpoint behind it. */
  record Part(List<Row> rows, @Nullable Checkpoint checkpoint, boolean done) {}

  Part read(ConfiguredStream stream, Partition partition, @Nullable Checkpoint from, int batchesMax)
      throws InterruptedException {
    List<Row> rows = new ArrayList<>();
    try (PartitionReader reader = source.read(stream, partition, from)) {
      for (int i = 0; i < batchesMax; i++) {
        try (RecordBatch batch = reader.next()) {
          if (batch == null) {
            return new Part(rows, reader.checkpoint(), true);
          }
          rows.addAll(Batches.rows(batch));
          rejected.addAll(batch.rejected());
          for (int row = 0; row < batch.rowCount(); row++) {
            positions.add(batch.positions().of(row));
          }
        }
      }
      return new Part(rows, reader.checkpoint(), false);
    }
  }

  /** Reads everything that is new since a state. */
  Synced sync(ConfiguredStream stream, @Nullable StreamState state) throws InterruptedException {
    StreamPlan plan = source.plan(stream, state);
    List<Row> rows = new ArrayList<>();
    List<PartitionProgress> progress = new ArrayList<>();
    for (Partition partition : plan.partitions()) {
      Part part = read(stream, partition, null, Integer.MAX_VALUE);
      rows.addAll(part.rows);
      progress.add(new PartitionProgress(partition, part.checkpoint, true));
    }
    return new Synced(rows, source.advance(stream, state, progress));
  }

  /** What a sync read, and the state behind it. */
  record Synced(List<Row> rows, StreamState state) {}

  @Override
  public void close() {
    source.close();
  }
}
