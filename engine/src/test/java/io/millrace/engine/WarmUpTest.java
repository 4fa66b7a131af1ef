package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.Destination;
import io.millrace.spi.DestinationTraits;
import io.millrace.spi.LoadPlan;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.SyncMode;
import io.millrace.spi.TargetName;
import io.millrace.spi.TransientException;
import io.millrace.testkit.fake.FaultPlan;
import java.nio.file.Path;
import java.util.List;
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

  private SyncStatus sync(Warm warm) {
    SyncSpec usual = world.spec(SyncMode.FULL_REFRESH_OVERWRITE, FaultPlan.none());
    SyncSpec spec =
        new SyncSpec(
            usual.connectionId(),
            usual.source(),
            context -> new Warming(usual.destination().apply(context), warm),
            usual.streams(),
            usual.defaults(),
            usual.namespace(),
            usual.prefix(),
            usual.schemaChanges());
    return world.engine().sync(spec, world.store, world.events::add, new Cancellation()).status();
  }

  private interface Warm {
    void up() throws InterruptedException;
  }

  private record Warming(Destination behind, Warm warm) implements Destination {
    @Override
    public void warmUp() throws InterruptedException {
      warm.up();
    }

    @Override
    public void check() throws InterruptedException {
      behind.check();
    }

    @Override
    public DestinationTraits traits() {
      return behind.traits();
    }

    @Override
    public TargetName identify(TargetName wanted) {
      return behind.identify(wanted);
    }

    @Override
    public List<String> preview(LoadPlan plan) throws InterruptedException {
      return behind.preview(plan);
    }

    @Override
    public StreamLoader open(LoadPlan plan) throws InterruptedException {
      return behind.open(plan);
    }

    @Override
    public void close() {
      behind.close();
    }
  }
}
