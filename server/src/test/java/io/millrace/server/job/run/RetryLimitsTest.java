package io.millrace.server.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.engine.EngineSettings;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.job.Attempt;
import io.millrace.server.job.AttemptStatus;
import io.millrace.server.job.FailureReason;
import io.millrace.server.job.Job;
import io.millrace.server.job.JobStatus;
import io.millrace.server.job.JobTransitions.Claim;
import io.millrace.server.job.JobView;
import io.millrace.server.job.JobWorld;
import io.millrace.server.job.MemorySyncStores;
import io.millrace.server.job.RetryState;
import io.millrace.server.job.Shop;
import io.millrace.server.store.DatabaseUrl;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import io.millrace.server.store.TestStore;
import io.millrace.spi.SyncMode;
import io.millrace.testkit.fake.Fault;
import io.millrace.testkit.fake.FaultPlan;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jobs whose every attempt fails, to the end of their retries, over a stop and a kill of the server
 * in their middle: attempts that end by those are counted by nothing.
 */
@EachStore
@Timeout(120)
final class RetryLimitsTest {
  private final Dialect dialect;
  private final Shop shop = new Shop();
  private final CountDownLatch stalled = new CountDownLatch(1);
  @TempDir private Path folder;
  private DatabaseUrl store;
  private JobWorld world;

  RetryLimitsTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void makeWorld() {
    shop.sourceOptions = shop.sourceOptions.cut(1, 1, 1);
    store = TestStore.url(dialect, folder);
    world = opened(new MemorySyncStores());
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  @Test
  void fiveFailuresInARowWithoutProgressEndAJob() throws Exception {
    JobView view = runOverRestarts(3, attempt -> false);
    assertThat(view.attempts()).hasSize(5 + 2);
    assertThat(counted(view)).isEqualTo(new RetryState(4, 4, 0, 0, true));
    assertThat(last(view)).contains("5 attempts in a row made no progress");
    assertThat(shop.published()).isEmpty();
  }

  @Test
  void tenFailuresWithoutProgressEndAJobHoweverManyHadSome() throws Exception {
    JobView view = runOverRestarts(7, attempt -> attempt % 5 == 4);
    // Four without progress, one with, four without, one with, two without.
    assertThat(view.attempts()).hasSize(10 + 2 + 2);
    assertThat(counted(view)).isEqualTo(new RetryState(1, 9, 0, 2, true));
    assertThat(last(view)).contains("10 attempts made no progress");
  }

  @Test
  void twentyFailuresWithProgressEndAJob() throws Exception {
    JobView view = runOverRestarts(12, attempt -> true);
    assertThat(view.attempts()).hasSize(20 + 2);
    assertThat(counted(view)).isEqualTo(new RetryState(0, 0, 19, 19, true));
    assertThat(last(view)).contains("20 attempts failed on their way");
    assertThat(view.total().recordsCommitted()).as("one row an attempt").isEqualTo(20);

    shop.faults = FaultPlan.none();
    ConnectionId connection = view.job().connection();
    assertThat(world.awaitEnd(world.sync(connection)).job().status())
        .isEqualTo(JobStatus.SUCCEEDED);
    assertThat(shop.published()).isEqualTo(Shop.sorted(shop.orders.rows()));
  }

  /**
   * Runs a job to its end. One of its attempts stalls until the server is stopped; the next is lost
   * with a process that is killed.
   *
   * @param stalls the attempt that does, from 0, when those that count are counted
   * @param progresses tells whether an attempt that counts commits a row before it fails
   */
  private JobView runOverRestarts(int stalls, IntPredicate progresses) throws Exception {
    shop.faults = failing(stalls, progresses);
    ConnectionId connection = world.connect();
    world.startWorkers();
    long job = world.sync(connection);
    stalled.await();
    restart();
    Job waiting = world.await(job, JobStatus.INCOMPLETE).job();
    Optional<Claim> lost = world.database.write(tx -> world.transitions.begin(tx, waiting, "test"));
    assertThat(lost).isPresent();
    restart();
    world.startWorkers();
    JobView view = world.awaitEnd(job);

    assertThat(view.job().status()).isEqualTo(JobStatus.FAILED);
    assertThat(view.attempts()).extracting(Attempt::status).containsOnly(AttemptStatus.FAILED);
    assertThat(view.attempts().stream().filter(RetryLimitsTest::stopped)).hasSize(2);
    assertThat(view.attempts().getLast().failures())
        .extracting(FailureReason::type, FailureReason::origin)
        .containsExactly(
            tuple(FailureReason.Type.TRANSIENT, FailureReason.Origin.SOURCE),
            tuple(FailureReason.Type.SYSTEM, FailureReason.Origin.PLATFORM));
    assertThat(last(view))
        .startsWith("The job was given up after too many retries for connection " + connection);
    return view;
  }

  /** Another process on the same store, which begins nothing yet. */
  private void restart() {
    world.close();
    world = opened(world.stores);
  }

  private JobWorld opened(MemorySyncStores stores) {
    JobWorld opened = shop.world(store, folder, "test");
    opened.stores = stores;
    opened.mode = SyncMode.INCREMENTAL_APPEND;
    opened.engine = committingAlways(EngineSettings.DEFAULT.withRetries(0));
    return opened;
  }

  private static EngineSettings committingAlways(EngineSettings usual) {
    return new EngineSettings(
        usual.arrowBytesMax(),
        usual.readerBytesReserved(),
        usual.streamsMax(),
        usual.readersMax(),
        1,
        usual.commitInterval(),
        usual.commitIntervalOfFiles(),
        usual.startRetriesMax(),
        usual.retriesMax(),
        usual.retryWaitFirst(),
        usual.retryWaitMax(),
        usual.cancelWaitMax(),
        usual.quarantineRowsMax(),
        usual.tuning());
  }

  private FaultPlan failing(int stalls, IntPredicate progresses) {
    AtomicInteger attempt = new AtomicInteger(-1);
    AtomicBoolean stalling = new AtomicBoolean(true);
    AtomicBoolean committed = new AtomicBoolean();
    return FaultPlan.of(
        (step, call) -> {
          switch (step) {
            case DISCOVER -> {
              attempt.incrementAndGet();
              committed.set(false);
            }
            case COMMITTED -> committed.set(true);
            case NEXT -> {
              if (attempt.get() == stalls && stalling.getAndSet(false)) {
                attempt.decrementAndGet();
                stalled.countDown();
                return new Fault.Stall();
              }
              return committed.get() || !progresses.test(attempt.get())
                  ? Fault.transientFailure()
                  : null;
            }
            case SOURCE_CHECK,
                PLAN,
                RESUME,
                READ,
                CHECKPOINT,
                ADVANCE,
                DESTINATION_CHECK,
                PREVIEW -> {}
            case OPEN, OPENED, COMMITS, DISCARD, DISCARDED, WRITER, WRITE, COMMIT -> {}
            case FINISH, FINISHED -> {}
          }
          return null;
        });
  }

  private static boolean stopped(Attempt attempt) {
    return attempt.failures().getFirst().message().contains("the server stopped");
  }

  /** What had been counted before the last failure. */
  private static RetryState counted(JobView view) {
    return RetryState.of(view.job().retries());
  }

  private static String last(JobView view) {
    return view.attempts().getLast().failures().getLast().message();
  }
}
