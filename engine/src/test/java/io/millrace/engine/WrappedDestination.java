package io.millrace.engine;

import io.millrace.spi.Destination;
import io.millrace.spi.DestinationTraits;
import io.millrace.spi.LoadPlan;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.TargetName;
import java.util.List;

/** A destination that does something of a test at its beginning and its end. */
record WrappedDestination(Destination behind, WarmUp warm, Runnable beforeClose)
    implements Destination {
  /** What a warm-up does. */
  @FunctionalInterface
  interface WarmUp {
    void up() throws InterruptedException;
  }

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
    beforeClose.run();
    behind.close();
  }
}
