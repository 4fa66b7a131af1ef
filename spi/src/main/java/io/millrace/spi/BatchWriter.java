package io.millrace.spi;

/**
 * Writes batches of one partition. Used by one thread; {@link #close} may come from another to end
 * a blocked call.
 */
public interface BatchWriter extends AutoCloseable {
  /**
   * Takes the batch's rows; may buffer. The batch is lent: its buffers are valid until the call
   * returns.
   *
   * @return how many rows were taken and which were refused; together they are all rows of the
   *     batch
   */
  WriteReceipt write(RecordBatch batch) throws InterruptedException;

  /**
   * Makes every row written since the last commit durable together with the commit record: both, or
   * neither. When it returns, a kill of the process or of the machine loses nothing.
   *
   * <p>Where the system's own count of the rows differs from what was taken, nothing is made
   * durable and the call throws a {@link SystemException}.
   *
   * @param commit what to record; its sequence is one higher than the partition's last
   * @return the number of rows the system itself says became durable by this call
   * @throws OutcomeUnknownException when it cannot be known whether the commit took place; the
   *     engine then asks {@link StreamLoader#commits}
   */
  long commit(Commit commit) throws InterruptedException;

  /** Drops what is not committed. May follow any call, and be called twice; never throws. */
  @Override
  void close();
}
