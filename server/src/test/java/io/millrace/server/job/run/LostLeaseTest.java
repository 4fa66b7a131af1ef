package io.millrace.server.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.ConnectionMemory;
import io.millrace.engine.OpenRead;
import io.millrace.engine.StreamMemory;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.job.Job;
import io.millrace.server.job.JobConfig;
import io.millrace.server.job.JobStatus;
import io.millrace.server.job.JobStore;
import io.millrace.server.job.JobType;
import io.millrace.server.job.JobView;
import io.millrace.server.job.JobWorld;
import io.millrace.server.job.Shop;
import io.millrace.server.job.Trigger;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import io.millrace.testkit.fake.Fault;
import io.millrace.testkit.fake.FaultPlan;
import io.millrace.testkit.fake.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that was silent for longer than its lease, and goes on where another has the job. */
@EachStore
@Timeout(120)
final class LostLeaseTest {
  private static final Duration NEVER = Duration.ofHours(1);
  private static final String OTHER = "other";

  private final Dialect dialect;
  private final Shop shop = new Shop();
  @TempDir private Path folder;
  private JobWorld world;
  private ConnectionId connection;

  LostLeaseTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void makeWorld() {
    world = shop.world(dialect, folder);
    JobSettings usual = world.settings;
    world.settings =
        new JobSettings(
            usual.owner(),
            usual.parallelMax(),
            usual.progressMax(),
            usual.reportEvery(),
            usual.cancelMax(),
            usual.stopMax(),
            NEVER,
            NEVER,
            usual.memoryMax(),
            usual.stuckMax(),
            usual.temporary());
    connection = world.connect();
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  @Test
  void savesNoState() throws Exception {
    long job = runWhile(this::takeOver);
    StreamMemory memory = Objects.requireNonNull(world.stores.of(connection).stream(Shop.ORDERS));
    OpenRead open = Objects.requireNonNull(memory.open());
    assertThat(open.finished()).isNull();
    assertThat(world.stores.of(connection).connection().open()).isTrue();
    JobView view = world.view(job);
    assertThat(view.job().status()).isEqualTo(JobStatus.RUNNING);
    assertThat(view.attempts()).hasSize(2);
    assertThat(world.ended).isEmpty();
  }

  @Test
  void endsNoSyncOfALaterJob() throws Exception {
    long job =
        runWhile(
            tx -> {
              takeOver(tx);
              Job taken = new JobStore().open(tx, connection).orElseThrow();
              world.transitions.end(tx, taken.id(), 1, JobStatus.SUCCEEDED, List.of());
              Job later =
                  world.jobs.start(
                      tx, connection, JobType.SYNC, JobConfig.of(Trigger.SCHEDULED, null));
              world.transitions.begin(tx, later, OTHER);
              long last = world.stores.of(connection).connection().lastSyncId();
              world.stores.of(connection).saveConnection(new ConnectionMemory(last + 1, last));
            });
    assertThat(world.view(job).job().status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(world.stores.of(connection).connection().open()).isTrue();
  }

  /** Runs a job to its attempt's end; while it reads, this happens in the store. */
  private long runWhile(Consumer<Handle> meanwhile) throws Exception {
    shop.faults =
        FaultPlan.none().at(Step.NEXT, 1, new Fault.Run(() -> world.database.change(meanwhile)));
    world.startWorkers();
    long job = world.sync(connection);
    world.await(job, JobStatus.RUNNING, JobStatus.SUCCEEDED);
    world.running.awaitEnd(job, Duration.ofMinutes(1));
    return job;
  }

  private void takeOver(Handle tx) {
    tx.execute("UPDATE job SET lease_until = 1");
    world.transitions.recover(tx, null);
    Job waiting = new JobStore().open(tx, connection).orElseThrow();
    assertThat(world.transitions.begin(tx, waiting, OTHER)).isPresent();
  }
}
