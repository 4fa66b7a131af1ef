package io.millrace.testkit.contract.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.ConnectorException;
import io.millrace.spi.WriteMode;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.contract.Worker;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever blocks ends soon after an interrupt or a close, and can be resumed. */
public interface DestinationCancelSuite extends DestinationSuite {
  /** An interrupt at any call leaves what can be completed. */
  @ParameterizedTest
  @EnumSource(WriteMode.class)
  default void cancelLeavesWhatCanBeResumed(WriteMode mode, DestinationProbe probe)
      throws Exception {
    probe.needs(mode);
    Sync sync = probe.sync(mode);
    List<Row> rows = DestinationProbe.rows(0, 20);
    for (int calls = 0; calls < 5; calls++) {
      int before = calls;
      Worker worker = Worker.start(() -> load(probe, sync, rows, before));
      assertStopped(worker.end("an interrupt before call " + before));
    }
    load(probe, sync, rows, Integer.MAX_VALUE);
    probe.assertRows(mode + ", interrupted at each call", sync, rows);
  }

  /** An interrupt ends a commit that waits for the system. */
  @ParameterizedTest
  @EnumSource(WriteMode.class)
  default void cancelEndsABlockedWrite(WriteMode mode, DestinationProbe probe) throws Exception {
    probe.needs(mode);
    probe.needs(DestinationCapability.BLOCK);
    Sync sync = probe.sync(mode);
    List<Row> rows = DestinationProbe.rows(0, 20);
    probe.run(sync, List.of());
    try (AutoCloseable _ = probe.fixture().block(sync.target())) {
      Worker worker = Worker.start(() -> load(probe, sync.next(), rows, Integer.MAX_VALUE));
      worker.settle();
      assertThat(worker.ended()).as("the load ended although it was blocked").isFalse();
      worker.interrupt();
      assertStopped(worker.end("an interrupt while the system is busy"));
    }
    load(probe, sync.next(), rows, Integer.MAX_VALUE);
    probe.assertRows(mode + ", interrupted while blocked", sync, rows);
  }

  /** Goes on from what is durable, and interrupts its own thread before the n-th call. */
  private static void load(DestinationProbe probe, Sync sync, List<Row> rows, int before)
      throws InterruptedException {
    interrupt(before == 0);
    try (Load load = Load.open(probe, sync)) {
      int durable = load.durableRows("p");
      boolean done = load.found().stream().anyMatch(commit -> commit.done());
      if (!done) {
        interrupt(before == 1);
        load.write("p", 0, rows.subList(durable, durable == 0 ? rows.size() / 2 : rows.size()));
        interrupt(before == 2);
        load.commit("p", durable != 0);
        if (durable == 0) {
          interrupt(before == 3);
          load.write("p", 0, rows.subList(rows.size() / 2, rows.size()));
          load.commit("p", true);
        }
      }
      load.closeWriters();
      interrupt(before == 4);
      load.finish();
    }
  }

  private static void interrupt(boolean now) {
    if (now) {
      Thread.currentThread().interrupt();
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
