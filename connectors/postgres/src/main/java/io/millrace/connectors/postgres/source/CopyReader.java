package io.millrace.connectors.postgres.source;

import io.millrace.connectors.postgres.connect.PgSession;
import io.millrace.connectors.postgres.decode.CopyCollector;
import io.millrace.connectors.postgres.wire.CopyFeed;
import io.millrace.spi.Checkpoint;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.TransientException;
import io.millrace.spi.WorkThreads;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads one partition by COPY. There is no position within a partition: a COPY cannot be entered in
 * its middle, and partitions are small.
 */
final class CopyReader implements PartitionReader {
  private static final Duration END_WAIT_MAX = Duration.ofSeconds(10);

  private final ReadTransaction transaction;
  private final PgSession session;
  private final CopyCollector rows;
  private final @Nullable MetTransactions met;
  private final SnapshotView moment;
  private final Ahead ahead;
  private final String what;
  private final Handover<CopyPump.Item> items = new Handover<>();
  private final Thread pump;
  private boolean started;
  private volatile @Nullable Outcome outcome;

  /**
   * @param transaction shows the moment of the read; ends with the reader
   * @param moment up to which transactions are read
   * @param met collects the transactions of the hidden last column; null where there is none
   */
  CopyReader(
      ReadTransaction transaction,
      CopyCollector rows,
      CopyFeed copy,
      @Nullable MetTransactions met,
      SnapshotView moment,
      Ahead ahead,
      String what) {
    this.transaction = transaction;
    this.session = transaction.session();
    this.rows = rows;
    this.met = met;
    this.moment = moment;
    this.ahead = ahead;
    this.what = what;
    this.pump =
        WorkThreads.platform(
            "millrace-postgres-copy", new CopyPump(transaction, rows, copy, what, items));
    session.busy(true);
  }

  @Override
  public @Nullable RecordBatch next() throws InterruptedException {
    start();
    try {
      return switch (items.take()) {
        case CopyPump.Item.Rows(RecordBatch batch) -> batch;
        case CopyPump.Item.End(long rows) -> {
          outcome = new Outcome(rows, met == null ? null : met.list(), moment, ahead);
          yield null;
        }
        case CopyPump.Item.Failed(RuntimeException failure) -> throw failure;
        case null ->
            throw new TransientException("reader_closed", "The reader was closed.", what, null);
      };
    } catch (InterruptedException interrupted) {
      transaction.close();
      throw interrupted;
    }
  }

  @Override
  public @Nullable Checkpoint checkpoint() {
    @Nullable Outcome known = outcome;
    return known == null ? null : Tokens.write(known);
  }

  @Override
  public void close() {
    transaction.close();
    if (items.close() instanceof CopyPump.Item.Rows(RecordBatch batch)) {
      batch.close();
    }
    end();
  }

  private synchronized void start() {
    if (!started) {
      started = true;
      pump.start();
    }
  }

  /** Waits for the pump, which frees the memory of rows that nobody takes. */
  private synchronized void end() {
    if (!started) {
      started = true;
      rows.close();
      return;
    }
    pump.interrupt();
    boolean interrupted = Thread.interrupted();
    try {
      pump.join(END_WAIT_MAX);
    } catch (InterruptedException again) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
