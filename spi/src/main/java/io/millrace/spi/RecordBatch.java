package io.millrace.spi;

import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Rows of one stream as Arrow vectors, with the rows that could not be read beside them.
 *
 * <p>A batch has one owner, who closes it. {@link PartitionReader#next} gives it to the caller;
 * {@link BatchWriter#write} borrows it until it returns. It belongs to one thread at a time.
 */
public final class RecordBatch implements AutoCloseable {
  private final VectorSchemaRoot root;
  private final long sourceBytes;
  private final List<RejectedRow> rejected;
  private final RowPositions positions;

  /**
   * Makes a batch that owns {@code root}.
   *
   * @param sourceBytes the bytes that were read from the source for these rows, as they came over
   *     the wire or from the file after decompression
   * @param rejected rows read but not carried; they are not part of {@code root}
   * @param positions where the rows of {@code root} are at their source
   */
  public RecordBatch(
      VectorSchemaRoot root, long sourceBytes, List<RejectedRow> rejected, RowPositions positions) {
    this.root = root;
    this.sourceBytes = sourceBytes;
    this.rejected = List.copyOf(rejected);
    this.positions = positions;
  }

  /** Makes a batch that owns {@code root}, of whose rows no positions are known. */
  public RecordBatch(VectorSchemaRoot root, long sourceBytes, List<RejectedRow> rejected) {
    this(root, sourceBytes, rejected, RowPositions.UNKNOWN);
  }

  /** Makes a batch that owns {@code root} and has no rejected rows. */
  public RecordBatch(VectorSchemaRoot root, long sourceBytes) {
    this(root, sourceBytes, List.of());
  }

  /** Returns the vectors; they stay owned by the batch. */
  public VectorSchemaRoot root() {
    return root;
  }

  /** Returns the number of rows in the vectors. */
  public int rowCount() {
    return root.getRowCount();
  }

  /** Returns the bytes that were read from the source for this batch. */
  public long sourceBytes() {
    return sourceBytes;
  }

  /** Returns the rows that were read and could not be carried. */
  public List<RejectedRow> rejected() {
    return rejected;
  }

  /** Returns where the rows in the vectors are at their source. */
  public RowPositions positions() {
    return positions;
  }

  /** Frees the vectors. May be called more than once. */
  @Override
  public void close() {
    root.close();
  }
}
