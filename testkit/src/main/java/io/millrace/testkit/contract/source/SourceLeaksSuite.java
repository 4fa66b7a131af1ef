package io.millrace.testkit.contract.source;

import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.Source;
import io.millrace.spi.StreamPlan;
import io.millrace.spi.SyncMode;
import io.millrace.testkit.contract.ThreadWatch;
import io.millrace.testkit.contract.Worker;
import org.junit.jupiter.api.Test;

/** Nothing is left when a source is closed, wherever its work stood. */
public interface SourceLeaksSuite extends SourceSuite {
  /** A whole life leaves nothing. */
  @Test
  default void leaksNothingAfterAWholeRead(SourceProbe probe) throws Exception {
    GivenStream stream = probe.givenMany();
    ThreadWatch threads = watch(probe);
    Source source = probe.open();
    source.check();
    try (Reading reading =
        probe.read(
            source, probe.configure(source, stream, SyncMode.FULL_REFRESH_OVERWRITE), null)) {
      reading.toEnd();
      reading.advance();
    }
    source.close();
    source.close();
    threads.assertAllEnded();
    probe.bench().assertNothingLeft();
  }

  /** A reader that is given up in the middle leaves nothing. */
  @Test
  default void leaksNothingWhenAReadIsGivenUp(SourceProbe probe) throws Exception {
    GivenStream stream = probe.givenMany();
    ThreadWatch threads = watch(probe);
    Source source = probe.open();
    ConfiguredStream chosen = probe.configure(source, stream, SyncMode.FULL_REFRESH_OVERWRITE);
    StreamPlan plan = source.plan(chosen, null);
    PartitionReader untouched = source.read(chosen, plan.partitions().getLast(), null);
    PartitionReader begun = source.read(chosen, plan.partitions().getFirst(), null);
    try (RecordBatch _ = begun.next()) {
      begun.checkpoint();
    }
    begun.close();
    begun.close();
    untouched.close();
    source.close();
    threads.assertAllEnded();
    probe.bench().assertNothingLeft();
  }

  /** A source that is closed under its readers leaves nothing once they are closed too. */
  @Test
  default void leaksNothingWhenTheSourceIsClosedFirst(SourceProbe probe) throws Exception {
    GivenStream stream = probe.givenMany();
    ThreadWatch threads = watch(probe);
    Source source = probe.open();
    ConfiguredStream chosen = probe.configure(source, stream, SyncMode.FULL_REFRESH_OVERWRITE);
    StreamPlan plan = source.plan(chosen, null);
    PartitionReader reader = source.read(chosen, plan.partitions().getFirst(), null);
    try (RecordBatch _ = reader.next()) {
      source.close();
    }
    reader.close();
    threads.assertAllEnded();
    probe.bench().assertNothingLeft();
  }

  /** An interrupted read leaves nothing. */
  @Test
  default void leaksNothingAfterAnInterrupt(SourceProbe probe) throws Exception {
    GivenStream stream = probe.givenMany();
    ThreadWatch threads = watch(probe);
    Source source = probe.open();
    try (Reading reading =
        probe.read(
            source, probe.configure(source, stream, SyncMode.FULL_REFRESH_OVERWRITE), null)) {
      Worker worker =
          Worker.start(
              () -> {
                reading.step();
                Thread.currentThread().interrupt();
                reading.toEnd();
              });
      worker.end("an interrupt");
    }
    source.close();
    threads.assertAllEnded();
    probe.bench().assertNothingLeft();
  }

  private static ThreadWatch watch(SourceProbe probe) {
    return ThreadWatch.begin(probe.fixture().lastingThreads());
  }
}
