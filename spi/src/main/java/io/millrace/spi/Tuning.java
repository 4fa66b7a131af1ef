package io.millrace.spi;

/**
 * The bounds a connector keeps to.
 *
 * @param batchBytesTarget the size in bytes a batch aims at
 * @param batchRowsMax the largest number of rows in a batch
 * @param connectionsMax the largest number of connections a source keeps open at once
 * @param partitionBytesTarget the size in bytes that the partitions of a large stream should have
 *     at least; 0: as the source likes
 */
public record Tuning(
    long batchBytesTarget, int batchRowsMax, int connectionsMax, long partitionBytesTarget) {
  /** What the engine uses unless told otherwise. */
  public static final Tuning DEFAULT = new Tuning(4L << 20, 65_536, 8, 0);

  /** Returns these bounds with partitions of another size. */
  public Tuning withPartitions(long bytesTarget) {
    return new Tuning(batchBytesTarget, batchRowsMax, connectionsMax, bytesTarget);
  }

  /** Returns these bounds with batches of another size. */
  public Tuning withBatch(long bytesTarget, int rowsMax) {
    return new Tuning(bytesTarget, rowsMax, connectionsMax, partitionBytesTarget);
  }
}
