package io.millrace.testkit.contract.source;

import io.millrace.spi.Checkpoint;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.Partition;
import io.millrace.spi.PartitionProgress;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.Resumption;
import io.millrace.spi.Source;
import io.millrace.spi.StreamDescriptor;
import io.millrace.spi.StreamPlan;
import io.millrace.spi.StreamState;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Does what another source does; the base of sources that break one promise. */
class ForwardingSource implements Source {
  private final Source inner;

  ForwardingSource(Source inner) {
    this.inner = inner;
  }

  /** Changes what readers do. */
  PartitionReader wrap(PartitionReader reader) {
    return reader;
  }

  @Override
  public void check() throws InterruptedException {
    inner.check();
  }

  @Override
  public void discover(Consumer<StreamDescriptor> found) throws InterruptedException {
    inner.discover(found);
  }

  @Override
  public StreamPlan plan(ConfiguredStream stream, @Nullable StreamState state)
      throws InterruptedException {
    return inner.plan(stream, state);
  }

  @Override
  public Resumption resume(
      ConfiguredStream stream, @Nullable StreamState state, List<PartitionProgress> progress)
      throws InterruptedException {
    return inner.resume(stream, state, progress);
  }

  @Override
  public PartitionReader read(
      ConfiguredStream stream, Partition partition, @Nullable Checkpoint from)
      throws InterruptedException {
    return wrap(inner.read(stream, partition, from));
  }

  @Override
  public StreamState advance(
      ConfiguredStream stream, @Nullable StreamState before, List<PartitionProgress> finished) {
    return inner.advance(stream, before, finished);
  }

  @Override
  public void close() {
    inner.close();
  }
}
