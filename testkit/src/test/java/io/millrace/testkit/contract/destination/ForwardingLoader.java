package io.millrace.testkit.contract.destination;

import io.millrace.spi.BatchWriter;
import io.millrace.spi.Commit;
import io.millrace.spi.FinishReceipt;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.TargetDescription;
import java.util.List;

/** Does what another loader does; the base of loaders that break one promise. */
class ForwardingLoader implements StreamLoader {
  private final StreamLoader inner;

  ForwardingLoader(StreamLoader inner) {
    this.inner = inner;
  }

  /** Changes what writers do. */
  BatchWriter wrap(BatchWriter writer) {
    return writer;
  }

  @Override
  public TargetDescription target() {
    return inner.target();
  }

  @Override
  public List<Commit> commits() throws InterruptedException {
    return inner.commits();
  }

  @Override
  public void discard() throws InterruptedException {
    inner.discard();
  }

  @Override
  public BatchWriter writer(String partitionId, int ordinal) throws InterruptedException {
    return wrap(inner.writer(partitionId, ordinal));
  }

  @Override
  public FinishReceipt finish() throws InterruptedException {
    return inner.finish();
  }

  @Override
  public void close() {
    inner.close();
  }
}
