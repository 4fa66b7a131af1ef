package io.millrace.connectors.files.destination;

import io.millrace.codec.limit.RowGuard;
import io.millrace.codec.limit.ValueLimits;
import io.millrace.connectors.files.format.FormatWriter;
import io.millrace.connectors.files.format.Formats;
import io.millrace.connectors.files.store.StagingStream;
import io.millrace.spi.BatchWriter;
import io.millrace.spi.Commit;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.OutcomeUnknownException;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.RejectedRow;
import io.millrace.spi.SystemException;
import io.millrace.spi.TransientException;
import io.millrace.spi.WriteReceipt;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Writes one partition: files are staged as they fill, a commit is the record that names them.
 * Appended files are published by the commit, others at the end of the sync.
 */
final class FilesWriter implements BatchWriter {
  private final Load load;
  private final Map<String, Long> sequences;
  private final int ordinal;
  private final @Nullable ValueLimits limits;
  private final List<DataFile> sealed = new ArrayList<>();
  private @Nullable RowGuard guard;
  private @Nullable OpenFile file;
  private long sequence;
  private long rows;
  private int number;

  /**
   * Makes a writer.
   *
   * @param sequence the partition's last commit
   * @param sequences where the last commit of each partition is kept
   */
  FilesWriter(Load load, int ordinal, long sequence, Map<String, Long> sequences) {
    this.load = load;
    this.sequences = sequences;
    this.ordinal = ordinal;
    this.sequence = sequence;
    this.limits = Formats.limits(load.settings().format());
  }

  /** A file that is being written. */
  private record OpenFile(StagingStream stream, FormatWriter writer) {
    void close() {
      writer.close();
      stream.close();
    }
  }

  @Override
  public WriteReceipt write(RecordBatch batch) throws InterruptedException {
    List<RejectedRow> rejected = new ArrayList<>();
    BitSet skip = check(batch, rejected);
    long taken = batch.rowCount() - (long) rejected.size();
    if (taken == 0) {
      return new WriteReceipt(0, rejected);
    }
    try {
      OpenFile open = file == null ? begin(batch.root().getSchema()) : file;
      open.writer().add(batch.root(), skip);
      rows += taken;
      if (open.writer().size() >= load.settings().fileBytesTarget()) {
        end(open);
      }
    } catch (IOException e) {
      throw failed(e);
    }
    return new WriteReceipt(taken, rejected);
  }

  private BitSet check(RecordBatch batch, List<RejectedRow> rejected) {
    if (limits == null || batch.rowCount() == 0) {
      return new BitSet();
    }
    if (guard == null) {
      guard = new RowGuard(limits, batch.root(), load.plan().primaryKey());
    }
    return guard.check(batch, rejected);
  }

  private OpenFile begin(Schema schema) throws IOException, InterruptedException {
    String part = ordinal + "_" + (sequence + 1) + "_" + number++;
    StagingStream stream =
        load.store().stage(load.folder().staging(load.plan()), load.newKey(part));
    try {
      file =
          new OpenFile(
              stream,
              Formats.open(
                  load.settings().format(), stream, schema, load.settings().metadataColumns()));
      return file;
    } catch (IOException | RuntimeException e) {
      stream.close();
      throw e;
    }
  }

  private void end(OpenFile open) throws IOException, InterruptedException {
    open.writer().finish();
    open.writer().close();
    long before = sealed.stream().mapToLong(DataFile::rows).sum();
    sealed.add(new DataFile(open.stream().seal(), rows - before));
    file = null;
  }

  @Override
  public long commit(Commit commit) throws InterruptedException {
    if (commit.sequence() != sequence + 1) {
      throw new SystemException(
          "commit_out_of_turn",
          "Commit %d of partition %s came after commit %d; nothing was written."
              .formatted(commit.sequence(), commit.partitionId(), sequence));
    }
    try {
      if (file != null) {
        end(file);
      }
    } catch (IOException e) {
      throw failed(e);
    }
    boolean staged = load.plan().writeMode().staged();
    CommitRecord record = new CommitRecord(commit, staged, sealed);
    // From here on the files belong to the record, which may become durable whatever is heard of
    // it.
    sealed.clear();
    if (!record(record)) {
      sealed.addAll(record.files());
      throw overtaken(commit);
    }
    if (!staged) {
      publish(record);
    }
    long durable = rows;
    sequence = commit.sequence();
    sequences.put(commit.partitionId(), sequence);
    rows = 0;
    number = 0;
    return durable;
  }

  private boolean record(CommitRecord record) throws InterruptedException {
    try {
      return load.book().write(load.plan().syncId(), record);
    } catch (TransientException | SystemException e) {
      throw unknown(e);
    }
  }

  private void publish(CommitRecord record) throws InterruptedException {
    try {
      for (DataFile published : record.files()) {
        if (!load.store().publish(published.staged())) {
          throw new SystemException(
              "staged_lost",
              "The file "
                  + load.store().display(published.key())
                  + " vanished before it was"
                  + " published.");
        }
      }
    } catch (ConnectorException e) {
      throw unknown(e);
    }
  }

  private static TransientException overtaken(Commit commit) {
    return new TransientException(
        "commit_overtaken",
        "Another process has written the same part of this sync. Nothing was written twice; make"
            + " sure that one process at a time runs the pipeline.",
        "commit %d of partition %s".formatted(commit.sequence(), commit.partitionId()),
        null);
  }

  private static OutcomeUnknownException unknown(ConnectorException failure) {
    return new OutcomeUnknownException(
        "commit_unknown",
        "It is not known whether a commit took place; it is read back. " + failure.userMessage(),
        failure.internalMessage(),
        failure);
  }

  private static RuntimeException failed(IOException failure) throws InterruptedException {
    if (failure instanceof InterruptedIOException) {
      Thread.interrupted();
      throw new InterruptedException(failure.getMessage());
    }
    return new SystemException(
        "file_failed",
        "A file could not be written (" + ConnectorException.outside(failure.getMessage()) + ").",
        String.valueOf(failure),
        failure);
  }

  @Override
  public void close() {
    OpenFile open = file;
    file = null;
    if (open != null) {
      open.close();
    }
    for (DataFile dropped : sealed) {
      try {
        load.store().discard(dropped.staged());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ConnectorException e) {
        // The next sweep of the stream's staged files drops it.
      }
    }
    sealed.clear();
  }
}
