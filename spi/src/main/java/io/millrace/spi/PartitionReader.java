package io.millrace.spi;

import org.jspecify.annotations.Nullable;

/**
 * Reads one partition from its beginning, or from a checkpoint, to its declared end. Used by one
 * thread; {@link #close} may come from another to end a blocked call.
 */
public interface PartitionReader extends AutoCloseable {
  /**
   * Returns the next batch, or null at the declared end of the partition; after null it is not
   * called again. Blocks until a batch is ready. The batch belongs to the caller, who closes it.
   * Its buffers come from the allocator of the {@link ConnectorContext}, aim at {@link
   * Tuning#batchBytesTarget} and hold at most {@link Tuning#batchRowsMax} rows; a single larger row
   * makes a batch of its own.
   *
   * @throws TransientException when the read may succeed later, from the last durable checkpoint
   */
  @Nullable RecordBatch next() throws InterruptedException;

  /**
   * Returns the position after the batches returned so far: reading on from it yields exactly the
   * rows not yet returned. Called between calls of {@link #next}, and once after its null. Where a
   * position within the partition cannot be had, the answer before the end is null, and the
   * partition is read again from its beginning or last checkpoint after an interruption.
   */
  @Nullable Checkpoint checkpoint();

  /** Ends the read. May follow any call, and be called twice; never throws. */
  @Override
  void close();
}
