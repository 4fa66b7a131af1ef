package io.millrace.server.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.EngineSettings;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.job.JobStatus;
import io.millrace.server.job.JobView;
import io.millrace.server.job.JobWorld;
import io.millrace.server.job.Shop;
import io.millrace.server.store.Dialect;
import io.millrace.spi.SyncMode;
import io.millrace.spi.SystemException;
import io.millrace.testkit.fake.FakeSourceOptions;
import io.millrace.testkit.fake.Fault;
import io.millrace.testkit.fake.FaultPlan;
import io.millrace.testkit.fake.Step;
import io.millrace.testkit.servers.PostgresServer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The {@code sync_id} in {@code _airbyte_meta} is the number of the job that brought the row,
 * wherever the row lands and however often the read was broken off.
 */
@Timeout(120)
final class SyncIdTest {
  /** The first read that fails, of the second of three partitions; the first is durable then. */
  private static final int READ_BROKEN = 5;

  private static final int ROWS_OF_A_PARTITION = Shop.ROWS / 3;

  private final Shop shop = new Shop();
  private final String database = PostgresServer.shared().newDatabase();
  @TempDir private Path folder;

  static Stream<Arguments> everywhere() {
    return Stream.of(Landing.values())
        .flatMap(
            landing ->
                Stream.of(SyncMode.FULL_REFRESH_OVERWRITE, SyncMode.INCREMENTAL_APPEND)
                    .map(mode -> Arguments.of(landing, mode)));
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void attemptsOfAJobShareItsNumber(Landing landing, SyncMode mode) throws Exception {
    try (JobWorld world = world(landing, mode)) {
      shop.faults = brokenInTheFirstAttempt();
      long job = world.sync(world.connect());

      JobView view = world.awaitEnd(job);

      assertThat(view.job().status()).as("%s", view.attempts()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(view.attempts()).hasSize(2);
      assertThat(view.streams(0).getFirst().own().recordsCommitted())
          .isEqualTo(ROWS_OF_A_PARTITION);
      assertThat(syncs(landing)).hasSize(Shop.ROWS);
      assertThat(said(landing)).containsExactly(job);
    }
  }

  /** The later job neither fails nor begins anew because its number is another. */
  @ParameterizedTest
  @MethodSource("everywhere")
  void aReadThatAnotherJobGoesOnWithNamesBoth(Landing landing, SyncMode mode) throws Exception {
    try (JobWorld world = world(landing, mode)) {
      world.retries = JobWorld.IMPATIENT.withRetries(0);
      shop.faults = brokenInTheFirstAttempt();
      ConnectionId connection = world.connect();
      long broken = world.sync(connection);
      assertThat(world.awaitEnd(broken).job().status()).isEqualTo(JobStatus.FAILED);
      long job = world.sync(connection);

      JobView view = world.awaitEnd(job);

      assertThat(view.job().status()).as("%s", view.attempts()).isEqualTo(JobStatus.SUCCEEDED);
      Map<Long, Long> syncs = syncs(landing);
      assertThat(syncs).hasSize(Shop.ROWS);
      assertThat(syncs.values().stream().filter(one -> one == broken)).hasSize(ROWS_OF_A_PARTITION);
      assertThat(said(landing)).containsExactlyInAnyOrder(broken, job);
    }
  }

  private JobWorld world(Landing landing, SyncMode mode) {
    shop.sourceOptions = FakeSourceOptions.DEFAULT.withLastingSnapshots();
    JobWorld world = shop.world(Dialect.SQLITE, folder);
    world.mode = mode;
    world.destination = landing.endpoint(folder, database).destination();
    world.engine = EngineSettings.DEFAULT.withLimits(64L << 20, 1, 1).withRetries(0);
    world.startWorkers();
    return world;
  }

  private Map<Long, Long> syncs(Landing landing) throws Exception {
    return landing.syncs(folder, database, Shop.ORDERS.name());
  }

  private Set<Long> said(Landing landing) throws Exception {
    return new HashSet<>(syncs(landing).values());
  }

  private static FaultPlan brokenInTheFirstAttempt() {
    AtomicInteger attempts = new AtomicInteger();
    return FaultPlan.of(
        (step, call) -> {
          if (step == Step.DISCOVER) {
            attempts.incrementAndGet();
          }
          return step == Step.NEXT && call >= READ_BROKEN && attempts.get() == 1
              ? new Fault.Fail(() -> new SystemException("broken", "Something broke."))
              : null;
        });
  }
}
