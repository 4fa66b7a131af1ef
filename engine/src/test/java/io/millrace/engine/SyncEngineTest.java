package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ConfigException;
import io.millrace.spi.SyncMode;
import io.millrace.spi.TransientException;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.fake.FakeDestination;
import io.millrace.testkit.fake.FakeTable;
import io.millrace.testkit.fake.Fault;
import io.millrace.testkit.fake.FaultPlan;
import io.millrace.testkit.fake.SimulatedCrash;
import io.millrace.testkit.fake.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SyncEngineTest {
  private static final int CRASHES_MAX = 400;

  @TempDir private Path temp;
  private World world;

  @BeforeEach
  void makeWorld() {
    world = new World(temp);
  }

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void bringsEveryRowAndCountsThem(SyncMode mode) {
    FakeTable orders = world.orders(100);

    SyncSummary summary = world.sync(mode, FaultPlan.none());

    assertThat(summary.status()).isEqualTo(SyncStatus.SUCCEEDED);
    assertThat(world.published()).isEqualTo(World.sorted(orders.rows()));
    StreamSummary stream = summary.streams().getFirst();
    assertThat(stream.tally().rowsRead()).isEqualTo(100);
    assertThat(stream.tally().rowsWritten()).isEqualTo(100);
    assertThat(stream.failure()).isNull();
  }

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void secondSyncKeepsThePromiseOfItsMode(SyncMode mode) {
    FakeTable orders = world.orders(30);
    world.sync(mode, FaultPlan.none());
    List<Row> first = orders.rows();
    orders.upsert(Row.of(7L, 9_000L, "changed"));
    orders.insert(World.rows(31, 40));

    world.sync(mode, FaultPlan.none());

    List<Row> expected = new ArrayList<>();
    switch (mode) {
      case FULL_REFRESH_OVERWRITE, FULL_REFRESH_OVERWRITE_DEDUP, INCREMENTAL_APPEND_DEDUP ->
          expected.addAll(orders.rows());
      case FULL_REFRESH_APPEND -> {
        expected.addAll(first);
        expected.addAll(orders.rows());
      }
      case INCREMENTAL_APPEND -> {
        expected.addAll(first);
        expected.add(Row.of(7L, 9_000L, "changed"));
        expected.addAll(World.rows(31, 40));
      }
    }
    assertThat(world.published()).isEqualTo(World.sorted(expected));
  }

  /** Kills the process at the first step, the second, the third ... and lets the next one go on. */
  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void endsAsIfUndisturbedWhereverTheProcessDies(SyncMode mode) {
    for (int kill = 1; kill <= CRASHES_MAX; kill++) {
      World disturbed = new World(temp);
      FakeTable orders = disturbed.orders(60);
      if (!dies(disturbed, mode, kill)) {
        assertThat(kill).isGreaterThan(20);
        return;
      }
      SyncSummary summary = disturbed.sync(mode, FaultPlan.none());

      assertThat(summary.status()).as("killed at step %s", kill).isEqualTo(SyncStatus.SUCCEEDED);
      assertThat(disturbed.published())
          .as("killed at step %s", kill)
          .isEqualTo(World.sorted(orders.rows()));
      assertThat(summary.streams().getFirst().tally().rowsRead()).isEqualTo(60);
      assertThat(disturbed.target.stagedRows()).isZero();
    }
    throw new AssertionError("the sync never came to its end");
  }

  private static boolean dies(World world, SyncMode mode, int kill) {
    int[] steps = {0};
    FaultPlan faults = FaultPlan.of((step, call) -> ++steps[0] == kill ? new Fault.Crash() : null);
    try {
      world.sync(mode, faults);
      return false;
    } catch (SimulatedCrash | AssertionError | RuntimeException died) {
      assertThat(faults.crashed()).isTrue();
      return true;
    }
  }

  @Test
  void killedBeforeItsSummaryCompletesTheSameGeneration() {
    FakeTable orders = world.orders(20);
    SyncSummary unprinted =
        world
            .engine()
            .sync(
                world.spec(SyncMode.FULL_REFRESH_APPEND, FaultPlan.none()),
                world.store,
                event -> {},
                new Cancellation());

    SyncSummary next = world.sync(SyncMode.FULL_REFRESH_APPEND, FaultPlan.none());

    assertThat(next.syncId()).isEqualTo(unprinted.syncId());
    assertThat(next.status()).isEqualTo(SyncStatus.SUCCEEDED);
    assertThat(next.streams().getFirst().tally().rowsRead()).isEqualTo(20);
    assertThat(world.published()).isEqualTo(World.sorted(orders.rows()));
  }

  @Test
  void outlivesFailuresThatPass() {
    FakeTable orders = world.orders(50);
    FaultPlan faults =
        FaultPlan.none()
            .at(Step.NEXT, 3, Fault.transientFailure())
            .at(Step.WRITE, 5, Fault.transientFailure())
            .at(Step.COMMITTED, 4, Fault.outcomeUnknown())
            .at(Step.FINISHED, 1, Fault.outcomeUnknown());

    SyncSummary summary = world.sync(SyncMode.INCREMENTAL_APPEND, faults);

    assertThat(summary.status()).isEqualTo(SyncStatus.SUCCEEDED);
    assertThat(world.published()).isEqualTo(World.sorted(orders.rows()));
  }

  @Test
  void givesUpSoonWhereNothingWasEverReached() {
    world.orders(5);
    FaultPlan faults =
        FaultPlan.of((step, call) -> step == Step.OPEN ? Fault.transientFailure() : null);

    SyncSummary summary = world.sync(SyncMode.FULL_REFRESH_OVERWRITE, faults);

    assertThat(summary.onlyTransientFailures()).isTrue();
    assertThat(faults.calls(Step.OPEN)).isEqualTo(1 + world.settings.startRetriesMax());
  }

  @Test
  void aSourceThatGoesAwayBeforeItsFirstRowIsWaitedFor() {
    World world = new World(temp);
    world.orders(10);
    int failures = world.settings.startRetriesMax() + 2;
    FaultPlan faults =
        FaultPlan.of(
            (step, call) ->
                step == Step.NEXT && call <= failures ? Fault.transientFailure() : null);
    SyncSummary summary = world.sync(SyncMode.FULL_REFRESH_OVERWRITE, faults);
    assertThat(summary.status()).isEqualTo(SyncStatus.SUCCEEDED);
    assertThat(world.published()).hasSize(10);
  }

  /** Every attempt loads, commits and cannot publish; no row of it is news. */
  @Test
  void aPublicationThatAlwaysFailsIsTriedAFewTimes() {
    world.orders(50);
    FaultPlan kept = failing(Step.FINISH, Fault.transientFailure());
    assertThat(world.sync(SyncMode.FULL_REFRESH_OVERWRITE, kept).status())
        .isEqualTo(SyncStatus.FAILED);
    assertThat(kept.calls(Step.FINISH)).isEqualTo(1 + world.settings.retriesMax());

    world = new World(temp);
    world.orders(50);
    FaultPlan lost =
        failing(
            Step.FINISH,
            new Fault.Fail(
                () -> {
                  world.target.loseLoads();
                  return new TransientException("lost", "The staging is gone.", "", null);
                }));
    SyncSummary summary = world.sync(SyncMode.FULL_REFRESH_OVERWRITE, lost);

    assertThat(summary.status()).isEqualTo(SyncStatus.FAILED);
    assertThat(lost.calls(Step.FINISH)).isEqualTo(1 + world.settings.retriesMax());
    assertThat(world.published()).isEmpty();
  }

  @Test
  void whatIsNotProvenIsTriedOnceMore() {
    world.orders(50);
    FaultPlan faults = failing(Step.COMMITS, new Fault.Run(world.target::loseLoads));

    SyncSummary summary = world.sync(SyncMode.FULL_REFRESH_OVERWRITE, faults);

    assertThat(summary.streams().getFirst().failure())
        .extracting(Failure::code)
        .isEqualTo("sync_unproven");
    assertThat(world.events.stream().filter(SyncEvent.Retrying.class::isInstance)).hasSize(1);
    assertThat(world.published()).isEmpty();
  }

  private static FaultPlan failing(Step where, Fault fault) {
    return FaultPlan.of((step, call) -> step == where ? fault : null);
  }

  @Test
  void leavesTheOldTableWhenAnOverwriteFails() {
    world.orders(10);
    world.sync(SyncMode.FULL_REFRESH_OVERWRITE, FaultPlan.none());
    List<String> before = world.published();
    world.orders(500);

    SyncSummary summary =
        world.sync(
            SyncMode.FULL_REFRESH_OVERWRITE,
            FaultPlan.none().at(Step.NEXT, 9, Fault.configFailure()));

    assertThat(summary.status()).isEqualTo(SyncStatus.FAILED);
    assertThat(summary.streams().getFirst().failure())
        .extracting(Failure::code)
        .isEqualTo("fake_config");
    assertThat(world.published()).isEqualTo(before);
  }

  @Test
  void goesOnAfterAFailedSync() {
    FakeTable orders = world.orders(60);
    world.sync(
        SyncMode.FULL_REFRESH_APPEND, FaultPlan.none().at(Step.NEXT, 6, Fault.configFailure()));

    SyncSummary second = world.sync(SyncMode.FULL_REFRESH_APPEND, FaultPlan.none());

    assertThat(second.status()).isEqualTo(SyncStatus.SUCCEEDED);
    assertThat(world.published()).isEqualTo(World.sorted(orders.rows()));
  }

  @Test
  void cancelLeavesWhatCanBeResumed() {
    FakeTable orders = world.orders(60);
    Cancellation cancellation = new Cancellation();
    FaultPlan faults = FaultPlan.none().at(Step.WRITE, 4, new Fault.Run(cancellation::request));

    SyncSummary cancelled = world.sync(SyncMode.FULL_REFRESH_APPEND, faults, cancellation);
    SyncSummary next = world.sync(SyncMode.FULL_REFRESH_APPEND, FaultPlan.none());

    assertThat(cancelled.status()).isEqualTo(SyncStatus.CANCELLED);
    assertThat(next.syncId()).isEqualTo(cancelled.syncId());
    assertThat(next.status()).isEqualTo(SyncStatus.SUCCEEDED);
    assertThat(world.published()).isEqualTo(World.sorted(orders.rows()));
  }

  @Test
  void rowsThatCannotBeCarriedGoToQuarantineOnce() {
    world.orders(40);
    world.sourceOptions = world.sourceOptions.rejecting(row -> Objects.equals(row.get(0), 5L));
    world.destinationOptions =
        world.destinationOptions.refusing(row -> Objects.equals(row.get(0), 6L));

    SyncSummary summary =
        world.sync(
            SyncMode.FULL_REFRESH_OVERWRITE,
            FaultPlan.none().at(Step.COMMIT, 1, Fault.transientFailure()));

    assertThat(summary.status()).isEqualTo(SyncStatus.SUCCEEDED);
    assertThat(summary.streams().getFirst().tally().rowsQuarantined()).isEqualTo(2);
    assertThat(summary.streams().getFirst().tally().balanced()).isTrue();
    assertThat(world.store.quarantined()).hasSize(2);
    assertThat(world.published()).hasSize(38);
  }

  /** A commit may be 256 MB away; so many rows with their reasons do not wait in memory. */
  @Test
  void manyRefusedRowsDoNotWaitForTheCommit() {
    world.orders(9_000);
    world.sourceOptions = world.sourceOptions.cut(1, 100, 0).rejecting(row -> true);

    SyncSummary summary = world.sync(SyncMode.FULL_REFRESH_OVERWRITE, FaultPlan.none());

    assertThat(summary.status()).isEqualTo(SyncStatus.SUCCEEDED);
    assertThat(world.store.quarantined()).hasSize(9_000);
    assertThat(world.store.largestQuarantine()).isLessThan(2_000);
  }

  @Test
  void rowsWithoutAKeyAreSetAsideWhereTheModeNeedsOne() {
    FakeTable orders = world.orders(5);
    orders.insert(List.of(Row.of(null, 1L, "no key")));

    SyncSummary summary = world.sync(SyncMode.FULL_REFRESH_OVERWRITE_DEDUP, FaultPlan.none());

    assertThat(summary.streams().getFirst().tally().rowsQuarantined()).isEqualTo(1);
    assertThat(world.published()).hasSize(5);
  }

  @Test
  void namesWhatIsMissing() {
    world.orders(1);
    SyncSpec usual = world.spec(SyncMode.FULL_REFRESH_OVERWRITE, FaultPlan.none());
    SyncSpec wrong =
        new SyncSpec(
            usual.connectionId(),
            usual.source(),
            usual.destination(),
            List.of(new StreamSelection(StreamPattern.parse("shop.order"), StreamOptions.NONE)),
            usual.defaults(),
            usual.namespace(),
            usual.prefix(),
            usual.schemaChanges());

    assertThatThrownBy(
            () -> world.engine().sync(wrong, world.store, event -> {}, new Cancellation()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("shop.order")
        .hasMessageContaining("shop.orders");
  }

  @Test
  void nothingStaysOpenWhenTheSourceCannotBeOpened() {
    world.orders(1);
    FakeDestination[] opened = new FakeDestination[1];
    SyncSpec usual = world.spec(SyncMode.FULL_REFRESH_OVERWRITE, FaultPlan.none());
    SyncSpec wrong =
        new SyncSpec(
            usual.connectionId(),
            context -> {
              throw new ConfigException("contradiction", "Two fields contradict each other.");
            },
            context ->
                opened[0] =
                    new FakeDestination(world.target, world.destinationOptions, FaultPlan.none()),
            usual.streams(),
            usual.defaults(),
            usual.namespace(),
            usual.prefix(),
            usual.schemaChanges());

    assertThatThrownBy(
            () -> world.engine().sync(wrong, world.store, event -> {}, new Cancellation()))
        .isInstanceOf(ConfigException.class);

    assertThat(opened[0].closed()).isTrue();
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void aCancelEndsADiscoveryThatHangs() {
    world.orders(1);
    Cancellation cancellation = new Cancellation();
    FaultPlan faults =
        FaultPlan.of(
            (step, call) -> {
              if (step != Step.DISCOVER) {
                return null;
              }
              Thread.ofVirtual().start(cancellation::request);
              return new Fault.Stall();
            });

    SyncSummary summary = world.sync(SyncMode.FULL_REFRESH_APPEND, faults, cancellation);

    assertThat(summary.status()).isEqualTo(SyncStatus.CANCELLED);
  }

  @Test
  void planChangesNothing() {
    world.orders(25);

    SyncPreview preview =
        world
            .engine()
            .plan(world.spec(SyncMode.FULL_REFRESH_OVERWRITE, FaultPlan.none()), world.store);

    assertThat(preview.streams()).hasSize(1);
    assertThat(preview.streams().getFirst().reads()).hasSize(3);
    assertThat(world.target.tables()).isEmpty();
    assertThat(world.store.streams()).isEmpty();
    assertThat(world.store.connection()).isEqualTo(ConnectionMemory.NEW);
  }
}
