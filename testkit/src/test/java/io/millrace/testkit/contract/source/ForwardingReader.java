package io.millrace.testkit.contract.source;

import io.millrace.spi.Checkpoint;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.RecordBatch;
import org.jspecify.annotations.Nullable;

/** Does what another reader does; the base of readers that break one promise. */
class ForwardingReader implements PartitionReader {
  private final PartitionReader inner;

  ForwardingReader(PartitionReader inner) {
    this.inner = inner;
  }

  @Override
  public @Nullable RecordBatch next() throws InterruptedException {
    return inner.next();
  }

  @Override
  public @Nullable Checkpoint checkpoint() {
    return inner.checkpoint();
  }

  @Override
  public void close() {
    inner.close();
  }
}
