package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.StreamName;
import io.millrace.spi.SyncMode;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.fake.FakeTable;
import io.millrace.testkit.fake.Fault;
import io.millrace.testkit.fake.FaultPlan;
import io.millrace.testkit.fake.SimulatedCrash;
import io.millrace.testkit.fake.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams that are emptied, and streams that are read from their beginning again. */
final class RefreshTest {
  private static final int CRASHES_MAX = 400;

  @TempDir private Path temp;
  private World world;
  private FakeTable orders;

  @BeforeEach
  void makeWorld() {
    world = new World(temp);
    orders = world.orders(30);
  }

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void emptiesATargetAndBeginsAnewAfterwards(SyncMode mode) {
    world.sync(mode, FaultPlan.none());

    SyncSummary emptied = sync(emptying(mode));

    assertThat(emptied.status()).isEqualTo(SyncStatus.SUCCEEDED);
    assertThat(world.published()).isEmpty();
    assertThat(memory().state()).isNull();

    world.sync(mode, FaultPlan.none());
    assertThat(world.published()).isEqualTo(World.sorted(orders.rows()));
  }

  /**
   * What is forgotten first keeps what the stream looks like, also when its read was unfinished.
   */
  @Test
  void emptiesWithoutTheSource() {
    FaultPlan dies = FaultPlan.none().at(Step.COMMIT, 2, new Fault.Crash());
    assertThatThrownBy(() -> world.sync(SyncMode.INCREMENTAL_APPEND, dies))
        .isInstanceOf(SimulatedCrash.class);
    world.engine().end(world.store);
    world.engine().forget(world.store, name()::equals, true);
    FaultPlan away =
        FaultPlan.of((step, call) -> step == Step.DISCOVER ? Fault.wrongPassword() : null);

    SyncSummary emptied =
        sync(world.spec(SyncMode.INCREMENTAL_APPEND, away).emptying(Map.of(name(), seen())));

    assertThat(emptied.status()).isEqualTo(SyncStatus.SUCCEEDED);
    assertThat(world.published()).isEmpty();
    assertThat(memory().state()).isNull();
    world.sync(SyncMode.INCREMENTAL_APPEND, FaultPlan.none());
    assertThat(world.published()).isEqualTo(World.sorted(orders.rows()));
  }

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void replacesTheTargetWhateverTheMode(SyncMode mode) {
    world.sync(mode, FaultPlan.none());
    long generation = memory().generationId();
    orders.upsert(Row.of(7L, 9_000L, "changed"));

    sync(replacing(mode, FaultPlan.none()));

    assertThat(world.published()).isEqualTo(World.sorted(orders.rows()));
    assertThat(memory().generationId()).isEqualTo(generation + 1);
    assertThat(memory().state() != null).isEqualTo(mode.incremental());

    orders.insert(World.rows(31, 40));
    List<Row> all = new ArrayList<>(orders.rows());
    if (mode == SyncMode.FULL_REFRESH_APPEND) {
      all.addAll(orders.rows().subList(0, 30));
    }
    world.sync(mode, FaultPlan.none());
    assertThat(world.published()).isEqualTo(World.sorted(all));
  }

  /** Before the end nobody sees a change; after it, everything is there once. */
  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void replacesWholeOrNotAtAllWhereverTheProcessDies(SyncMode mode) {
    for (int call = 1; call < CRASHES_MAX; call++) {
      world = new World(temp);
      orders = world.orders(30);
      world.sync(mode, FaultPlan.none());
      List<String> before = world.published();
      orders.upsert(Row.of(7L, 9_000L, "changed"));
      FaultPlan faults = crashAt(call);
      try {
        sync(replacing(mode, faults));
        return;
      } catch (SimulatedCrash e) {
        assertThat(world.published()).isIn(before, World.sorted(orders.rows()));
      }
      sync(replacing(mode, FaultPlan.none()));
      assertThat(world.published()).isEqualTo(World.sorted(orders.rows()));
    }
    throw new AssertionError("the sync never ended");
  }

  /** A refresh that was given up leaves a pipeline that goes on as if it had never begun. */
  @Test
  void goesOnAsBeforeWhenARefreshIsGivenUp() {
    world.sync(SyncMode.INCREMENTAL_APPEND, FaultPlan.none());
    FaultPlan faults = FaultPlan.none().at(Step.COMMIT, 2, new Fault.Crash());
    try {
      sync(replacing(SyncMode.INCREMENTAL_APPEND, faults));
      throw new AssertionError("the process was to die");
    } catch (SimulatedCrash e) {
      world.engine().end(world.store);
    }
    orders.insert(World.rows(31, 40));

    world.sync(SyncMode.INCREMENTAL_APPEND, FaultPlan.none());

    assertThat(world.published()).isEqualTo(World.sorted(orders.rows()));
  }

  /**
   * A clear ends unfinished anywhere, and a sync follows that is interrupted, too. Old rows and new
   * ones are there once; what is read as a whole and appended is so beside the old rows where the
   * clear had not begun.
   */
  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void losesAndDoublesNothingWhenAClearIsGivenUp(SyncMode mode) {
    for (int call = 1; call < CRASHES_MAX; call++) {
      world = new World(temp);
      orders = world.orders(30);
      world.sync(mode, FaultPlan.none());
      List<Row> old = List.copyOf(orders.rows());
      boolean over = clear(mode, crashAt(call));
      world.engine().end(world.store);
      orders.insert(World.rows(31, 40));
      FaultPlan dies = FaultPlan.none().at(Step.COMMIT, 2, new Fault.Crash());
      try {
        world.sync(mode, dies);
      } catch (SimulatedCrash e) {
        world.sync(mode, FaultPlan.none());
      }
      List<Row> beside = new ArrayList<>(orders.rows());
      if (mode == SyncMode.FULL_REFRESH_APPEND && !over) {
        beside.addAll(old);
      }
      assertThat(world.published())
          .as("the process died at step %d of the clear", call)
          .isIn(World.sorted(orders.rows()), World.sorted(beside));
      if (over) {
        return;
      }
    }
    throw new AssertionError("the clear never ended");
  }

  /** Clears; tells whether the process lived to its end. */
  private boolean clear(SyncMode mode, FaultPlan faults) {
    try {
      sync(world.spec(mode, faults).emptying(Map.of(name(), seen())));
      return true;
    } catch (SimulatedCrash e) {
      return false;
    }
  }

  @Test
  void readsFromTheBeginningWhatIsForgotten() {
    world.sync(SyncMode.INCREMENTAL_APPEND, FaultPlan.none());

    forget();
    world.sync(SyncMode.INCREMENTAL_APPEND, FaultPlan.none());

    assertThat(world.published()).hasSize(60);
  }

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void everyReadOfEverythingBeginsOneGeneration(SyncMode mode) {
    long everything = mode.incremental() ? 0 : 1;
    world.sync(mode, FaultPlan.none());
    assertThat(generation()).isEqualTo(everything);
    orders.insert(World.rows(31, 40));
    world.sync(mode, FaultPlan.none());
    assertThat(generation()).isEqualTo(2 * everything);

    forget();
    forget();
    world.sync(mode, FaultPlan.none());
    assertThat(generation()).as("read again").isEqualTo(2 * everything + 1);

    forget();
    sync(emptying(mode));
    assertThat(generation()).as("emptied").isEqualTo(2 * everything + 2);
    world.sync(mode, FaultPlan.none());
    assertThat(generation()).isEqualTo(3 * everything + 2);
  }

  /** A read that another process goes on with is still the same one. */
  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void aReadThatGoesOnStaysInItsGeneration(SyncMode mode) {
    FaultPlan dies = FaultPlan.none().at(Step.COMMIT, 2, new Fault.Crash());
    assertThatThrownBy(() -> world.sync(mode, dies)).isInstanceOf(SimulatedCrash.class);
    long begun = generation();
    assertThat(begun).isEqualTo(mode.incremental() ? 0 : 1);

    world.sync(mode, FaultPlan.none());

    assertThat(generation()).isEqualTo(begun);
    assertThat(world.published()).isEqualTo(World.sorted(orders.rows()));
  }

  private void forget() {
    world.engine().forget(world.store, name()::equals, true);
  }

  private long generation() {
    return memory().generationId();
  }

  private SyncSpec emptying(SyncMode mode) {
    return world.spec(mode, FaultPlan.none()).emptying(Map.of(name(), seen()));
  }

  /** Returns what the stream looked like when it was last read. */
  private Schema seen() {
    return Objects.requireNonNull(memory().open()).fields();
  }

  private SyncSpec replacing(SyncMode mode, FaultPlan faults) {
    return world.spec(mode, faults).replacing(name()::equals);
  }

  private SyncSummary sync(SyncSpec spec) {
    SyncEngine engine = world.engine();
    SyncSummary summary = engine.sync(spec, world.store, event -> {}, new Cancellation());
    engine.conclude(world.store, summary);
    return summary;
  }

  private StreamName name() {
    return world.store.streams().getFirst().name();
  }

  private StreamMemory memory() {
    return Objects.requireNonNull(world.store.stream(name()));
  }

  private static FaultPlan crashAt(int n) {
    int[] calls = {0};
    return FaultPlan.of((step, call) -> ++calls[0] == n ? new Fault.Crash() : null);
  }
}
