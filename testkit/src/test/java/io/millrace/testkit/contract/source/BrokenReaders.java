package io.millrace.testkit.contract.source;

import io.millrace.spi.Checkpoint;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.RecordBatch;
import io.millrace.testkit.arrow.Batches;
import io.millrace.testkit.arrow.Row;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Readers that break one promise each. */
final class BrokenReaders {
  private BrokenReaders() {}

  /** Takes the batch before the end for the end. */
  static final class LosesTheLastBatch extends ForwardingReader {
    private @Nullable RecordBatch ahead;
    private boolean started;

    LosesTheLastBatch(PartitionReader inner) {
      super(inner);
    }

    @Override
    public @Nullable RecordBatch next() throws InterruptedException {
      if (!started) {
        started = true;
        ahead = super.next();
      }
      RecordBatch batch = ahead;
      if (batch == null) {
        return null;
      }
      ahead = super.next();
      if (ahead == null) {
        batch.close();
        return null;
      }
      return batch;
    }
  }

  /** Reads one batch ahead, and forgets that when it is asked for its position. */
  static final class IsAheadOfItself extends ForwardingReader {
    private @Nullable RecordBatch ahead;
    private boolean started;

    IsAheadOfItself(PartitionReader inner) {
      super(inner);
    }

    @Override
    public @Nullable RecordBatch next() throws InterruptedException {
      if (!started) {
        started = true;
        ahead = super.next();
      }
      RecordBatch batch = ahead;
      ahead = batch == null ? null : super.next();
      return batch;
    }

    @Override
    public void close() {
      if (ahead != null) {
        ahead.close();
        ahead = null;
      }
      super.close();
    }
  }

  /** Has no position even at its end. */
  static final class HasNoPosition extends ForwardingReader {
    HasNoPosition(PartitionReader inner) {
      super(inner);
    }

    @Override
    public @Nullable Checkpoint checkpoint() {
      return null;
    }
  }

  /** Hands out its first batch twice. */
  static final class DoublesABatch extends ForwardingReader {
    private final BufferAllocator allocator;
    private @Nullable List<Row> first;
    private boolean doubled;

    DoublesABatch(PartitionReader inner, BufferAllocator allocator) {
      super(inner);
      this.allocator = allocator;
    }

    @Override
    public @Nullable RecordBatch next() throws InterruptedException {
      if (first != null && !doubled) {
        doubled = true;
        return Batches.batch(allocator, SourceProbe.SCHEMA, first);
      }
      RecordBatch batch = super.next();
      if (batch != null && first == null) {
        first = Batches.rows(batch);
      }
      return batch;
    }
  }

  /** What becomes of a row; null: it is dropped. */
  @FunctionalInterface
  interface RowChange {
    @Nullable Row apply(Row row);
  }

  /** Changes rows or drops them. */
  static final class ChangesRows extends ForwardingReader {
    private final BufferAllocator allocator;
    private final RowChange change;

    ChangesRows(PartitionReader inner, BufferAllocator allocator, RowChange change) {
      super(inner);
      this.allocator = allocator;
      this.change = change;
    }

    @Override
    public @Nullable RecordBatch next() throws InterruptedException {
      try (RecordBatch batch = super.next()) {
        if (batch == null) {
          return null;
        }
        List<Row> rows = new ArrayList<>();
        for (Row row : Batches.rows(batch)) {
          Row changed = change.apply(row);
          if (changed != null) {
            rows.add(changed);
          }
        }
        return Batches.batch(allocator, batch.root().getSchema(), rows);
      }
    }
  }

  /** Takes an interrupt for noise. */
  static final class IgnoresInterrupts extends ForwardingReader {
    IgnoresInterrupts(PartitionReader inner) {
      super(inner);
    }

    @Override
    public @Nullable RecordBatch next() {
      while (true) {
        try {
          return super.next();
        } catch (InterruptedException e) {
          Thread.onSpinWait();
        }
      }
    }
  }

  /** Leaves a blocked call alone when it is closed. */
  static final class IgnoresClose extends ForwardingReader {
    IgnoresClose(PartitionReader inner) {
      super(inner);
    }

    @Override
    public void close() {}
  }
}
