package io.millrace.spi;

/**
 * A loader that can take rows in its own system's encoding, from an {@link EncodedSource}.
 *
 * <p>What lands is what would have landed from the decoded values, and a value beyond the lattice
 * that both systems hold lands too instead of going to quarantine. Where the loader would have to
 * look into a row to keep a promise (a narrower column, a row at fault to be found), it answers
 * that it does not take the encoding.
 */
public interface EncodedLoader extends StreamLoader {
  /**
   * Tells whether rows of this encoding can be stored as they are. Its columns are the first fields
   * of {@link LoadPlan#schema}, in order. Asked at the beginning of each attempt, before the first
   * writer; pure.
   */
  boolean takes(RowEncoding encoding);

  /**
   * Opens the writer of one partition as {@link #writer} does, for batches whose first column is
   * {@link RowEncoding#ROW}; the fields of {@link LoadPlan#schema} behind those encoded follow as
   * ordinary columns. A partition may be written in part this way and in part the other.
   *
   * @param encoding one that {@link #takes} has accepted
   */
  BatchWriter encodedWriter(RowEncoding encoding, String partitionId, int ordinal)
      throws InterruptedException;
}
