package io.millrace.spi;

import java.util.List;

/**
 * Loads one stream in one sync, over all its attempts.
 *
 * <p>Grammar: {@code open target commits discard? (writer (write* commit)* close)* finish? close}.
 * Writers are opened and used from several threads at once; the other methods are called by one
 * thread while no writer is open. Closing without {@link #finish} keeps what is committed for the
 * next attempt, and leaves the published rows of a staged mode as they were.
 */
public interface StreamLoader extends AutoCloseable {
  /** Returns where the stream lands and what its columns are called there. Pure. */
  TargetDescription target();

  /**
   * Returns the newest durable commit of each partition of this sync, whoever made it: this process
   * or one that was killed. Called before the first writer, and again after any failure whose
   * outcome is unknown.
   */
  List<Commit> commits() throws InterruptedException;

  /**
   * Removes every row and commit of this sync, so that the stream begins again from nothing. Called
   * only for staged write modes.
   */
  void discard() throws InterruptedException;

  /**
   * Opens the writer of one partition. At most one is open for a partition at any time.
   *
   * @param partitionId the partition's id
   * @param ordinal the partition's place in extraction order, which decides among rows of one key
   *     with equal cursors
   */
  BatchWriter writer(String partitionId, int ordinal) throws InterruptedException;

  /**
   * Publishes the committed rows in one step that readers see whole or not at all (swap, merge),
   * and makes the publication durable. Called when every partition is committed as done; safe to
   * repeat, also by a later process after this one was killed at any moment: a repeated call
   * publishes nothing twice.
   *
   * @return the evidence of what was published
   */
  FinishReceipt finish() throws InterruptedException;

  /** Ends connections and rolls back what is not committed. May be called twice; never throws. */
  @Override
  void close();
}
