package io.millrace.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.BatchWriter;
import io.millrace.spi.Checkpoint;
import io.millrace.spi.Commit;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.LoadPlan;
import io.millrace.spi.Partition;
import io.millrace.spi.PartitionProgress;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.Resumption;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.StreamName;
import io.millrace.spi.StreamPlan;
import io.millrace.spi.StreamState;
import io.millrace.spi.SyncMode;
import io.millrace.spi.Tally;
import io.millrace.spi.TargetName;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.TestContext;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The fakes carry rows from one to the other, driven by hand as the engine would. */
final class FakeSyncTest {
  private static final StreamName NAME = new StreamName("shop", "orders");
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              Fields.of("id", new LogicalType.Int(64)),
              Fields.of("at", new LogicalType.Int(64)),
              Fields.of("note", new LogicalType.Text())));

  @RegisterExtension final AllocatorExtension arrow = new AllocatorExtension();
  @TempDir Path temp;

  private final FakeDatabase database = new FakeDatabase();
  private final FakeTable table = database.create(NAME, SCHEMA, List.of("id"), List.of("at"));
  private final FakeStore store = new FakeStore();

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void carriesEveryRow(SyncMode mode) throws InterruptedException {
    table.insert(rows(0, 95));
    StreamState state = sync(1, mode, null, FaultPlan.none());
    assertThat(published()).containsExactlyInAnyOrderElementsOf(table.rows());
    table.upsert(Row.of(3L, 1_000L, "changed"));
    table.insert(rows(95, 101));
    sync(2, mode, state, FaultPlan.none());
    switch (mode) {
      case FULL_REFRESH_APPEND -> assertThat(published()).hasSize(95 + 101);
      case INCREMENTAL_APPEND -> assertThat(published()).hasSize(95 + 7);
      case FULL_REFRESH_OVERWRITE, FULL_REFRESH_OVERWRITE_DEDUP, INCREMENTAL_APPEND_DEDUP ->
          assertThat(published()).containsExactlyInAnyOrderElementsOf(table.rows());
    }
  }

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void survivesACrashAfterEveryCommit(SyncMode mode) throws InterruptedException {
    table.insert(rows(0, 95));
    for (int call = 1; call <= 4; call++) {
      FaultPlan dying = FaultPlan.none().at(Step.COMMITTED, call, new Fault.Crash());
      assertThatThrownBy(() -> sync(1, mode, null, dying)).isInstanceOf(SimulatedCrash.class);
      assertThat(dying.crashed()).isTrue();
    }
    sync(1, mode, null, FaultPlan.none());
    assertThat(published()).containsExactlyInAnyOrderElementsOf(table.rows());
  }

  @Test
  void overwriteShowsNothingBeforeItsEnd() throws InterruptedException {
    table.insert(rows(0, 20));
    sync(1, SyncMode.FULL_REFRESH_OVERWRITE, null, FaultPlan.none());
    List<Row> before = published();
    table.upsert(Row.of(1L, 5L, "changed"));
    FaultPlan dying = FaultPlan.none().at(Step.FINISH, 1, new Fault.Crash());
    assertThatThrownBy(() -> sync(2, SyncMode.FULL_REFRESH_OVERWRITE, null, dying))
        .isInstanceOf(SimulatedCrash.class);
    assertThat(published()).isEqualTo(before);
    assertThat(store.stagedRows()).isEqualTo(20);
  }

  @Test
  void aFullDiskKeepsNothingOfTheCommit() {
    table.insert(rows(0, 20));
    store.limitRows(15);
    assertThatThrownBy(() -> sync(1, SyncMode.FULL_REFRESH_APPEND, null, FaultPlan.none()))
        .hasMessageContaining("disk is full");
    assertThat(published()).hasSizeLessThanOrEqualTo(15).hasSizeGreaterThan(0);
  }

  private List<Row> published() {
    FakeStore.Published published = store.read(target());
    return published == null ? List.of() : published.rows();
  }

  private TargetName target() {
    return new FakeDestination(store, FakeDestinationOptions.DEFAULT, FaultPlan.none())
        .identify(TargetName.wanted(null, "orders"));
  }

  private StreamState sync(
      long syncId, SyncMode mode, @Nullable StreamState state, FaultPlan faults)
      throws InterruptedException {
    ConfiguredStream stream =
        new ConfiguredStream(
            NAME, List.of("id", "at", "note"), mode, "at", List.of("id"), Set.of());
    LoadPlan plan =
        new LoadPlan(
            "c", syncId, syncId, NAME, target(), SCHEMA, mode.writeMode(), List.of("id"), "at");
    TestContext context = TestContext.of(arrow.allocator(), temp);
    try (FakeSource source =
            new FakeSource(database, FakeSourceOptions.DEFAULT, faults, context.connector());
        FakeDestination destination =
            new FakeDestination(store, FakeDestinationOptions.DEFAULT, faults);
        StreamLoader loader = destination.open(plan)) {
      StreamPlan first = source.plan(stream, state);
      List<PartitionProgress> before = progress(first.partitions(), loader.commits());
      Resumption resumed = source.resume(stream, state, before);
      List<PartitionProgress> rest = progress(resumed.partitions(), loader.commits());
      for (int ordinal = 0; ordinal < rest.size(); ordinal++) {
        copy(source, stream, rest.get(ordinal), loader, ordinal);
      }
      loader.finish();
      return source.advance(stream, state, progress(resumed.partitions(), loader.commits()));
    }
  }

  private static void copy(
      FakeSource source,
      ConfiguredStream stream,
      PartitionProgress piece,
      StreamLoader loader,
      int ordinal)
      throws InterruptedException {
    if (piece.done()) {
      return;
    }
    Partition partition = piece.partition();
    long sequence =
        loader.commits().stream()
            .filter(commit -> commit.partitionId().equals(partition.id()))
            .mapToLong(Commit::sequence)
            .findFirst()
            .orElse(0);
    try (PartitionReader reader = source.read(stream, partition, piece.checkpoint());
        BatchWriter writer = loader.writer(partition.id(), ordinal)) {
      boolean done = false;
      while (!done) {
        try (RecordBatch batch = reader.next()) {
          done = batch == null;
          if (batch != null) {
            writer.write(batch);
          }
        }
        writer.commit(
            new Commit(partition.id(), ++sequence, reader.checkpoint(), done, Tally.ZERO));
      }
    }
  }

  private static List<PartitionProgress> progress(
      List<Partition> partitions, List<Commit> commits) {
    List<PartitionProgress> progress = new ArrayList<>();
    for (Partition partition : partitions) {
      Commit commit =
          commits.stream()
              .filter(candidate -> candidate.partitionId().equals(partition.id()))
              .findFirst()
              .orElse(null);
      Checkpoint checkpoint = commit == null ? null : commit.checkpoint();
      progress.add(new PartitionProgress(partition, checkpoint, commit != null && commit.done()));
    }
    return progress;
  }

  private static List<Row> rows(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> Row.of((long) i, (long) i / 2, "row " + i))
        .toList();
  }
}
