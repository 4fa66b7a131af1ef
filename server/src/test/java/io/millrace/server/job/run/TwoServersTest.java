package io.millrace.server.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.connection.ConnectionId;
import io.millrace.server.job.JobLeases;
import io.millrace.server.job.JobStatus;
import io.millrace.server.job.JobView;
import io.millrace.server.job.JobWorld;
import io.millrace.server.job.Shop;
import io.millrace.server.store.DatabaseUrl;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.TestStore;
import io.millrace.testkit.fake.Fault;
import io.millrace.testkit.fake.FaultPlan;
import io.millrace.testkit.fake.Step;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two servers on one PostgreSQL store. */
@Timeout(120)
final class TwoServersTest {
  private static final Duration NEVER = Duration.ofHours(1);
  private static final Duration SOON = Duration.ofMillis(50);

  private final Shop shop = new Shop();
  private final List<JobWorld> worlds = new ArrayList<>();
  @TempDir private Path folder;
  private DatabaseUrl store;

  @BeforeEach
  void makeStore() {
    store = TestStore.url(Dialect.POSTGRES, folder);
  }

  @AfterEach
  void endWorlds() {
    worlds.forEach(JobWorld::close);
  }

  @Test
  void theLivingOneEndsWhatTheDeadOneHadBegun() throws Exception {
    JobWorld dead = world("dead", Duration.ZERO, NEVER);
    ConnectionId connection = dead.connect();
    shop.faults = FaultPlan.none().at(Step.NEXT, 1, new Fault.Stall());
    dead.startWorkers();
    long job = dead.sync(connection);
    while (shop.faults.calls(Step.NEXT) == 0) {
      Thread.sleep(SOON);
    }
    shop.faults = FaultPlan.none();

    JobWorld early = world("early", JobLeases.LEASE.minusSeconds(30), SOON);
    early.startWorkers();
    long other = early.sync(early.connect());
    early.awaitEnd(other);
    assertThat(early.view(job).job().status())
        .as("the lease of the silent one holds")
        .isEqualTo(JobStatus.RUNNING);

    JobWorld living = world("living", JobLeases.LEASE.plusSeconds(1), SOON);
    living.startWorkers();
    JobView view = living.awaitEnd(job);
    assertThat(view.job().status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(view.attempts()).hasSize(2);
    assertThat(shop.published()).hasSize(Shop.ROWS);
  }

  @Test
  void aJobIsRunByOneOfThem() throws Exception {
    JobWorld one = world("one", Duration.ZERO, SOON);
    JobWorld two = world("two", Duration.ZERO, SOON);
    Set<Long> jobs = new HashSet<>();
    List<ConnectionId> connections = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      connections.add(one.connect());
    }
    one.startWorkers();
    two.startWorkers();
    for (ConnectionId connection : connections) {
      jobs.add((jobs.size() % 2 == 0 ? one : two).sync(connection));
    }
    for (long job : jobs) {
      JobView view = one.awaitEnd(job);
      assertThat(view.job().status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(view.attempts()).hasSize(1);
    }
    one.stopWorkers();
    two.stopWorkers();
    List<Long> ran = new ArrayList<>();
    one.ended.forEach(ended -> ran.add(ended.job().id()));
    two.ended.forEach(ended -> ran.add(ended.job().id()));
    assertThat(ran).containsExactlyInAnyOrderElementsOf(jobs);
  }

  /** Makes a server whose clock is so far ahead. */
  private JobWorld world(String server, Duration ahead, Duration often) {
    shop.clock = Clock.offset(Clock.systemUTC(), ahead);
    JobWorld world = shop.world(store, folder.resolve(server), server);
    JobSettings usual = world.settings;
    world.settings =
        new JobSettings(
            usual.owner(),
            usual.parallelMax(),
            usual.progressMax(),
            usual.reportEvery(),
            usual.cancelMax(),
            usual.stopMax(),
            often,
            often,
            usual.memoryMax(),
            usual.stuckMax(),
            usual.temporary());
    if (!worlds.isEmpty()) {
      world.stores = worlds.getFirst().stores;
    }
    worlds.add(world);
    return world;
  }
}
