package io.millrace.server.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.connection.ConnectionId;
import io.millrace.server.job.JobStatus;
import io.millrace.server.job.JobWorld;
import io.millrace.server.job.Shop;
import io.millrace.server.store.Dialect;
import io.millrace.spi.SyncMode;
import io.millrace.testkit.fake.Fault;
import io.millrace.testkit.fake.FaultPlan;
import io.millrace.testkit.fake.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connectors that heed no interrupt. */
@Timeout(120)
final class StuckTest {
  private final Shop shop = new Shop();
  private final CountDownLatch stuck = new CountDownLatch(1);
  private final CountDownLatch woken = new CountDownLatch(1);
  @TempDir private Path folder;
  private JobWorld world;
  private ConnectionId connection;

  @BeforeEach
  void makeWorld() {
    world = shop.world(Dialect.SQLITE, folder);
    world.mode = SyncMode.INCREMENTAL_APPEND;
    world.cancelWithin(Duration.ofMillis(400));
    connection = world.connect();
  }

  @AfterEach
  void endWorld() {
    woken.countDown();
    world.close();
  }

  /**
   * The job is cancelled all the same. What was given up writes nothing when it wakes up, and until
   * it has ended its connection runs no other job.
   */
  @Test
  void cancelsWhatHeedsNoInterrupt() throws Exception {
    FaultPlan first = FaultPlan.none().at(Step.NEXT, 3, new Fault.Run(this::block));
    shop.faults = first;
    world.startWorkers();
    long id = world.sync(connection);
    stuck.await();

    world.jobs.cancel(id);
    assertThat(world.awaitEnd(id).job().status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(world.running.stuck()).isEqualTo(1);
    final int written = first.calls(Step.WRITE);
    final int committed = first.calls(Step.COMMIT);

    shop.faults = FaultPlan.none();
    ConnectionId other = world.connect();
    long next = world.sync(connection);
    assertThat(world.awaitEnd(world.sync(other)).job().status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(world.view(next).job().status()).isEqualTo(JobStatus.PENDING);
    assertThat(
            world
                .config("/jobs/get_light", "{\"id\": " + next + "}")
                .json()
                .at("/job/waitingReason")
                .asText())
        .isEqualTo("An earlier run of its connection has not ended yet.");

    woken.countDown();
    assertThat(world.awaitEnd(next).job().status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(world.running.stuck()).isZero();
    assertThat(first.calls(Step.WRITE)).isEqualTo(written);
    assertThat(first.calls(Step.COMMIT)).isEqualTo(committed);
    assertThat(shop.published()).hasSize(2 * Shop.ROWS);
  }

  /** Threads that never end are bounded: beyond that no job begins. */
  @Test
  void beginsNoJobWhileTooManyAreStuck() throws Exception {
    world.settings = world.settings.withStuck(1);
    shop.faults = FaultPlan.none().at(Step.NEXT, 1, new Fault.Run(this::block));
    world.startWorkers();
    long id = world.sync(connection);
    stuck.await();
    world.jobs.cancel(id);
    world.awaitEnd(id);

    long other = world.sync(world.connect());
    Thread.sleep(Duration.ofMillis(300));
    assertThat(world.view(other).job().status()).isEqualTo(JobStatus.PENDING);
    shop.faults = FaultPlan.none();
    woken.countDown();
    assertThat(world.awaitEnd(other).job().status()).isEqualTo(JobStatus.SUCCEEDED);
  }

  private void block() {
    stuck.countDown();
    boolean interrupted = false;
    while (true) {
      try {
        woken.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    assertThat(interrupted).isTrue();
  }
}
