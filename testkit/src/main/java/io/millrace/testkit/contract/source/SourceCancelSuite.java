package io.millrace.testkit.contract.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.Source;
import io.millrace.spi.StreamPlan;
import io.millrace.spi.SyncMode;
import io.millrace.testkit.contract.RowSets;
import io.millrace.testkit.contract.Worker;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever blocks ends soon after an interrupt or a close, and can be resumed. */
public interface SourceCancelSuite extends SourceSuite {
  /** An interrupt while batches flow leaves what can be resumed. */
  @Test
  default void cancelLeavesWhatCanBeResumed(SourceProbe probe) throws Exception {
    GivenStream stream = probe.givenMany();
    Source source = probe.open();
    ConfiguredStream chosen = probe.configure(source, stream, SyncMode.FULL_REFRESH_APPEND);
    try (Reading first = probe.read(source, chosen, null)) {
      first.step();
      Worker worker =
          Worker.start(
              () -> {
                Thread.currentThread().interrupt();
                first.toEnd();
              });
      assertStopped(worker.end("an interrupt while batches flow"));
      Reading second = first.resume(probe.open());
      second.toEnd();
      RowSets.assertSame("a read resumed after an interrupt", second.rows(), stream.rows());
    }
  }

  /** An interrupt ends a read that waits for the system. */
  @Test
  default void cancelEndsABlockedRead(SourceProbe probe) throws Exception {
    probe.needs(SourceCapability.BLOCK);
    GivenStream stream = probe.givenMany();
    Source source = probe.open();
    ConfiguredStream chosen = probe.configure(source, stream, SyncMode.FULL_REFRESH_APPEND);
    try (Reading first = probe.read(source, chosen, null)) {
      try (AutoCloseable _ = probe.fixture().block(stream.name())) {
        Worker worker = Worker.start(first::toEnd);
        worker.settle();
        assertThat(worker.ended()).as("the read ended although it was blocked").isFalse();
        worker.interrupt();
        assertStopped(worker.end("an interrupt while the system is busy"));
      }
      Reading second = first.resume(probe.open());
      second.toEnd();
      RowSets.assertSame("a blocked read resumed", second.rows(), stream.rows());
    }
  }

  /** Closing a reader from another thread ends its blocked call. */
  @Test
  default void cancelByCloseEndsABlockedRead(SourceProbe probe) throws Exception {
    probe.needs(SourceCapability.BLOCK);
    GivenStream stream = probe.givenMany();
    Source source = probe.open();
    ConfiguredStream chosen = probe.configure(source, stream, SyncMode.FULL_REFRESH_APPEND);
    StreamPlan plan = source.plan(chosen, null);
    try (AutoCloseable _ = probe.fixture().block(stream.name())) {
      AtomicReference<@Nullable PartitionReader> open = new AtomicReference<>();
      Worker worker =
          Worker.start(
              () -> {
                PartitionReader reader = source.read(chosen, plan.partitions().getFirst(), null);
                open.set(reader);
                reader.next();
              });
      worker.settle();
      PartitionReader reader = open.get();
      if (reader == null) {
        source.close();
      } else {
        reader.close();
      }
      assertStopped(worker.end("a close from another thread"));
    }
  }

  private static void assertStopped(@Nullable Throwable thrown) {
    assertThat(
            thrown == null
                || thrown instanceof InterruptedException
                || thrown instanceof ConnectorException)
        .as("a cancelled call ends with InterruptedException or a failure of the SPI: %s", thrown)
        .isTrue();
  }
}
