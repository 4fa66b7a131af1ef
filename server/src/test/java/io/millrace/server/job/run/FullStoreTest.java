package io.millrace.server.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.job.AttemptStatus;
import io.millrace.server.job.FailureReason;
import io.millrace.server.job.Job;
import io.millrace.server.job.JobStatus;
import io.millrace.server.job.JobStore;
import io.millrace.server.job.JobView;
import io.millrace.server.job.JobWorld;
import io.millrace.server.job.Shop;
import io.millrace.server.job.StreamRunState;
import io.millrace.server.store.Dialect;
import io.millrace.testkit.fake.Fault;
import io.millrace.testkit.fake.FaultPlan;
import io.millrace.testkit.fake.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs whose store takes nothing for a while, and whose leases run out meanwhile. */
@Timeout(120)
final class FullStoreTest {
  private static final Duration SWEEP = Duration.ofMillis(20);
  private static final Duration NEVER = Duration.ofHours(1);

  private final Shop shop = new Shop();
  @TempDir private Path folder;
  private JobWorld world;

  @BeforeEach
  void makeWorld() {
    world = shop.world(Dialect.SQLITE, folder);
    JobSettings usual = world.settings;
    world.settings =
        new JobSettings(
            usual.owner(),
            usual.parallelMax(),
            usual.progressMax(),
            usual.reportEvery(),
            usual.cancelMax(),
            usual.stopMax(),
            SWEEP,
            NEVER,
            usual.memoryMax(),
            usual.stuckMax(),
            usual.temporary());
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  @Test
  void savesTheEndOfAnAttemptOnceThereIsRoom() throws Exception {
    long job = endUnsaved();
    assertThat(world.view(job).job().status()).isEqualTo(JobStatus.RUNNING);
    assertThat(world.ended).isEmpty();
    world.database.change(FullStoreTest::makeRoom);
    JobView view = world.awaitEnd(job);
    assertThat(view.job().status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(view.attempts()).hasSize(1);
    assertThat(view.attempts().getFirst().stats().recordsCommitted()).isEqualTo(Shop.ROWS);
    assertThat(reason(job)).isEmpty();
    assertThat(world.ended).hasSize(1);
  }

  @Test
  void savesNothingOfAJobThatAnotherProcessHasTaken() throws Exception {
    long job = endUnsaved();
    world.database.change(
        tx -> {
          makeRoom(tx);
          tx.execute("UPDATE job SET lease_until = 1");
          assertThat(world.transitions.recover(tx, null)).isEqualTo(1);
          Job waiting = new JobStore().find(tx, job).orElseThrow();
          assertThat(world.transitions.begin(tx, waiting, "other")).isPresent();
        });
    while (world.running.count() > 0) {
      Thread.sleep(SWEEP);
    }
    JobView view = world.view(job);
    assertThat(view.job().status()).isEqualTo(JobStatus.RUNNING);
    assertThat(view.attempts()).hasSize(2);
    assertThat(view.attempts().getFirst().status()).isEqualTo(AttemptStatus.FAILED);
    assertThat(view.attempts().getLast().status()).isEqualTo(AttemptStatus.RUNNING);
    assertThat(view.streams()).noneMatch(one -> one.state() == StreamRunState.COMPLETE);
    assertThat(world.ended).isEmpty();
  }

  @Test
  void waitsNoLongerWhenTheServerStops() throws Exception {
    long job = endUnsaved();
    world.stopWorkers();
    assertThat(world.running.count()).isZero();
    assertThat(world.view(job).job().status()).isEqualTo(JobStatus.RUNNING);
    world.database.change(FullStoreTest::makeRoom);
    world.startWorkers();
    JobView view = world.awaitEnd(job);
    assertThat(view.job().status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(view.attempts()).hasSize(2);
  }

  @Test
  void saysThatTheEndOfAnAttemptCouldNotBeSaved() throws Exception {
    shop.faults =
        FaultPlan.none()
            .at(
                Step.NEXT,
                1,
                new Fault.Run(
                    () ->
                        world.database.change(
                            tx ->
                                tx.execute(
                                    "CREATE TRIGGER no_room BEFORE UPDATE ON attempt BEGIN"
                                        + " SELECT RAISE(ABORT, 'broken'); END"))));
    world.startWorkers();
    long job = world.sync(world.connect());
    do {
      Thread.sleep(SWEEP);
    } while (world.running.count() > 0 || !triggered());
    world.database.change(
        tx -> {
          tx.execute("DROP TRIGGER no_room");
          tx.execute("UPDATE job SET lease_until = 1");
        });
    JobView view = world.awaitEnd(job);
    assertThat(view.job().status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(view.attempts()).hasSize(2);
    FailureReason why = view.attempts().getFirst().failures().getFirst();
    assertThat(why.message()).contains("could not be saved").doesNotContain("server stopped");
    assertThat(why.type()).isEqualTo(FailureReason.Type.TRANSIENT);
  }

  @Test
  void keepsAJobThatItStillRunsThoughItsLeaseRanOut() throws Exception {
    CountDownLatch reads = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    shop.faults =
        FaultPlan.none()
            .at(
                Step.NEXT,
                1,
                new Fault.Run(
                    () -> {
                      reads.countDown();
                      await(goOn);
                    }));
    world.startWorkers();
    long job = world.sync(world.connect());
    reads.await();
    world.database.change(tx -> tx.execute("UPDATE job SET lease_until = 1"));
    long other = world.sync(world.connect());
    world.awaitEnd(other);
    Thread.sleep(SWEEP.multipliedBy(10));
    goOn.countDown();
    JobView view = world.awaitEnd(job);
    assertThat(view.job().status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(view.attempts()).hasSize(1);
  }

  /** Runs a job whose attempt ends while the store has no room; returns when it waits for that. */
  private long endUnsaved() throws Exception {
    shop.faults = FaultPlan.none().at(Step.NEXT, 1, new Fault.Run(this::fill));
    world.startWorkers();
    long job = world.sync(world.connect());
    while (reason(job).isEmpty()) {
      Thread.sleep(SWEEP);
    }
    assertThat(reason(job)).contains("room on the disk of the metadata store");
    return job;
  }

  private String reason(long job) throws Exception {
    return world
        .config("/jobs/get_light", "{\"id\": " + job + "}")
        .json()
        .at("/job/waitingReason")
        .asText();
  }

  private static void makeRoom(Handle tx) {
    tx.execute("DROP TRIGGER no_room");
    tx.createQuery("PRAGMA max_page_count = 1000000").mapTo(Integer.class).one();
  }

  /** From now on no attempt's row takes a change, for want of room. */
  private void fill() {
    world.database.change(
        tx -> {
          tx.execute("CREATE TABLE filler (bytes BLOB)");
          tx.execute(
              "CREATE TRIGGER no_room BEFORE UPDATE ON attempt BEGIN"
                  + " INSERT INTO filler VALUES (zeroblob(1000000)); END");
          tx.createQuery("PRAGMA max_page_count = 1").mapTo(Integer.class).one();
        });
  }

  private boolean triggered() {
    return world.database.read(
        tx ->
            tx.createQuery("SELECT count(*) FROM sqlite_master WHERE name = 'no_room'")
                    .mapTo(Integer.class)
                    .one()
                > 0);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
