package io.millrace.server.job.run;

/**
 * How much memory for batches an attempt takes of what all running jobs share.
 *
 * @param atLeast bytes; it waits until so many are free
 * @param atMost bytes; it takes what is free up to here
 */
public record MemoryWish(long atLeast, long atMost) {
  public MemoryWish {
    if (atLeast < 1 || atMost < atLeast) {
      throw new IllegalArgumentException("at least " + atLeast + ", at most " + atMost);
    }
  }

  /** Wishes exactly so many bytes. */
  public static MemoryWish exactly(long bytes) {
    return new MemoryWish(bytes, bytes);
  }
}
