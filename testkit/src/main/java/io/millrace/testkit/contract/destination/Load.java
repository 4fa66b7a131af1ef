package io.millrace.testkit.contract.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.BatchWriter;
import io.millrace.spi.Checkpoint;
import io.millrace.spi.Commit;
import io.millrace.spi.Destination;
import io.millrace.spi.FinishReceipt;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.RejectedRow;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.Tally;
import io.millrace.spi.TargetDescription;
import io.millrace.spi.WriteReceipt;
import io.millrace.testkit.arrow.Batches;
import io.millrace.testkit.arrow.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * A loader driven as the engine drives it, in a destination of its own. Closing it without {@link
 * #finish} is what a killed process leaves, as far as the destination can see. Checks receipts on
 * the way. Used by one thread, apart from different partitions.
 */
public final class Load implements AutoCloseable {
  private final DestinationProbe probe;
  private final Sync sync;
  private final Destination destination;
  private final StreamLoader loader;
  private final List<Commit> found;
  private final Map<String, Writing> writings = new LinkedHashMap<>();

  private static final class Writing {
    private final BatchWriter writer;
    private Commit last;
    private long pending;
    private final List<RejectedRow> rejected = new ArrayList<>();

    Writing(BatchWriter writer, Commit last) {
      this.writer = writer;
      this.last = last;
    }
  }

  private Load(DestinationProbe probe, Sync sync, Destination destination, StreamLoader loader)
      throws InterruptedException {
    this.probe = probe;
    this.sync = sync;
    this.destination = destination;
    this.loader = loader;
    this.found = loader.commits();
  }

  static Load open(DestinationProbe probe, Sync sync) throws InterruptedException {
    Destination destination = probe.open();
    return new Load(probe, sync, destination, destination.open(sync.plan()));
  }

  /** Returns the sync being loaded. */
  public Sync sync() {
    return sync;
  }

  /** Returns the loader itself. */
  public StreamLoader loader() {
    return loader;
  }

  /** Returns where it lands. */
  public TargetDescription target() {
    return loader.target();
  }

  /** Returns the commits that were found when the loader was opened. */
  public List<Commit> found() {
    return found;
  }

  /** Returns the number of rows that were durable of a partition when the loader was opened. */
  public int durableRows(String partition) {
    return found.stream()
        .filter(commit -> commit.partitionId().equals(partition))
        .mapToInt(commit -> Math.toIntExact(commit.tally().rowsWritten()))
        .findFirst()
        .orElse(0);
  }

  /** Opens the writer of a partition. */
  public void begin(String partition, int ordinal) throws InterruptedException {
    Commit last =
        found.stream()
            .filter(commit -> commit.partitionId().equals(partition))
            .findFirst()
            .orElse(new Commit(partition, 0, null, false, Tally.ZERO));
    Writing writing = new Writing(loader.writer(partition, ordinal), last);
    synchronized (writings) {
      writings.put(partition, writing);
    }
  }

  /** Writes a batch, after opening the partition's writer where it is not open. */
  public WriteReceipt write(String partition, int ordinal, List<Row> rows)
      throws InterruptedException {
    if (writing(partition) == null) {
      begin(partition, ordinal);
    }
    Writing writing = open(partition);
    try (BufferAllocator allocator =
            probe.bench().allocator().newChildAllocator("batch", 0, Long.MAX_VALUE);
        RecordBatch batch = Batches.batch(allocator, sync.schema(), rows)) {
      WriteReceipt receipt = writing.writer.write(batch);
      assertThat(receipt.rowsTaken() + receipt.rejected().size())
          .as("rows taken and rejected of a batch of %d", rows.size())
          .isEqualTo(rows.size());
      writing.pending += receipt.rowsTaken();
      writing.rejected.addAll(receipt.rejected());
      return receipt;
    }
  }

  /** Commits what was written of a partition since its last commit. */
  public Commit commit(String partition, boolean done) throws InterruptedException {
    Writing writing = open(partition);
    Commit last = writing.last;
    long written = last.tally().rowsWritten() + writing.pending;
    Commit commit =
        new Commit(
            partition,
            last.sequence() + 1,
            new Checkpoint(1, "{\"rows\":%d}".formatted(written)),
            done,
            new Tally(written, written, 0, 0, written));
    long durable = writing.writer.commit(commit);
    assertThat(durable).as("rows that became durable by a commit").isEqualTo(writing.pending);
    writing.last = commit;
    writing.pending = 0;
    return commit;
  }

  /** Closes the writers that are open. */
  public void closeWriters() {
    synchronized (writings) {
      writings.values().forEach(writing -> writing.writer.close());
      writings.clear();
    }
  }

  /** Closes the writers and publishes. */
  public FinishReceipt finish() throws InterruptedException {
    closeWriters();
    return loader.finish();
  }

  /** Closes everything, as a process that ends. */
  @Override
  public void close() {
    closeWriters();
    loader.close();
    destination.close();
  }

  private Writing open(String partition) {
    Writing writing = writing(partition);
    if (writing == null) {
      throw new IllegalStateException("No writer of " + partition + " is open.");
    }
    return writing;
  }

  private @Nullable Writing writing(String partition) {
    synchronized (writings) {
      return writings.get(partition);
    }
  }
}
