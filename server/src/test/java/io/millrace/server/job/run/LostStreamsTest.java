package io.millrace.server.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.EngineSettings;
import io.millrace.engine.Failure;
import io.millrace.engine.StreamOptions;
import io.millrace.engine.StreamSelection;
import io.millrace.engine.SyncSpec;
import io.millrace.server.job.FailureReason;
import io.millrace.server.job.JobStatus;
import io.millrace.server.job.JobView;
import io.millrace.server.job.JobWorld;
import io.millrace.server.job.Shop;
import io.millrace.server.store.Dialect;
import io.millrace.spi.ConfigException;
import io.millrace.spi.StreamName;
import io.millrace.testkit.fake.Fault;
import io.millrace.testkit.fake.FaultPlan;
import io.millrace.testkit.fake.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams that the source has lost, beside one that it has. */
@Timeout(120)
final class LostStreamsTest {
  private final Shop shop = new Shop();
  @TempDir private Path folder;
  private JobWorld world;

  @BeforeEach
  void makeWorld() {
    world = shop.world(Dialect.SQLITE, folder);
    world.engine = EngineSettings.DEFAULT.withRetries(0);
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  @Test
  void aLostStreamAloneIsNotTriedAgain() throws Exception {
    JobView view = run(lost(1), FaultPlan.none());
    assertThat(view.attempts()).hasSize(1);
    assertThat(types(view, 0)).containsExactly(FailureReason.Type.CONFIG);
  }

  @Test
  void whatMayPassIsTriedAgainBesideALostStream() throws Exception {
    JobView view = run(lost(1), brokenOnce(Fault.transientFailure()));
    assertThat(view.attempts()).hasSize(2);
    assertThat(types(view, 0))
        .containsExactly(FailureReason.Type.CONFIG, FailureReason.Type.TRANSIENT);
    assertThat(types(view, 1)).containsExactly(FailureReason.Type.CONFIG);
  }

  /** They are more than an attempt's list of failures holds. */
  @Test
  void whatMayPassIsTriedAgainBesideManyLostStreams() throws Exception {
    assertThat(run(lost(12), brokenOnce(Fault.systemFailure())).attempts()).hasSize(2);
  }

  @Test
  void manyLostStreamsAloneAreNotTriedAgain() throws Exception {
    assertThat(run(lost(12), FaultPlan.none()).attempts()).hasSize(1);
  }

  @Test
  void whatTheUserMustMendEndsTheJobAlsoBesideALostStream() throws Exception {
    world.startWorkers();
    shop.faults = brokenOnce(Fault.configFailure());
    selecting(lost(1));
    JobView view = world.awaitEnd(world.sync(world.connect()));
    assertThat(view.job().status()).isEqualTo(JobStatus.FAILED);
    assertThat(view.attempts()).hasSize(1);
  }

  /** It was there when the attempt was prepared. */
  @Test
  void aStreamThatIsGoneWhenTheEngineLooksIsLost() throws Exception {
    StreamName gone = new StreamName("shop", "gone");
    JobView view =
        run(
            List.of(StreamSelection.seen(gone, StreamOptions.NONE, problem())),
            brokenOnce(Fault.transientFailure()));
    assertThat(view.attempts()).hasSize(2);
    assertThat(view.attempts().getLast().failures())
        .extracting(FailureReason::stream)
        .containsExactly(gone);
  }

  /** Runs a job that ends as failed, because of what is lost, and has brought all that there is. */
  private JobView run(List<StreamSelection> lost, FaultPlan faults) throws InterruptedException {
    selecting(lost);
    shop.faults = faults;
    world.startWorkers();
    JobView view = world.awaitEnd(world.sync(world.connect()));
    assertThat(view.job().status()).isEqualTo(JobStatus.FAILED);
    assertThat(shop.published()).isEqualTo(Shop.sorted(shop.orders.rows()));
    return view;
  }

  private void selecting(List<StreamSelection> more) {
    JobSpecs usual = world.specs;
    world.specs =
        (job, connection, attempt) ->
            usual.prepare(job, connection, attempt) instanceof JobSpecs.Prepared.Ready ready
                ? new JobSpecs.Prepared.Ready(
                    with(ready.spec(), more), ready.engine(), ready.memory(), ready.retries(), null)
                : new JobSpecs.Prepared.SwitchedOff("never");
  }

  private static SyncSpec with(SyncSpec spec, List<StreamSelection> more) {
    List<StreamSelection> streams = new ArrayList<>(spec.streams());
    streams.addAll(more);
    return new SyncSpec(
        spec.connectionId(),
        spec.source(),
        spec.destination(),
        streams,
        spec.defaults(),
        spec.namespace(),
        spec.prefix(),
        spec.schemaChanges());
  }

  private static List<StreamSelection> lost(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new StreamName("shop", "lost" + i))
        .map(name -> StreamSelection.failing(name, StreamOptions.NONE, problem()))
        .toList();
  }

  private static ConfigException problem() {
    return new ConfigException(Failure.STREAM_LOST, "It is lost.");
  }

  /** Breaks every read of the first attempt. */
  private static FaultPlan brokenOnce(Fault fault) {
    AtomicInteger attempts = new AtomicInteger();
    return FaultPlan.of(
        (step, call) -> {
          if (step == Step.DISCOVER) {
            attempts.incrementAndGet();
          }
          return step == Step.READ && attempts.get() == 1 ? fault : null;
        });
  }

  private static List<FailureReason.Type> types(JobView view, int attempt) {
    return view.attempts().get(attempt).failures().stream().map(FailureReason::type).toList();
  }
}
