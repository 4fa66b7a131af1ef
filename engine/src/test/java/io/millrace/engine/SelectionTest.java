package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.mapper.Mapper;
import io.millrace.spi.ConfigException;
import io.millrace.spi.MetadataColumns;
import io.millrace.spi.Notice;
import io.millrace.spi.StreamName;
import io.millrace.spi.SyncMode;
import io.millrace.spi.TableLayout;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.fake.FakeDestinationOptions;
import io.millrace.testkit.fake.FaultPlan;
import io.millrace.testkit.fake.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said about streams before they are read. */
final class SelectionTest {
  @TempDir private Path temp;
  private World world = new World(Path.of(""));

  @BeforeEach
  void begin() {
    world = new World(temp);
    world.orders(3);
  }

  @Test
  void aCursorThatNobodyNamedIsNamedUntilThereIsAState() {
    SyncPreview plan =
        world.engine().plan(world.spec(SyncMode.INCREMENTAL_APPEND, FaultPlan.none()), world.store);
    assertThat(plan.notices()).extracting(Notice::message).first().asString().contains("column at");
    world.sync(SyncMode.INCREMENTAL_APPEND, FaultPlan.none());
    assertThat(notices()).extracting(Notice::code).containsExactly("cursor_chosen");
    assertThat(notices().getFirst().message()).contains("shop.orders").contains("column at");
    world.events.clear();
    world.sync(SyncMode.INCREMENTAL_APPEND, FaultPlan.none());
    assertThat(notices()).isEmpty();
  }

  @Test
  void nothingIsChosenForAFullRefresh() {
    world.sync(SyncMode.FULL_REFRESH_OVERWRITE, FaultPlan.none());
    assertThat(notices()).isEmpty();
  }

  @Test
  void aStreamWithoutFieldsIsLeftOutWithAWord() {
    world.database.create(
        new StreamName("shop", "hollow"), new Schema(List.of()), List.of(), List.of());
    SyncSummary summary = world.sync(SyncMode.FULL_REFRESH_OVERWRITE, FaultPlan.none());
    assertThat(summary.status()).isEqualTo(SyncStatus.SUCCEEDED);
    assertThat(summary.streams()).extracting(StreamSummary::stream).containsExactly(World.ORDERS);
    assertThat(notices()).extracting(Notice::code).containsExactly("stream_without_columns");
  }

  @Test
  void aStreamWithAKnownProblemFailsAloneWhetherTheSourceHasItOrNot() {
    StreamName lines = new StreamName("shop", "lines");
    world.database.create(lines, World.SCHEMA, List.of("id"), List.of("at"));
    SyncSummary summary =
        sync(
            new StreamSelection(StreamPattern.exactly(World.ORDERS), StreamOptions.NONE),
            failing(lines),
            failing(new StreamName("shop", "gone")));
    assertThat(summary.status()).isEqualTo(SyncStatus.PARTIAL);
    assertThat(summary.streams())
        .extracting(one -> one.stream().name() + " " + one.status().label())
        .containsExactly("orders succeeded", "lines failed", "gone failed");
    assertThat(summary.streams().getLast().failure())
        .satisfies(
            failure -> {
              assertThat(failure.kind()).isEqualTo(Failure.Kind.CONFIG);
              assertThat(failure.message()).isEqualTo("It is lost.");
            });
    assertThat(world.published()).hasSize(3);
  }

  /** It was there when somebody looked, and is dropped before the engine does. */
  @Test
  void aStreamThatWasSeenAndIsGoneFailsAlone() {
    SyncSummary summary = sync(seen(new StreamName("shop", "gone")), seen(World.ORDERS));
    assertThat(summary.status()).isEqualTo(SyncStatus.PARTIAL);
    assertThat(summary.streams())
        .extracting(one -> one.stream().name() + " " + one.status().label())
        .containsExactly("orders succeeded", "gone failed");
    assertThat(Objects.requireNonNull(summary.streams().getLast().failure()).message())
        .isEqualTo("It is gone.");
    assertThat(world.published()).hasSize(3);
  }

  @Test
  void aStreamThatWasSeenAndHasLostAColumnFailsAlone() {
    StreamName lines = new StreamName("shop", "lines");
    world.database.create(lines, World.SCHEMA, List.of("id"), List.of("at"));
    StreamOptions options = new StreamOptions(null, null, null, List.of("id", "dropped"), null);
    SyncSummary summary =
        sync(
            seen(World.ORDERS),
            StreamSelection.seen(lines, options, new ConfigException("lost", "It is gone.")));
    assertThat(summary.streams())
        .extracting(one -> one.stream().name() + " " + one.status().label())
        .containsExactly("lines failed", "orders succeeded");
    assertThat(failure(summary).message()).contains("no column dropped");
  }

  @Test
  void anEntryWhoseStreamsAllBelongToEarlierOnesIsNotMissing() {
    SyncSummary summary =
        sync(
            new StreamSelection(StreamPattern.exactly(World.ORDERS), StreamOptions.NONE),
            new StreamSelection(StreamPattern.parse("*"), StreamOptions.NONE));
    assertThat(summary.status()).isEqualTo(SyncStatus.SUCCEEDED);
    assertThat(summary.streams()).extracting(StreamSummary::stream).containsExactly(World.ORDERS);
  }

  @Test
  void nothingButKnownProblemsIsAFailureOfEachStream() {
    SyncSummary summary = sync(failing(new StreamName("shop", "gone")));
    assertThat(summary.status()).isEqualTo(SyncStatus.FAILED);
    assertThat(summary.streams()).hasSize(1);
  }

  /** A read that waits for its stream to come back does not end the sync that is open. */
  @Test
  void aStreamWithAKnownProblemEndsNoOpenSync() {
    Cancellation cancellation = new Cancellation();
    FaultPlan cancelling =
        FaultPlan.of(
            (step, call) -> {
              if (step == Step.WRITE) {
                cancellation.request();
              }
              return null;
            });
    SyncSummary begun = world.sync(SyncMode.FULL_REFRESH_OVERWRITE, cancelling, cancellation);
    assertThat(begun.status()).isEqualTo(SyncStatus.CANCELLED);
    assertThat(sync(failing(World.ORDERS)).syncId()).isEqualTo(begun.syncId());
  }

  private SyncSummary sync(StreamSelection... selections) {
    SyncSpec usual = world.spec(SyncMode.FULL_REFRESH_OVERWRITE, FaultPlan.none());
    SyncSpec spec =
        new SyncSpec(
            usual.connectionId(),
            usual.source(),
            usual.destination(),
            List.of(selections),
            usual.defaults(),
            usual.namespace(),
            usual.prefix(),
            usual.schemaChanges());
    return world.engine().sync(spec, world.store, event -> {}, new Cancellation());
  }

  private static StreamSelection failing(StreamName stream) {
    return StreamSelection.failing(
        stream, StreamOptions.NONE, new ConfigException("lost", "It is lost."));
  }

  private static StreamSelection seen(StreamName stream) {
    return StreamSelection.seen(
        stream, StreamOptions.NONE, new ConfigException("lost", "It is gone."));
  }

  @Test
  void columnsNamedAsTheMetadataColumnsAreRefusedBeforeTheFirstRow() {
    ownMetadata();
    world.destinationOptions =
        FakeDestinationOptions.DEFAULT.shaped(TableLayout.TYPED, MetadataColumns.FULL);
    SyncSummary summary = world.sync(SyncMode.FULL_REFRESH_OVERWRITE, FaultPlan.none());
    assertThat(summary.status()).isEqualTo(SyncStatus.PARTIAL);
    Failure failure = failure(summary);
    assertThat(failure.code()).isEqualTo("column_name_taken");
    assertThat(failure.message())
        .contains("shop.airbyte", "_airbyte_raw_id, _airbyte_meta", "metadata_columns: none");
    assertThat(summary.streams().getFirst().tally().rowsRead()).isZero();
  }

  @Test
  void columnsNamedAsTheMetadataColumnsAreCarriedWhereNoneAreAdded() {
    ownMetadata();
    for (TableLayout layout : TableLayout.values()) {
      world.destinationOptions =
          FakeDestinationOptions.DEFAULT.shaped(
              layout, layout == TableLayout.RAW ? MetadataColumns.FULL : MetadataColumns.NONE);
      assertThat(world.sync(SyncMode.FULL_REFRESH_OVERWRITE, FaultPlan.none()).status())
          .isEqualTo(SyncStatus.SUCCEEDED);
    }
  }

  @Test
  void aMapperMakesRoomForTheMetadataColumns() {
    ownMetadata();
    world.database.drop(World.ORDERS);
    world.destinationOptions =
        FakeDestinationOptions.DEFAULT.shaped(TableLayout.TYPED, MetadataColumns.FULL);
    world.mappers =
        List.of(
            new Mapper.FieldRenaming("_airbyte_raw_id", "old_raw_id"),
            new Mapper.FieldFiltering("_airbyte_meta"));
    assertThat(world.sync(SyncMode.FULL_REFRESH_OVERWRITE, FaultPlan.none()).status())
        .isEqualTo(SyncStatus.SUCCEEDED);
  }

  private void ownMetadata() {
    world
        .database
        .create(
            new StreamName("shop", "airbyte"),
            new Schema(
                List.of(
                    Fields.of("id", new LogicalType.Int(64)),
                    Fields.of("_airbyte_meta", new LogicalType.Json()),
                    Fields.of("_airbyte_raw_id", new LogicalType.Text()))),
            List.of(),
            List.of())
        .insert(List.of(Row.of(1L, "{}", "x")));
  }

  private static Failure failure(SyncSummary summary) {
    return Objects.requireNonNull(summary.streams().getFirst().failure());
  }

  private List<Notice> notices() {
    return world.events.stream()
        .filter(SyncEvent.Noticed.class::isInstance)
        .map(event -> ((SyncEvent.Noticed) event).notice())
        .toList();
  }
}
