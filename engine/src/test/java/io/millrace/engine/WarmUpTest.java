package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.SyncMode;
import io.millrace.spi.TransientException;
import io.millrace.testkit.fake.FaultPlan;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A destination's warm-up helps or does nothing: no sync fails, waits or outlives its end by it.
 */
final class WarmUpTest {
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private World world;

  @BeforeEach
  void makeWorld(@TempDir Path temp) {
    world = new World(temp);
    world.orders(20);
  }

  @Test
  void oneThatFailsIsNobodysBusiness() {
    assertThat(
            sync(
                () -> {
                  throw new TransientException("away", "The server is away.", "warm up", null);
                }))
        .isEqualTo(SyncStatus.SUCCEEDED);
    assertThat(world.published()).hasSize(20);
  }

  @Test
  void oneThatHangsIsInterruptedWhenTheSyncEnds() throws Exception {
    assertThat(
            sync(
                () -> {
                  begun.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } finally {
                    ended.countDown();
                  }
                }))
        .isEqualTo(SyncStatus.SUCCEEDED);
    assertThat(world.published()).hasSize(20);
    assertThat(ended.getCount()).isEqualTo(begun.getCount());
  }

  private SyncStatus sync(WrappedDestination.WarmUp warm) {
    SyncSpec usual = world.spec(SyncMode.FULL_REFRESH_OVERWRITE, FaultPlan.none());
    SyncSpec spec =
        new SyncSpec(
            usual.connectionId(),
            usual.source(),
            context -> new WrappedDestination(usual.destination().apply(context), warm, () -> {}),
            usual.streams(),
            usual.defaults(),
            usual.namespace(),
            usual.prefix(),
            usual.schemaChanges());
    return world.engine().sync(spec, world.store, world.events::add, new Cancellation()).status();
  }
}
