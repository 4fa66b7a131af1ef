package io.millrace.testkit.fake;

import io.millrace.spi.BatchWriter;
import io.millrace.spi.Commit;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.RejectedRow;
import io.millrace.spi.SystemException;
import io.millrace.spi.WriteReceipt;
import io.millrace.testkit.arrow.Batches;
import io.millrace.testkit.arrow.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Collects a partition's rows until their commit. */
final class FakeWriter implements BatchWriter {
  private static final int POSITION_CHARS_MAX = 100;

  private final FakeLoader loader;
  private final String partitionId;
  private final int ordinal;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Row> pending = new ArrayList<>();

  FakeWriter(FakeLoader loader, String partitionId, int ordinal) {
    this.loader = loader;
    this.partitionId = partitionId;
    this.ordinal = ordinal;
  }

  @Override
  public WriteReceipt write(RecordBatch batch) throws InterruptedException {
    checkOpen();
    loader.faults().pass(Step.WRITE, closed);
    List<RejectedRow> rejected = new ArrayList<>();
    long taken = 0;
    for (Row row : Batches.rows(batch)) {
      if (loader.options().refuses().test(row)) {
        rejected.add(refuse(row));
      } else {
        pending.add(row);
        taken++;
      }
    }
    return new WriteReceipt(taken, rejected);
  }

  @Override
  public long commit(Commit commit) throws InterruptedException {
    checkOpen();
    if (!commit.partitionId().equals(partitionId)) {
      throw new SystemException(
          "fake_grammar",
          "The writer of %s was asked to commit %s.".formatted(partitionId, commit));
    }
    loader.faults().pass(Step.COMMIT, closed);
    checkOpen();
    long rows = loader.store().commit(loader.plan(), loader.owner(), ordinal, commit, pending);
    pending.clear();
    loader.faults().pass(Step.COMMITTED, closed);
    return rows;
  }

  @Override
  public synchronized void close() {
    if (closed.getCount() > 0) {
      closed.countDown();
      loader.released(partitionId);
    }
  }

  private void checkOpen() {
    loader.checkOpen();
    if (closed.getCount() == 0) {
      throw new SystemException("fake_grammar", "The writer is closed.");
    }
  }

  private static RejectedRow refuse(Row row) {
    String text = row.toString();
    String position = text.substring(0, Math.min(text.length(), POSITION_CHARS_MAX));
    return new RejectedRow(position, null, "The fake cannot hold it.", text);
  }
}
