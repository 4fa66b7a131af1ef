package io.millrace.server.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.ConnectionMemory;
import io.millrace.engine.SyncStore;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionStatus;
import io.millrace.server.connection.ConnectionStore;
import io.millrace.server.connector.Side;
import io.millrace.server.http.ApiException;
import io.millrace.server.job.AttemptStatus;
import io.millrace.server.job.FailureReason;
import io.millrace.server.job.Job;
import io.millrace.server.job.JobConfig;
import io.millrace.server.job.JobStatus;
import io.millrace.server.job.JobStore;
import io.millrace.server.job.JobTransitions;
import io.millrace.server.job.JobTransitions.Claim;
import io.millrace.server.job.JobType;
import io.millrace.server.job.JobView;
import io.millrace.server.job.JobWorld;
import io.millrace.server.job.RetryPolicy;
import io.millrace.server.job.Shop;
import io.millrace.server.job.Trigger;
import io.millrace.server.joblog.AttemptKey;
import io.millrace.server.joblog.JobLogAppender;
import io.millrace.server.joblog.JobLogSearch;
import io.millrace.server.joblog.JobLogSettings;
import io.millrace.server.joblog.JobLogs;
import io.millrace.server.joblog.LogLine;
import io.millrace.server.joblog.LogQuery;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import io.millrace.spi.ConfigException;
import io.millrace.spi.SyncMode;
import io.millrace.spi.SystemException;
import io.millrace.spi.TransientException;
import io.millrace.spi.WorkThreads;
import io.millrace.testkit.fake.Fault;
import io.millrace.testkit.fake.FaultPlan;
import io.millrace.testkit.fake.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@EachStore
@Timeout(120)
final class JobRunTest {
  private static final Logger LOG = LoggerFactory.getLogger(JobRunTest.class);

  private final Dialect dialect;
  private final Shop shop = new Shop();
  @TempDir private Path folder;
  private JobWorld world;
  private ConnectionId connection;

  JobRunTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void makeWorld() {
    world = shop.world(dialect, folder);
    connection = world.connect();
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  @Test
  void runsAJobAndKeepsItsEvidence() throws Exception {
    world.startWorkers();
    JobView view = world.awaitEnd(world.sync(connection));

    assertThat(view.job().status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(shop.published()).isEqualTo(Shop.sorted(shop.orders.rows()));
    assertThat(view.total().recordsCommitted()).isEqualTo(Shop.ROWS);
    assertThat(view.latest().getFirst().evidence().path("rowsWritten").asInt())
        .isEqualTo(Shop.ROWS);
    assertThat(world.ended).hasSize(1);
    assertThat(folder.resolve("temporary")).as("nothing is left").isEmptyDirectory();
    assertThat(world.stores.of(connection).connection().open()).isFalse();
  }

  /** What a connector logs finds the job's log, whatever thread of its own it is on. */
  @Test
  void linesOfAConnectorsThreadsAreInTheJobsLog() throws Exception {
    try (JobLogs logs = new JobLogs(folder.resolve("logs"), JobLogSettings.DEFAULT);
        JobLogAppender appender = JobLogAppender.attach(logs, text -> text);
        ExecutorService pool = Executors.newCachedThreadPool(WorkThreads.pooled("pool"))) {
      assertThat(appender).isNotNull();
      pool.submit(() -> LOG.info("nobodys_line")).get();
      shop.faults = FaultPlan.none().at(Step.NEXT, 1, new Fault.Run(() -> logOnThreads(pool)));
      world.startWorkers();
      long job = world.sync(connection);
      world.awaitEnd(job);
      assertThat(logs.newest(new AttemptKey(job, 0)).stream().map(LogLine::message))
          .contains("own_line", "virtual_line", "platform_line", "pooled_line")
          .doesNotContain("nobodys_line", "later_line");
      assertThat(found(logs, job)).isEqualTo(messages(logs, job).reversed());
    }
  }

  /** What a search for a job's lines finds; the newest is the first. */
  private List<String> found(JobLogs logs, long job) {
    LogQuery all = new LogQuery("", LogLine.Level.TRACE, null, job, null, null, 1_000);
    List<String> messages = new ArrayList<>();
    new JobLogSearch(world.database, logs)
        .find(all)
        .path("lines")
        .forEach(line -> messages.add(line.at("/event/message").asText()));
    return messages;
  }

  private static List<String> messages(JobLogs logs, long job) {
    return logs.newest(new AttemptKey(job, 0)).stream().map(LogLine::message).toList();
  }

  private static void logOnThreads(ExecutorService pool) {
    try {
      LOG.info("own_line");
      Thread waits = WorkThreads.virtual("own", () -> LOG.info("virtual_line"));
      Thread computes = WorkThreads.platform("own", () -> LOG.info("platform_line"));
      waits.start();
      computes.start();
      waits.join();
      computes.join();
      pool.submit(WorkThreads.carrying(() -> LOG.info("pooled_line"))).get();
      // The thread of the pool is the same, and nobody's again.
      pool.submit(() -> LOG.info("later_line")).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void triesAgainAndGoesOnFromTheLastCommit() throws Exception {
    world.mode = SyncMode.INCREMENTAL_APPEND;
    shop.faults = brokenInTheFirstAttempt(Step.COMMITTED);
    world.startWorkers();
    JobView view = world.awaitEnd(world.sync(connection));

    assertThat(view.job().status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(view.attempts()).hasSize(2);
    assertThat(view.attempts().getFirst().status()).isEqualTo(AttemptStatus.FAILED);
    assertThat(shop.published()).isEqualTo(Shop.sorted(shop.orders.rows()));
    assertThat(view.total().recordsCommitted()).isEqualTo(Shop.ROWS);
    assertThat(view.attempts().stream().mapToLong(one -> one.stats().recordsCommitted()).sum())
        .isEqualTo(Shop.ROWS);
  }

  @Test
  void givesUpWhenItsRetriesAreUsedUp() throws Exception {
    world.retries = JobWorld.IMPATIENT.withRetries(2);
    shop.faults = FaultPlan.of((step, call) -> step == Step.READ ? broken() : null);
    world.startWorkers();
    JobView view = world.awaitEnd(world.sync(connection));

    assertThat(view.job().status()).isEqualTo(JobStatus.FAILED);
    assertThat(view.attempts()).hasSize(3);
    FailureReason reason = view.attempts().getLast().failures().getFirst();
    assertThat(reason.origin()).isEqualTo(FailureReason.Origin.SOURCE);
    assertThat(reason.type()).isEqualTo(FailureReason.Type.SYSTEM);
    assertThat(reason.stream()).isEqualTo(Shop.ORDERS);
  }

  @Test
  void whatTheUserMustMendEndsTheJobAtOnce() throws Exception {
    shop.faults =
        FaultPlan.none()
            .at(
                Step.DISCOVER,
                1,
                new Fault.Fail(() -> new ConfigException("auth", "The password is wrong.")));
    world.startWorkers();
    JobView view = world.awaitEnd(world.sync(connection));
    assertThat(view.job().status()).isEqualTo(JobStatus.FAILED);
    assertThat(view.attempts()).hasSize(1);
    assertThat(view.attempts().getFirst().failures().getFirst().message())
        .isEqualTo("The password is wrong.");
  }

  @Test
  void waitsBeforeItTriesAgain() throws Exception {
    world.retries = RetryPolicy.DEFAULT;
    shop.faults = brokenInTheFirstAttempt(Step.READ);
    world.startWorkers();
    long id = world.sync(connection);
    Job job = world.await(id, JobStatus.INCOMPLETE).job();
    assertThat(Duration.between(job.updatedAt(), job.notBefore()).toSeconds()).isBetween(9L, 10L);
    world.jobs.cancel(id);
    assertThat(world.view(id).job().status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void cancelsARunningJobAndTheNextBeginsAnew() throws Exception {
    shop.faults = FaultPlan.none().at(Step.NEXT, 2, new Fault.Stall());
    world.startWorkers();
    long id = world.sync(connection);
    awaitStep(Step.NEXT, 2);

    Job cancelled = world.jobs.cancel(id);
    assertThat(cancelled.status()).isIn(JobStatus.RUNNING, JobStatus.CANCELLED);
    JobView view = world.awaitEnd(id);
    assertThat(view.job().status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(view.attempts().getFirst().failures().getFirst().type())
        .isEqualTo(FailureReason.Type.CANCELLED);
    assertThatThrownBy(() -> world.jobs.cancel(id)).isInstanceOf(ApiException.class);

    shop.faults = FaultPlan.none();
    assertThat(world.awaitEnd(world.sync(connection)).job().status())
        .isEqualTo(JobStatus.SUCCEEDED);
    assertThat(shop.published()).isEqualTo(Shop.sorted(shop.orders.rows()));
  }

  @Test
  void endsAnAttemptThatMakesNoProgress() throws Exception {
    world.settings = world.settings.withProgress(Duration.ofSeconds(1));
    world.mode = SyncMode.INCREMENTAL_APPEND;
    shop.faults = FaultPlan.none().at(Step.NEXT, 2, new Fault.Stall());
    world.startWorkers();
    JobView view = world.awaitEnd(world.sync(connection));
    assertThat(view.job().status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(view.attempts().getFirst().failures().getFirst().type())
        .isEqualTo(FailureReason.Type.NO_PROGRESS);
    assertThat(shop.published()).isEqualTo(Shop.sorted(shop.orders.rows()));
  }

  @Test
  void stopsResumablyAndGoesOnAfterTheNextStart() throws Exception {
    world.mode = SyncMode.INCREMENTAL_APPEND;
    shop.faults = FaultPlan.none().at(Step.NEXT, 8, new Fault.Stall());
    world.startWorkers();
    long id = world.sync(connection);
    awaitStep(Step.NEXT, 8);
    world.stopWorkers();

    assertThat(world.view(id).job().status()).isEqualTo(JobStatus.INCOMPLETE);
    shop.faults = FaultPlan.none();
    world.startWorkers();
    JobView view = world.awaitEnd(id);
    assertThat(view.job().status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(view.attempts()).hasSize(2);
    assertThat(shop.published()).isEqualTo(Shop.sorted(shop.orders.rows()));
  }

  /** A process dies with a job running; the next on the same data takes it up at once. */
  @Test
  void takesUpWhatADeadProcessLeftRunning() throws Exception {
    world.retries = JobWorld.IMPATIENT.withRetries(0);
    long id = world.sync(connection);
    Job waiting = world.view(id).job();
    Optional<Claim> claim =
        world.database.write(tx -> world.transitions.begin(tx, waiting, "test"));
    assertThat(claim).isPresent();
    assertThat(world.view(id).job().status()).isEqualTo(JobStatus.RUNNING);

    world.startWorkers();
    JobView view = world.awaitEnd(id);
    assertThat(view.job().status()).isEqualTo(JobStatus.SUCCEEDED);
    FailureReason stopped = view.attempts().getFirst().failures().getFirst();
    assertThat(stopped.type()).isEqualTo(FailureReason.Type.SYSTEM);
    assertThat(stopped.message()).contains("the server stopped");
  }

  /** Another process, whose lease holds, keeps its job. */
  @Test
  void leavesWhatALivingProcessRuns() {
    long id = world.sync(connection);
    Job waiting = world.view(id).job();
    Optional<Claim> claim =
        world.database.write(tx -> world.transitions.begin(tx, waiting, "other"));
    assertThat(claim).isPresent();
    int recovered = world.database.write(tx -> world.transitions.recover(tx, "test"));
    assertThat(recovered).isZero();
    assertThat(world.view(id).job().status()).isEqualTo(JobStatus.RUNNING);
  }

  @Test
  void takesUpWhatAnotherProcessWasSilentAboutForTooLong() throws Exception {
    long id = world.sync(connection);
    Job waiting = world.view(id).job();
    Optional<Claim> claim =
        world.database.write(tx -> world.transitions.begin(tx, waiting, "other"));
    assertThat(claim).isPresent();
    world.database.change(tx -> tx.execute("UPDATE job SET lease_until = 1"));
    world.startWorkers();
    assertThat(world.awaitEnd(id).job().status()).isEqualTo(JobStatus.SUCCEEDED);
    // What the silent process says when it wakes up comes too late.
    Optional<JobTransitions.Ending> late =
        world.database.write(tx -> world.transitions.end(tx, id, 0, JobStatus.FAILED, List.of()));
    assertThat(late).isEmpty();
  }

  /** The call came to another process on the same store. */
  @Test
  void heedsACancelThatStandsInTheStoreAlone() throws Exception {
    shop.faults = FaultPlan.none().at(Step.NEXT, 1, new Fault.Stall());
    world.startWorkers();
    long id = world.sync(connection);
    awaitStep(Step.NEXT, 1);
    world.database.change(tx -> tx.execute("UPDATE job SET cancel_requested = 1"));
    assertThat(world.awaitEnd(id).job().status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void saysWhichSideFailedBeforeTheSync() throws Exception {
    world.specs =
        (job, where, attempt) -> {
          throw new SideException(
              Side.DESTINATION, new ConfigException("auth", "The password is wrong."));
        };
    world.startWorkers();
    JobView view = world.awaitEnd(world.sync(connection));
    assertThat(view.job().status()).isEqualTo(JobStatus.FAILED);
    assertThat(view.attempts().getFirst().failures().getFirst().origin())
        .isEqualTo(FailureReason.Origin.DESTINATION);
  }

  @Test
  void heedsTheConnectionsOwnBoundOfRetriesBeforeTheSync() throws Exception {
    world.specs =
        (job, where, attempt) -> {
          throw new SideException(
              Side.SOURCE, new TransientException("away", "It is away.", "", null));
        };
    ConnectionStore store = new ConnectionStore();
    world.database.change(
        tx -> {
          ObjectNode details = Documents.empty();
          details.putObject("syncSettings").put("maxRetries", 0);
          store.update(tx, store.find(tx, connection).orElseThrow().withDetails(details));
        });
    world.startWorkers();
    JobView view = world.awaitEnd(world.sync(connection));
    assertThat(view.job().status()).isEqualTo(JobStatus.FAILED);
    assertThat(view.attempts()).hasSize(1);
  }

  @Test
  void endsAsCancelledWhenTheConnectionWasSwitchedOff() throws Exception {
    world.specs = (job, where, attempt) -> new JobSpecs.Prepared.SwitchedOff("Its schema changed.");
    world.startWorkers();
    JobView view = world.awaitEnd(world.sync(connection));
    assertThat(view.job().status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(view.attempts().getFirst().failures().getFirst().message())
        .isEqualTo("Its schema changed.");
  }

  /** A check that hangs is interrupted. */
  @Test
  void cancelsWhileItIsMadeReady() throws Exception {
    CountDownLatch preparing = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    world.specs =
        (job, where, attempt) -> {
          preparing.countDown();
          never.await();
          throw new AssertionError("nobody ends the wait");
        };
    world.startWorkers();
    long id = world.sync(connection);
    preparing.await();
    world.jobs.cancel(id);
    assertThat(world.awaitEnd(id).job().status()).isEqualTo(JobStatus.CANCELLED);
  }

  /** Killed after the row said "succeeded", before the engine's sync was ended. */
  @Test
  void aSyncLeftOpenByAKillDoesNotSpoilTheNext() throws Exception {
    world.startWorkers();
    world.awaitEnd(world.sync(connection));
    SyncStore store = world.stores.of(connection);
    ConnectionMemory memory = store.connection();
    store.saveConnection(new ConnectionMemory(memory.lastSyncId(), memory.endedSyncId() - 1));
    shop.orders.insert(Shop.rows(61, 70));

    world.awaitEnd(world.sync(connection));
    assertThat(shop.published()).isEqualTo(Shop.sorted(shop.orders.rows()));
  }

  @Test
  void runsNoMoreThanTheBoundAtOnceAndOneOfAConnection() throws Exception {
    shop.faults = FaultPlan.of((step, call) -> step == Step.DISCOVER ? new Fault.Stall() : null);
    long[] ids = new long[4];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = world.sync(world.connect(world.workspace, ConnectionStatus.ACTIVE));
    }
    world.startWorkers();
    awaitStep(Step.DISCOVER, 2);
    assertThat(world.view(ids[0]).job().status()).isEqualTo(JobStatus.RUNNING);
    assertThat(world.view(ids[1]).job().status()).isEqualTo(JobStatus.RUNNING);
    assertThat(world.view(ids[2]).job().status()).isEqualTo(JobStatus.PENDING);
    shop.faults = FaultPlan.none();
    world.jobs.cancel(ids[0]);
    world.jobs.cancel(ids[1]);
    assertThat(world.awaitEnd(ids[3]).job().status()).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  void refusesASecondJobButReturnsTheVeryFirstScheduledOne() {
    Job first =
        world.database.write(
            tx -> world.jobs.startQuietly(tx, connection, Trigger.SCHEDULED).orElseThrow());
    assertThat(world.sync(connection)).isEqualTo(first.id());
    Optional<Job> second =
        world.database.write(tx -> world.jobs.startQuietly(tx, connection, Trigger.SCHEDULED));
    assertThat(second).isEmpty();
    JobConfig all = JobConfig.of(Trigger.MANUAL, null);
    assertThatThrownBy(() -> world.start(connection, JobType.RESET_CONNECTION, all))
        .hasMessageContaining("already running");
    Optional<Job> open = world.database.read(tx -> new JobStore().open(tx, connection));
    assertThat(open).contains(first);
  }

  @Test
  void switchesOffAConnectionThatKeepsFailing() throws Exception {
    Instant longAgo = world.clock.instant().minus(Duration.ofDays(8));
    world.database.change(
        tx -> {
          for (int i = 0; i < 29; i++) {
            tx.execute(
                "INSERT INTO job (connection_id, config_type, status, config, retries, not_before,"
                    + " created_at, updated_at) VALUES (?, 'sync', 'failed', '{}', '{}', 0, ?, ?)",
                connection.toString(),
                longAgo.toEpochMilli(),
                longAgo.toEpochMilli());
          }
        });
    shop.faults =
        FaultPlan.of(
            (step, call) ->
                step == Step.DISCOVER
                    ? new Fault.Fail(() -> new ConfigException("auth", "The password is wrong."))
                    : null);
    world.startWorkers();
    JobView view = world.awaitEnd(world.sync(connection));
    assertThat(view.job().status()).isEqualTo(JobStatus.FAILED);
    Connection after =
        world.database.read(tx -> new ConnectionStore().find(tx, connection)).orElseThrow();
    assertThat(after.status()).isEqualTo(ConnectionStatus.INACTIVE);
    assertThat(after.statusReason()).isEqualTo("TOO_MANY_FAILED_JOBS_WITH_NO_RECENT_SUCCESS");
    assertThat(world.disabled).containsExactly(connection);
  }

  private void awaitStep(Step step, int calls) throws InterruptedException {
    while (shop.faults.calls(step) < calls) {
      Thread.sleep(Duration.ofMillis(10));
    }
  }

  /** The engine itself tries some failures again, so one alone does not fail an attempt. */
  private static FaultPlan brokenInTheFirstAttempt(Step at) {
    AtomicInteger attempts = new AtomicInteger();
    return FaultPlan.of(
        (step, call) -> {
          if (step == Step.DISCOVER) {
            attempts.incrementAndGet();
          }
          return step == at && attempts.get() == 1 ? broken() : null;
        });
  }

  private static Fault broken() {
    return new Fault.Fail(() -> new SystemException("broken", "Something broke."));
  }
}
