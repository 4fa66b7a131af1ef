package io.millrace.engine.run;

import static io.millrace.engine.Failure.Origin.DESTINATION;
import static io.millrace.engine.Failure.Origin.ENGINE;
import static io.millrace.engine.Failure.Origin.SOURCE;

import io.millrace.engine.Failure.Stage;
import io.millrace.engine.QuarantinedRow;
import io.millrace.engine.mapper.BatchMapper;
import io.millrace.engine.shape.BatchShaper;
import io.millrace.engine.shape.MappedBatch;
import io.millrace.engine.shape.Shaped;
import io.millrace.spi.BatchWriter;
import io.millrace.spi.Checkpoint;
import io.millrace.spi.Commit;
import io.millrace.spi.ConfigException;
import io.millrace.spi.Partition;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.RejectedRow;
import io.millrace.spi.SystemException;
import io.millrace.spi.Tally;
import io.millrace.spi.WriteReceipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries one partition from its last durable commit to its end. Used by one thread.
 *
 * <p>Rows that are set aside are in quarantine before the commit that counts them, so the counts of
 * a commit are true whatever happens next.
 */
final class PartitionRun {
  /** So many rejected rows wait for the next commit; more of them go to quarantine before it. */
  private static final int REJECTED_HELD_MAX = 1_000;

  private final StreamAttempt attempt;
  private final Passage passage;
  private final Partition partition;
  private final int ordinal;
  private final BatchMapper mapper;
  private final BatchShaper shaper;
  private final CommitPace pace;
  private final List<RejectedRow> rejected = new ArrayList<>();
  private Tally tally;
  private long sequence;
  private long uncommittedRows;
  private long uncommittedBytes;
  private long lastCommitMillis;

  PartitionRun(
      StreamAttempt attempt,
      Passage passage,
      Partition partition,
      int ordinal,
      @Nullable Commit last) {
    this.attempt = attempt;
    this.passage = passage;
    this.partition = partition;
    this.ordinal = ordinal;
    this.mapper = attempt.mapping().mapper(attempt.context().allocator());
    this.shaper = passage.shaper();
    this.pace =
        CommitPace.of(attempt.context().settings(), attempt.context().destination().traits());
    this.tally = last == null ? Tally.ZERO : last.tally();
    this.sequence = last == null ? 0 : last.sequence();
    this.lastCommitMillis = attempt.context().clock().millis();
  }

  void run(TaskScope scope, @Nullable Checkpoint from) throws InterruptedException {
    try (PartitionReader reader =
            StageException.at(SOURCE, Stage.READ, () -> passage.read(partition, from));
        BatchWriter writer =
            StageException.at(DESTINATION, Stage.WRITE, () -> passage.writer(partition, ordinal))) {
      scope.closeOnAbort(reader);
      scope.closeOnAbort(writer);
      try {
        carryAll(scope, reader, writer);
      } finally {
        scope.forget(reader);
        scope.forget(writer);
      }
    }
  }

  private void carryAll(TaskScope scope, PartitionReader reader, BatchWriter writer)
      throws InterruptedException {
    while (true) {
      @Nullable RecordBatch batch = next(reader);
      if (batch == null) {
        break;
      }
      carry(scope, batch, writer);
      if (commitIsDue()) {
        @Nullable Checkpoint checkpoint = StageException.at(SOURCE, Stage.READ, reader::checkpoint);
        if (checkpoint != null) {
          commit(scope, writer, checkpoint, false);
        }
      }
    }
    commit(scope, writer, StageException.at(SOURCE, Stage.READ, reader::checkpoint), true);
  }

  private @Nullable RecordBatch next(PartitionReader reader) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted between batches");
    }
    long start = System.nanoTime();
    @Nullable RecordBatch batch = StageException.at(SOURCE, Stage.READ, reader::next);
    attempt.counters().readTook(System.nanoTime() - start);
    return batch;
  }

  private void carry(TaskScope scope, RecordBatch batch, BatchWriter writer)
      throws InterruptedException {
    long rows = (long) batch.rowCount() + batch.rejected().size();
    long bytes = batch.sourceBytes();
    int before = rejected.size();
    batch.rejected().forEach(row -> rejected.add(attempt.mapping().shown(row)));
    long start = System.nanoTime();
    MappedBatch mapped = StageException.at(ENGINE, Stage.MAP, () -> mapper.map(batch));
    attempt.counters().nulled(partition.id(), mapped.nulled().counts());
    long filtered = mapped.rowsFiltered();
    try (Shaped shaped =
        StageException.at(
            ENGINE, Stage.MAP, () -> shaper.shape(mapped, partition.id(), tally.rowsRead()))) {
      long ready = System.nanoTime();
      attempt.counters().mapTook(ready - start);
      rejected.addAll(shaped.rejected());
      scope.fence();
      long taken = 0;
      if (shaped.batch().rowCount() > 0) {
        taken = write(shaped.batch(), writer);
        attempt.counters().writeTook(System.nanoTime() - ready);
      }
      count(new Tally(rows, taken, filtered, (long) rejected.size() - before, bytes));
    }
    if (rejected.size() >= REJECTED_HELD_MAX) {
      quarantine();
    }
  }

  private long write(RecordBatch batch, BatchWriter writer) throws InterruptedException {
    WriteReceipt receipt = StageException.at(DESTINATION, Stage.WRITE, () -> writer.write(batch));
    requireWhole(batch.rowCount(), receipt);
    rejected.addAll(receipt.rejected());
    return receipt.rowsTaken();
  }

  private void requireWhole(long rows, WriteReceipt receipt) throws InterruptedException {
    long answered = receipt.rowsTaken() + receipt.rejected().size();
    StageException.at(
        DESTINATION,
        Stage.WRITE,
        () -> {
          if (answered != rows) {
            throw miscounted(rows, answered);
          }
          return true;
        });
  }

  private void count(Tally batch) {
    tally = tally.plus(batch);
    uncommittedRows += batch.rowsWritten();
    uncommittedBytes += batch.bytesRead();
    attempt.counters().tally(partition.id(), tally);
  }

  private boolean commitIsDue() {
    long waited = attempt.context().clock().millis() - lastCommitMillis;
    return pace.due(uncommittedBytes, Duration.ofMillis(waited));
  }

  private void commit(
      TaskScope scope, BatchWriter writer, @Nullable Checkpoint checkpoint, boolean done)
      throws InterruptedException {
    scope.fence();
    quarantine();
    Commit commit = new Commit(partition.id(), sequence + 1, checkpoint, done, tally);
    long start = System.nanoTime();
    long durable = StageException.at(DESTINATION, Stage.COMMIT, () -> writer.commit(commit));
    attempt.counters().commitTook(System.nanoTime() - start);
    long expected = uncommittedRows;
    StageException.at(
        DESTINATION,
        Stage.COMMIT,
        () -> {
          if (durable != expected) {
            throw miscounted(expected, durable);
          }
          return true;
        });
    sequence++;
    uncommittedRows = 0;
    uncommittedBytes = 0;
    lastCommitMillis = attempt.context().clock().millis();
    attempt.counters().committed(commit);
  }

  private SystemException miscounted(long expected, long counted) {
    return new SystemException(
        "rows_miscounted",
        "The destination counted "
            + counted
            + " rows where "
            + expected
            + " were written, so the sync stopped before it could lose any. Please report this.");
  }

  private void quarantine() throws InterruptedException {
    if (rejected.isEmpty()) {
      return;
    }
    List<QuarantinedRow> rows = rejected.stream().map(this::quarantined).toList();
    StageException.at(
        ENGINE,
        Stage.MAP,
        () -> {
          attempt.context().store().quarantine(rows);
          requireBudget();
          return true;
        });
    rejected.clear();
  }

  private QuarantinedRow quarantined(RejectedRow row) {
    return new QuarantinedRow(
        attempt.stream().name(),
        attempt.open().syncId(),
        attempt.generationId(),
        partition.id(),
        row,
        attempt.context().clock().instant());
  }

  private void requireBudget() {
    long max = attempt.context().settings().quarantineRowsMax();
    long rows = attempt.counters().total().rowsQuarantined();
    if (rows > max) {
      throw new ConfigException(
          "quarantine_full",
          "Stream "
              + attempt.stream().name().display()
              + " has "
              + rows
              + " rows in quarantine, more than the "
              + max
              + " allowed, so it stopped. `millrace quarantine list` shows why they were refused.");
    }
  }
}
