package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.MetadataColumns;
import io.millrace.spi.SyncMode;
import io.millrace.spi.TableLayout;
import io.millrace.testkit.fake.FakeDestinationOptions;
import io.millrace.testkit.fake.Fault;
import io.millrace.testkit.fake.FaultPlan;
import io.millrace.testkit.fake.SimulatedCrash;
import io.millrace.testkit.fake.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What rows name as the sync that brought them, beside what the engine counts syncs by. */
final class JobRowsTest {
  private static final Pattern SYNC = Pattern.compile("\"sync_id\":(\\d+)");
  private static final int ROWS = 60;
  private static final int READ_BROKEN = 5;
  private static final long JOB = 700;
  private static final long LATER_JOB = 900;

  @TempDir private Path temp;
  private World world;

  @BeforeEach
  void makeWorld() {
    world = new World(temp);
    world.sourceOptions = world.sourceOptions.withLastingSnapshots();
    world.destinationOptions =
        FakeDestinationOptions.DEFAULT.shaped(TableLayout.TYPED, MetadataColumns.FULL);
    world.settings = World.settings(Duration.ofHours(1)).withLimits(64L << 20, 1, 1);
    world.orders(ROWS);
  }

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void rowsOfAJobNameItAndTheConnectionCountsOn(SyncMode mode) {
    SyncSummary summary = sync(world.spec(mode, FaultPlan.none()).ofJob(JOB));

    assertThat(said()).containsExactly(Map.entry(JOB, ROWS));
    assertThat(summary.syncId()).isEqualTo(1);
    assertThat(world.store.connection()).isEqualTo(new ConnectionMemory(1, 1));
  }

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void anotherJobGoesOnWithARead(SyncMode mode) {
    SyncSummary broken = sync(world.spec(mode, broken()).ofJob(JOB));
    assertThat(broken.status()).isEqualTo(SyncStatus.FAILED);

    SyncSummary summary = sync(world.spec(mode, FaultPlan.none()).ofJob(LATER_JOB));

    assertThat(summary.status()).isEqualTo(SyncStatus.SUCCEEDED);
    assertThat(said()).containsExactly(Map.entry(JOB, 20), Map.entry(LATER_JOB, 40));
  }

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void attemptsOfAJobShareItsNumber(SyncMode mode) {
    FaultPlan dies = FaultPlan.none().at(Step.COMMITTED, 2, new Fault.Crash());
    assertThatThrownBy(() -> sync(world.spec(mode, dies).ofJob(JOB)))
        .isInstanceOf(SimulatedCrash.class);

    SyncSummary summary = sync(world.spec(mode, FaultPlan.none()).ofJob(JOB));

    assertThat(summary.syncId()).isEqualTo(1);
    assertThat(said()).containsExactly(Map.entry(JOB, ROWS));
  }

  @Test
  void withoutAJobRowsNameTheSyncThatBeganTheirRead() {
    SyncSummary broken = sync(world.spec(SyncMode.FULL_REFRESH_APPEND, broken()));
    SyncSummary summary = sync(world.spec(SyncMode.FULL_REFRESH_APPEND, FaultPlan.none()));

    assertThat(summary.syncId()).isEqualTo(broken.syncId() + 1);
    assertThat(said()).containsExactly(Map.entry(broken.syncId(), ROWS));
  }

  /** Fails from the second of three partitions on, when the first is durable. */
  private static FaultPlan broken() {
    return FaultPlan.of(
        (step, call) -> step == Step.NEXT && call >= READ_BROKEN ? Fault.configFailure() : null);
  }

  private SyncSummary sync(SyncSpec spec) {
    SyncEngine engine = world.engine();
    SyncSummary summary = engine.sync(spec, world.store, event -> {}, new Cancellation());
    engine.conclude(world.store, summary);
    return summary;
  }

  /** Returns by what rows name as their sync how many do; each row is there once. */
  private Map<Long, Integer> said() {
    assertThat(world.published()).hasSize(ROWS);
    Map<Long, Integer> counts = new TreeMap<>();
    for (String row : world.published()) {
      Matcher sync = SYNC.matcher(row);
      assertThat(sync.find()).as(row).isTrue();
      counts.merge(Long.valueOf(Objects.requireNonNull(sync.group(1))), 1, Integer::sum);
    }
    return counts;
  }
}
