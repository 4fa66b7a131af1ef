package io.millrace.connectors.postgres.source;

import io.millrace.connectors.postgres.connect.PgSession;
import io.millrace.connectors.postgres.decode.CopyDecoder;
import io.millrace.spi.Checkpoint;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.SystemException;
import io.millrace.spi.TransientException;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.arrow.memory.OutOfMemoryException;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyOut;

/**
 * Reads one partition by COPY. There is no position within a partition: a COPY cannot be entered in
 * its middle, and partitions are small.
 */
final class CopyReader implements PartitionReader {
  private final ReadTransaction transaction;
  private final PgSession session;
  private final CopyDecoder decoder;
  private final CopyOut copy;
  private final @Nullable MetTransactions met;
  private final SnapshotView moment;
  private final Ahead ahead;
  private final String what;

  /** Held while the decoder is in use, so that no other thread frees its memory meanwhile. */
  private final ReentrantLock decoding = new ReentrantLock();

  private boolean copied;
  private @Nullable Outcome outcome;
  private boolean closed;

  /**
   * @param transaction shows the moment of the read; ends with the reader
   * @param moment up to which transactions were read
   * @param met collects the transactions of the hidden last column; null where there is none
   */
  CopyReader(
      ReadTransaction transaction,
      CopyDecoder decoder,
      CopyOut copy,
      @Nullable MetTransactions met,
      SnapshotView moment,
      Ahead ahead,
      String what) {
    this.transaction = transaction;
    this.session = transaction.session();
    this.decoder = decoder;
    this.copy = copy;
    this.met = met;
    this.moment = moment;
    this.ahead = ahead;
    this.what = what;
    session.busy(true);
  }

  @Override
  public @Nullable RecordBatch next() throws InterruptedException {
    decoding.lock();
    try {
      if (closed) {
        throw new TransientException("reader_closed", "The reader was closed.", what, null);
      }
      return copied ? end() : batch();
    } catch (SQLException failure) {
      throw session.failure(what, failure);
    } catch (OutOfMemoryException full) {
      throw new TransientException(
          "memory",
          "Could not "
              + what
              + ": the memory for batches is used up. Raise its limit, or read fewer streams at"
              + " once.",
          String.valueOf(full.getMessage()),
          full);
    } finally {
      decoding.unlock();
    }
  }

  private @Nullable RecordBatch batch() throws SQLException, InterruptedException {
    while (!decoder.full()) {
      byte @Nullable [] message = copy.readFromCopy();
      if (message == null) {
        return lastBatch();
      }
      decoder.decode(message);
    }
    return decoder.take();
  }

  private @Nullable RecordBatch lastBatch() throws InterruptedException {
    copied = true;
    session.busy(false);
    if (!decoder.ended()) {
      throw new SystemException(
          "copy_cut",
          "Could not "
              + what
              + " to its end: the server ended the COPY without its last message. If it is behind a"
              + " proxy, connect to it directly; otherwise please report this.");
    }
    return decoder.isEmpty() ? end() : decoder.take();
  }

  private @Nullable RecordBatch end() throws InterruptedException {
    transaction.end();
    outcome = new Outcome(decoder.rowsSeen(), met == null ? null : met.list(), moment, ahead);
    return null;
  }

  @Override
  public @Nullable Checkpoint checkpoint() {
    @Nullable Outcome known = outcome;
    return known == null ? null : Tokens.write(known);
  }

  @Override
  public void close() {
    transaction.close();
    decoding.lock();
    try {
      closed = true;
      decoder.close();
    } finally {
      decoding.unlock();
    }
  }
}
