package io.millrace.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lives many pipelines' lives. A failure names its seed; {@code -Dmillrace.simulation.first=SEED
 * -Dmillrace.simulation.count=1} runs it again, {@code count=5000} runs many.
 *
 * <p>A seed gives the same life each time because all virtual threads share one carrier thread, so
 * that they run in turns; the build runs these tests in a JVM of their own for that.
 */
final class SimulationTest {
  private static final long SEEDS = 200;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private Path temp;

  @BeforeEach
  void needsOneCarrier() {
    Assumptions.assumeTrue(
        "1".equals(System.getProperty("jdk.virtualThreadScheduler.parallelism")),
        "The simulation runs with -Djdk.virtualThreadScheduler.parallelism=1.");
  }

  static LongStream seeds() {
    long first = Long.getLong("millrace.simulation.first", 1);
    return LongStream.range(first, first + Long.getLong("millrace.simulation.count", SEEDS));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void keepsEveryPromise(long seed) throws InterruptedException {
    live(seed);
  }

  @Test
  void theSameSeedGivesTheSameLife() throws InterruptedException {
    for (long seed = 1; seed <= 5; seed++) {
      assertThat(live(seed)).as("the life of seed " + seed).isEqualTo(live(seed));
    }
  }

  private List<String> live(long seed) throws InterruptedException {
    Simulation simulation = new Simulation(seed, temp);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Thread life =
        Thread.ofVirtual()
            .name("simulation")
            .start(
                () -> {
                  try {
                    simulation.run();
                  } catch (Throwable e) {
                    failure.set(e);
                  }
                });
    boolean ended = life.join(PATIENCE);
    if (!ended || failure.get() != null) {
      throw new AssertionError(
          "Seed %d %s. Run it again with -Dmillrace.simulation.first=%d -Dmillrace.simulation.count=1\n  %s"
              .formatted(
                  seed,
                  ended ? Objects.requireNonNull(failure.get()).getMessage() : "hangs",
                  seed,
                  simulation.trace().tail()),
          failure.get());
    }
    return simulation.trace().lines();
  }
}
