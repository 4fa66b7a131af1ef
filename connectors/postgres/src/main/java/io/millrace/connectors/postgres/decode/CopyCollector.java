package io.millrace.connectors.postgres.decode;

import io.millrace.spi.RecordBatch;

/**
 * Makes batches of the messages of one COPY. Used by one thread.
 *
 * <p>The caller takes a batch whenever {@link #full} says so, and once after the last message.
 */
public interface CopyCollector extends AutoCloseable {
  /**
   * Takes a message, whose bytes must not change until the next call of {@link #settle} or {@link
   * #take}.
   */
  void add(byte[] bytes, int from, int to);

  /** Uses the bytes of all messages so far, which may change from then on. */
  void settle();

  /** Tells whether the batch is to be taken before the next message. */
  boolean full();

  /** Tells whether there is anything to take. */
  boolean isEmpty();

  /** Tells whether the end of the COPY has been seen. */
  boolean ended();

  /** Returns the number of rows so far, rejected ones included. */
  long rowsSeen();

  /** Returns the rows since the last batch as a batch, which the caller closes. */
  RecordBatch take();

  @Override
  void close();

  /**
   * How large batches may become.
   *
   * @param bytesTarget the size a batch aims at
   * @param rowsMax its largest number of rows
   * @param bytesPerRow a guess, from which the first batch's room is made
   */
  record Bounds(long bytesTarget, int rowsMax, double bytesPerRow) {}
}
