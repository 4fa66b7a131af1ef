package io.millrace.testkit.fake;

import io.millrace.spi.Checkpoint;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.Partition;
import io.millrace.spi.PartitionProgress;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.Resumption;
import io.millrace.spi.Source;
import io.millrace.spi.StreamDescriptor;
import io.millrace.spi.StreamPlan;
import io.millrace.spi.StreamState;
import io.millrace.spi.SystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A correct source over a {@link FakeDatabase}. Full reads see the moment of their plan;
 * incremental reads take every slot filled since the last state, so they miss nothing whatever the
 * cursor's values are.
 */
public final class FakeSource implements Source {
  private final FakeDatabase database;
  private final FakeSourceOptions options;
  private final FaultPlan faults;
  private final ConnectorContext context;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Set<Long> snapshots = ConcurrentHashMap.newKeySet();
  private final Set<FakeReader> readers = ConcurrentHashMap.newKeySet();

  /** Opens a source. */
  public FakeSource(
      FakeDatabase database,
      FakeSourceOptions options,
      FaultPlan faults,
      ConnectorContext context) {
    this.database = database;
    this.options = options;
    this.faults = faults;
    this.context = context;
  }

  @Override
  public void check() throws InterruptedException {
    faults.pass(Step.SOURCE_CHECK, closed);
  }

  @Override
  public void discover(Consumer<StreamDescriptor> found) throws InterruptedException {
    for (FakeTable table : database.tables()) {
      faults.pass(Step.DISCOVER, closed);
      found.accept(
          new StreamDescriptor(
              table.name(),
              table.schema(),
              table.primaryKey(),
              table.cursorFields(),
              false,
              !table.cursorFields().isEmpty(),
              table.rows().size(),
              -1));
    }
  }

  @Override
  public StreamPlan plan(ConfiguredStream stream, @Nullable StreamState state)
      throws InterruptedException {
    faults.pass(Step.PLAN, closed);
    return fresh(stream, state);
  }

  @Override
  public Resumption resume(
      ConfiguredStream stream, @Nullable StreamState state, List<PartitionProgress> progress)
      throws InterruptedException {
    faults.pass(Step.RESUME, closed);
    FakeTable table = table(stream);
    Schema schema = schema(stream, table);
    if (progress.isEmpty()) {
      return new Resumption.Continue(fresh(stream, state));
    }
    long asOf = 0;
    int end = 0;
    for (PartitionProgress piece : progress) {
      SlotRange range = SlotRange.of(piece.partition());
      asOf = Math.max(asOf, range.asOf());
      end = Math.max(end, range.to());
    }
    if (options.snapshotsSurvive() || snapshots.contains(asOf) || !table.lostRowsSince(asOf)) {
      snapshots.add(asOf);
      return new Resumption.Continue(
          new StreamPlan(schema, progress.stream().map(PartitionProgress::partition).toList()));
    }
    boolean someDurable = progress.stream().anyMatch(p -> p.done() || p.checkpoint() != null);
    if (stream.mode().writeMode().staged() && someDurable) {
      return new Resumption.Restart(
          "Rows of " + stream.name().display() + " changed since the read began.",
          fresh(stream, state));
    }
    return new Resumption.Continue(new StreamPlan(schema, refreshed(table, progress, end)));
  }

  /** Reads what is left as it is now, and then every slot filled since the old plan. */
  private List<Partition> refreshed(FakeTable table, List<PartitionProgress> progress, int end) {
    long now = table.moment();
    snapshots.add(now);
    List<Partition> partitions = new ArrayList<>();
    for (PartitionProgress piece : progress) {
      SlotRange range = SlotRange.of(piece.partition());
      partitions.add(
          piece.done()
              ? piece.partition()
              : new SlotRange(range.from(), range.to(), now).toPartition(piece.partition().id()));
    }
    if (table.end() > end) {
      partitions.add(new SlotRange(end, table.end(), now).toPartition("tail-" + end));
    }
    return partitions;
  }

  private StreamPlan fresh(ConfiguredStream stream, @Nullable StreamState state) {
    FakeTable table = table(stream);
    Schema schema = schema(stream, table);
    long asOf;
    int end;
    synchronized (table) {
      asOf = table.moment();
      end = table.end();
    }
    snapshots.add(asOf);
    int from = stream.mode().incremental() ? Math.min(SlotRange.slot(state), end) : 0;
    int pieces = Math.min(options.partitions(), end - from);
    List<Partition> partitions = new ArrayList<>();
    for (int i = 0; i < pieces; i++) {
      int first = from + (int) ((long) (end - from) * i / pieces);
      int next = from + (int) ((long) (end - from) * (i + 1) / pieces);
      partitions.add(new SlotRange(first, next, asOf).toPartition("slots-" + first));
    }
    return new StreamPlan(schema, partitions);
  }

  @Override
  public PartitionReader read(
      ConfiguredStream stream, Partition partition, @Nullable Checkpoint from)
      throws InterruptedException {
    faults.pass(Step.READ, closed);
    FakeTable table = table(stream);
    FakeReader reader =
        new FakeReader(
            table, schema(stream, table), SlotRange.of(partition), from, options, faults, context);
    readers.add(reader);
    return reader;
  }

  @Override
  public StreamState advance(
      ConfiguredStream stream, @Nullable StreamState before, List<PartitionProgress> finished) {
    faults.pass(Step.ADVANCE);
    int slot = stream.mode().incremental() ? SlotRange.slot(before) : 0;
    for (PartitionProgress piece : finished) {
      if (!piece.done()) {
        throw new SystemException(
            "fake_advance", "Partition " + piece.partition().id() + " is not done.");
      }
      slot = Math.max(slot, SlotRange.of(piece.partition()).to());
    }
    return SlotRange.state(slot);
  }

  @Override
  public void close() {
    closed.countDown();
    readers.forEach(FakeReader::close);
  }

  private FakeTable table(ConfiguredStream stream) {
    FakeTable table = database.find(stream.name());
    if (table == null) {
      throw new ConfigException(
          "no_such_stream",
          "The fake has no table " + stream.name().display() + "; choose one that discover lists.");
    }
    if (stream.mode().incremental()
        && !table.cursorFields().contains(Objects.requireNonNullElse(stream.cursorField(), ""))) {
      throw new ConfigException(
          "no_such_cursor",
          "%s cannot be read by the cursor \"%s\"; choose one of %s."
              .formatted(stream.name().display(), stream.cursorField(), table.cursorFields()));
    }
    return table;
  }

  private static Schema schema(ConfiguredStream stream, FakeTable table) {
    List<Field> fields = new ArrayList<>();
    for (String column : stream.columns()) {
      Field field =
          table.schema().getFields().stream()
              .filter(candidate -> candidate.getName().equals(column))
              .findFirst()
              .orElseThrow(
                  () ->
                      new ConfigException(
                          "no_such_column",
                          "%s has no column \"%s\"; discover lists what it has."
                              .formatted(stream.name().display(), column)));
      fields.add(field);
    }
    return new Schema(fields);
  }
}
