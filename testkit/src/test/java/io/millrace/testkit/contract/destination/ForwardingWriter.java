package io.millrace.testkit.contract.destination;

import io.millrace.spi.BatchWriter;
import io.millrace.spi.Commit;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.WriteReceipt;

/** Does what another writer does; the base of writers that break one promise. */
class ForwardingWriter implements BatchWriter {
  private final BatchWriter inner;

  ForwardingWriter(BatchWriter inner) {
    this.inner = inner;
  }

  @Override
  public WriteReceipt write(RecordBatch batch) throws InterruptedException {
    return inner.write(batch);
  }

  @Override
  public long commit(Commit commit) throws InterruptedException {
    return inner.commit(commit);
  }

  @Override
  public void close() {
    inner.close();
  }
}
