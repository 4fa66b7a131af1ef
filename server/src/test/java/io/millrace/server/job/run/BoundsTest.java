package io.millrace.server.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.EngineSettings;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.job.FailureReason;
import io.millrace.server.job.JobStatus;
import io.millrace.server.job.JobView;
import io.millrace.server.job.JobWorld;
import io.millrace.server.job.Shop;
import io.millrace.server.store.Dialect;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.Destination;
import io.millrace.spi.Heartbeat;
import io.millrace.spi.Source;
import io.millrace.spi.SystemException;
import io.millrace.testkit.fake.Fault;
import io.millrace.testkit.fake.FaultPlan;
import io.millrace.testkit.fake.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What bounds a job: its share of memory, its time, its retries. */
@Timeout(120)
final class BoundsTest {
  private static final long MIB = 1L << 20;

  private final Shop shop = new Shop();
  private final List<Long> limits = new CopyOnWriteArrayList<>();
  @TempDir private Path folder;
  private JobWorld world;
  private ConnectionId connection;

  @BeforeEach
  void makeWorld() {
    world = shop.world(Dialect.SQLITE, folder);
    world.settings = world.settings.withMemory(288 * MIB);
    Function<ConnectorContext, Source> source = world.source;
    world.source =
        context -> {
          limits.add(context.allocator().getRoot().getLimit());
          return source.apply(context);
        };
    connection = world.connect();
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  @Test
  void itsShareIsAllThatItsBatchesMayTake() throws Exception {
    world.memory = MemoryWish.exactly(48 * MIB);
    world.startWorkers();
    assertThat(world.awaitEnd(world.sync(connection)).job().status())
        .isEqualTo(JobStatus.SUCCEEDED);
    assertThat(limits).containsExactly(48 * MIB);
  }

  /** The first takes most of the budget; the second begins with what is left, the third waits. */
  @Test
  void jobsShareOneBudget() throws Exception {
    world.settings = world.settings.withParallel(3);
    shop.faults = FaultPlan.of((step, call) -> step == Step.DISCOVER ? new Fault.Stall() : null);
    world.memory = new MemoryWish(32 * MIB, 200 * MIB);
    world.startWorkers();
    long first = world.sync(connection);
    awaitLimits(1);
    long second = world.sync(world.connect());
    awaitLimits(2);
    world.memory = MemoryWish.exactly(100 * MIB);
    long third = world.sync(world.connect());
    world.await(third, JobStatus.RUNNING);
    assertThat(limits).containsExactly(200 * MIB, 88 * MIB);

    shop.faults = FaultPlan.none();
    world.jobs.cancel(first);
    assertThat(world.awaitEnd(third).job().status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(limits).containsExactly(200 * MIB, 88 * MIB, 100 * MIB);
    world.jobs.cancel(second);
    world.awaitEnd(second);
  }

  /** Who waits for memory is not stuck, and a cancel ends the wait. */
  @Test
  void waitsForMemoryWithoutADeadlineUntilItIsCancelled() throws Exception {
    world.settings = world.settings.withProgress(Duration.ofMillis(700));
    world.memory = MemoryWish.exactly(288 * MIB);
    shop.faults = FaultPlan.none().at(Step.NEXT, 1, new Fault.Run(() -> pause(2_000)));
    world.startWorkers();
    long first = world.sync(connection);
    awaitLimits(1);
    long second = world.sync(world.connect());
    long third = world.sync(world.connect());
    world.await(second, JobStatus.RUNNING);
    world.jobs.cancel(second);
    assertThat(world.awaitEnd(second).job().status()).isEqualTo(JobStatus.CANCELLED);
    world.awaitEnd(first);
    JobView view = world.awaitEnd(third);
    assertThat(view.job().status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(view.attempts()).hasSize(1);
  }

  @Test
  void endsAnAttemptThatTakesLongerThanItsConnectionAllows() throws Exception {
    world.retries = JobWorld.IMPATIENT.withRetries(1);
    world.specs = withTimeout(Duration.ofMillis(300));
    shop.faults = FaultPlan.of((step, call) -> step == Step.NEXT ? new Fault.Stall() : null);
    world.startWorkers();
    JobView view = world.awaitEnd(world.sync(connection));
    assertThat(view.job().status()).isEqualTo(JobStatus.FAILED);
    assertThat(view.attempts()).hasSize(2);
    FailureReason reason = view.attempts().getLast().failures().getFirst();
    assertThat(reason.message()).contains("did not end within");
  }

  /** A publication may take longer than the deadline, as long as the destination is at work. */
  @Test
  void aHeartbeatIsProgress() throws Exception {
    world.settings = world.settings.withProgress(Duration.ofMillis(800));
    AtomicReference<Heartbeat> heartbeat = new AtomicReference<>(Heartbeat.NONE);
    Function<ConnectorContext, Destination> destination = world.destination;
    world.destination =
        context -> {
          heartbeat.set(context.heartbeat());
          return destination.apply(context);
        };
    shop.faults =
        FaultPlan.none()
            .at(
                Step.FINISH,
                1,
                new Fault.Run(
                    () -> {
                      for (int i = 0; i < 25; i++) {
                        heartbeat.get().beat();
                        pause(100);
                      }
                    }));
    world.startWorkers();
    JobView view = world.awaitEnd(world.sync(connection));
    assertThat(view.job().status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(view.attempts()).hasSize(1);
  }

  /** One that is stuck is ended, and the next attempt publishes. */
  @Test
  void aPublicationWithoutAHeartbeatIsStuck() throws Exception {
    world.settings = world.settings.withProgress(Duration.ofMillis(800));
    shop.faults = FaultPlan.none().at(Step.FINISH, 1, new Fault.Run(BoundsTest::hang));
    world.startWorkers();
    JobView view = world.awaitEnd(world.sync(connection));
    assertThat(view.job().status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(view.attempts()).hasSize(2);
    assertThat(view.attempts().getFirst().failures().getFirst().type())
        .isEqualTo(FailureReason.Type.NO_PROGRESS);
    assertThat(shop.published()).isEqualTo(Shop.sorted(shop.orders.rows()));
  }

  private JobSpecs withTimeout(Duration max) {
    JobSpecs specs = world.specs;
    return (job, where, attempt) ->
        specs.prepare(job, where, attempt) instanceof JobSpecs.Prepared.Ready ready
            ? new JobSpecs.Prepared.Ready(
                ready.spec(), EngineSettings.DEFAULT, ready.memory(), ready.retries(), max)
            : new JobSpecs.Prepared.SwitchedOff("never");
  }

  private void awaitLimits(int count) throws InterruptedException {
    while (limits.size() < count) {
      Thread.sleep(Duration.ofMillis(10));
    }
  }

  private static void hang() {
    pause(60_000);
    throw new SystemException("ended", "The call was ended from outside.");
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
