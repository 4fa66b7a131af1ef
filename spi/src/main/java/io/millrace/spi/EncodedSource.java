package io.millrace.spi;

import org.jspecify.annotations.Nullable;

/**
 * A source that can hand rows on as they come over its wire, for a destination of the same system
 * that takes them as they are ({@link EncodedLoader}): nothing is decoded, nothing encoded again.
 *
 * <p>An ability beside the ordinary way, which must give the same rows. The engine takes it only
 * where it changes no value and looks into no column.
 */
public interface EncodedSource extends Source {
  /**
   * Returns the encoding in which the stream's rows can be handed on, or null when they cannot.
   * Called after {@link #plan} or {@link #resume} of the stream; pure.
   */
  @Nullable RowEncoding encoding(ConfiguredStream stream);

  /**
   * Opens a reader as {@link #read} does, whose batches have the one column {@link
   * RowEncoding#ROW}: each value is a row in the stream's {@link #encoding}. Rows, their order,
   * counts and checkpoints are those of {@link #read}, so that either may go on from the other's
   * checkpoint.
   */
  PartitionReader readEncoded(
      ConfiguredStream stream, Partition partition, @Nullable Checkpoint from)
      throws InterruptedException;
}
