package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.SyncMode;
import io.millrace.testkit.fake.FaultPlan;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A destination may do much of its work when it closes. */
final class ClosingTest {
  private static final long CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  @Test
  void countsAsPublicationOfWhatTheStreamsBrought(@TempDir Path temp) {
    World world = new World(temp);
    world.orders(20);
    SyncSpec usual = world.spec(SyncMode.FULL_REFRESH_OVERWRITE, FaultPlan.none());
    SyncSpec spec =
        new SyncSpec(
            usual.connectionId(),
            usual.source(),
            context ->
                new WrappedDestination(
                    usual.destination().apply(context), () -> {}, ClosingTest::takeTime),
            usual.streams(),
            usual.defaults(),
            usual.namespace(),
            usual.prefix(),
            usual.schemaChanges());
    world.engine().sync(spec, world.store, world.events::add, new Cancellation());
    SyncProgress progress =
        world.events.stream()
            .filter(SyncEvent.Started.class::isInstance)
            .map(SyncEvent.Started.class::cast)
            .findFirst()
            .orElseThrow()
            .progress();
    assertThat(progress.streams().getFirst().time().publishNanos())
        .isGreaterThanOrEqualTo(CLOSE_NANOS);
  }

  private static void takeTime() {
    long end = System.nanoTime() + CLOSE_NANOS;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
