package io.millrace.testkit.contract.destination;

import io.millrace.spi.BatchWriter;
import io.millrace.spi.Commit;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.RejectedRow;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.SystemException;
import io.millrace.spi.Tally;
import io.millrace.spi.WriteReceipt;
import io.millrace.testkit.arrow.Batches;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.arrow.Special;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Writers that break one promise each. */
final class BrokenWriters {
  private BrokenWriters() {}

  /** Keeps what was written and not committed. */
  static final class CommitsAtClose extends ForwardingWriter {
    private final String partition;
    private long sequence;
    private boolean pending;

    CommitsAtClose(BatchWriter inner, String partition) {
      super(inner);
      this.partition = partition;
    }

    @Override
    public WriteReceipt write(RecordBatch batch) throws InterruptedException {
      pending = true;
      return super.write(batch);
    }

    @Override
    public long commit(Commit commit) throws InterruptedException {
      sequence = commit.sequence();
      pending = false;
      return super.commit(commit);
    }

    @Override
    public void close() {
      if (pending) {
        pending = false;
        try {
          super.commit(new Commit(partition, sequence + 1, null, false, Tally.ZERO));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      super.close();
    }
  }

  /** Reports one row less than it commits. */
  static final class Miscounts extends ForwardingWriter {
    Miscounts(BatchWriter inner) {
      super(inner);
    }

    @Override
    public long commit(Commit commit) throws InterruptedException {
      return Math.max(0, super.commit(commit) - 1);
    }
  }

  /** Changes rows. */
  static final class ChangesRows extends ForwardingWriter {
    private final BufferAllocator allocator;
    private final UnaryOperator<Row> change;

    ChangesRows(BatchWriter inner, BufferAllocator allocator, UnaryOperator<Row> change) {
      super(inner);
      this.allocator = allocator;
      this.change = change;
    }

    @Override
    public WriteReceipt write(RecordBatch batch) throws InterruptedException {
      List<Row> rows = Batches.rows(batch).stream().map(change).toList();
      try (RecordBatch changed = Batches.batch(allocator, batch.root().getSchema(), rows)) {
        return super.write(changed);
      }
    }
  }

  /** Drops a whole batch for one row it cannot hold, and tells of that row alone. */
  static final class DropsTheBatch extends ForwardingWriter {
    DropsTheBatch(BatchWriter inner) {
      super(inner);
    }

    @Override
    public WriteReceipt write(RecordBatch batch) throws InterruptedException {
      List<RejectedRow> rejected = new ArrayList<>();
      for (Row row : Batches.rows(batch)) {
        if (row.values().stream().anyMatch(Special.class::isInstance)) {
          rejected.add(new RejectedRow("somewhere", null, "It is special.", ""));
        }
      }
      return rejected.isEmpty()
          ? super.write(batch)
          : new WriteReceipt(batch.rowCount() - rejected.size(), rejected);
    }
  }

  /** Keeps the buffers it was lent. */
  static final class KeepsBuffers extends ForwardingWriter {
    KeepsBuffers(BatchWriter inner) {
      super(inner);
    }

    @Override
    public WriteReceipt write(RecordBatch batch) throws InterruptedException {
      batch.root().getVector(0).getDataBuffer().getReferenceManager().retain();
      return super.write(batch);
    }
  }

  /** Opens a loader. */
  @FunctionalInterface
  interface Opening {
    StreamLoader open() throws InterruptedException;
  }

  /** Takes a refused commit for a mistake. */
  static final class Insists extends ForwardingWriter {
    private final BufferAllocator allocator;
    private final Opening opening;
    private final List<Row> pending = new ArrayList<>();
    private @Nullable Schema schema;

    Insists(BatchWriter inner, BufferAllocator allocator, Opening opening) {
      super(inner);
      this.allocator = allocator;
      this.opening = opening;
    }

    @Override
    public WriteReceipt write(RecordBatch batch) throws InterruptedException {
      schema = batch.root().getSchema();
      pending.addAll(Batches.rows(batch));
      return super.write(batch);
    }

    @Override
    public long commit(Commit commit) throws InterruptedException {
      try {
        return super.commit(commit);
      } catch (SystemException e) {
        return commitAsNext(commit);
      }
    }

    private long commitAsNext(Commit commit) throws InterruptedException {
      Commit next =
          new Commit(
              commit.partitionId(),
              commit.sequence() + 1,
              commit.checkpoint(),
              commit.done(),
              commit.tally());
      try (StreamLoader loader = opening.open();
          BatchWriter writer = loader.writer(commit.partitionId(), 0);
          RecordBatch batch = Batches.batch(allocator, Objects.requireNonNull(schema), pending)) {
        writer.write(batch);
        return writer.commit(next);
      }
    }
  }

  /** Takes an interrupt for noise. */
  static final class IgnoresInterrupts extends ForwardingWriter {
    IgnoresInterrupts(BatchWriter inner) {
      super(inner);
    }

    @Override
    public long commit(Commit commit) {
      while (true) {
        try {
          return super.commit(commit);
        } catch (InterruptedException e) {
          Thread.onSpinWait();
        }
      }
    }
  }
}
