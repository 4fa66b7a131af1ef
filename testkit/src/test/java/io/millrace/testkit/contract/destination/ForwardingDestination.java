package io.millrace.testkit.contract.destination;

import io.millrace.spi.Destination;
import io.millrace.spi.DestinationTraits;
import io.millrace.spi.LoadPlan;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.TargetName;
import java.util.List;

/** Does what another destination does; the base of destinations that break one promise. */
class ForwardingDestination implements Destination {
  private final Destination inner;

  ForwardingDestination(Destination inner) {
    this.inner = inner;
  }

  /** Changes what is asked of the correct destination. */
  LoadPlan change(LoadPlan plan) {
    return plan;
  }

  /** Changes what loaders do. */
  StreamLoader wrap(StreamLoader loader, LoadPlan plan) {
    return loader;
  }

  @Override
  public void check() throws InterruptedException {
    inner.check();
  }

  @Override
  public DestinationTraits traits() {
    return inner.traits();
  }

  @Override
  public TargetName identify(TargetName wanted) {
    return inner.identify(wanted);
  }

  @Override
  public TargetName distinguish(TargetName target, String mark) {
    return inner.distinguish(target, mark);
  }

  @Override
  public List<String> preview(LoadPlan plan) throws InterruptedException {
    return inner.preview(plan);
  }

  @Override
  public StreamLoader open(LoadPlan plan) throws InterruptedException {
    return wrap(inner.open(change(plan)), plan);
  }

  @Override
  public void close() {
    inner.close();
  }
}
