package io.millrace.spi;

/**
 * The bounds a connector keeps to.
 *
 * @param batchBytesTarget the size in bytes a batch aims at
 * @param batchRowsMax the largest number of rows in a batch
 * @param connectionsMax the largest number of connections a source keeps open at once
 */
public record Tuning(long batchBytesTarget, int batchRowsMax, int connectionsMax) {
  /** What the engine uses unless told otherwise. */
  public static final Tuning DEFAULT = new Tuning(4L << 20, 65_536, 8);
}
