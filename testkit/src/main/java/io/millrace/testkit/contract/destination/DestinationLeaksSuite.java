package io.millrace.testkit.contract.destination;

import io.millrace.spi.WriteMode;
import io.millrace.testkit.contract.ThreadWatch;
import io.millrace.testkit.contract.Worker;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing is left when a destination is closed, wherever its work stood. */
public interface DestinationLeaksSuite extends DestinationSuite {
  /** A whole load leaves nothing. */
  @ParameterizedTest
  @EnumSource(WriteMode.class)
  default void leaksNothingAfterAWholeLoad(WriteMode mode, DestinationProbe probe)
      throws Exception {
    probe.needs(mode);
    ThreadWatch threads = watch(probe);
    Load load = probe.run(probe.sync(mode), DestinationProbe.rows(0, 1_000));
    load.close();
    threads.assertAllEnded();
    probe.bench().assertNothingLeft();
  }

  /** A load that is given up in the middle of a commit leaves nothing in the process. */
  @ParameterizedTest
  @EnumSource(WriteMode.class)
  default void leaksNothingWhenALoadIsGivenUp(WriteMode mode, DestinationProbe probe)
      throws Exception {
    probe.needs(mode);
    ThreadWatch threads = watch(probe);
    Load load = probe.load(probe.sync(mode));
    load.begin("untouched", 0);
    load.write("p", 1, DestinationProbe.rows(0, 1_000));
    load.commit("p", false);
    load.write("p", 1, DestinationProbe.rows(0, 1_000));
    load.close();
    load.close();
    threads.assertAllEnded();
    probe.bench().assertNothingLeft();
  }

  /** An interrupted load leaves nothing. */
  @ParameterizedTest
  @EnumSource(WriteMode.class)
  default void leaksNothingAfterAnInterrupt(WriteMode mode, DestinationProbe probe)
      throws Exception {
    probe.needs(mode);
    ThreadWatch threads = watch(probe);
    Load load = probe.load(probe.sync(mode));
    Worker worker =
        Worker.start(
            () -> {
              load.write("p", 0, DestinationProbe.rows(0, 1_000));
              Thread.currentThread().interrupt();
              load.commit("p", true);
            });
    worker.end("an interrupt");
    load.close();
    threads.assertAllEnded();
    probe.bench().assertNothingLeft();
  }

  private static ThreadWatch watch(DestinationProbe probe) {
    return ThreadWatch.begin(probe.fixture().lastingThreads());
  }
}
