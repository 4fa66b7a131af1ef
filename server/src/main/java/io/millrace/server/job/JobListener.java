package io.millrace.server.job;

import io.millrace.server.connection.Connection;

/**
 * Is told what jobs do, after the store holds it: by metrics, chaining, the scheduler.
 *
 * <p>Called on the thread that ran the job or answered the request, outside any transaction; may
 * block for a while, and what it throws is logged and has no effect. A process that is killed at
 * the wrong moment tells nobody: what must not be forgotten is a {@link JobEnding}.
 */
public interface JobListener {
  /** A job's first attempt begins. */
  default void started(Job job, Connection connection) {}

  /** An attempt has failed and another follows. */
  default void attemptFailed(Job job, Connection connection, Attempt attempt) {}

  /**
   * An attempt's threads have ended: no line of log comes from it any more. Always the last word.
   */
  default void attemptEnded(long job, int attempt) {}

  /** A job has ended: succeeded, failed or cancelled. */
  default void ended(EndedJob ended) {}

  /** A connection was switched off because it kept failing; after {@link #ended}. */
  default void disabled(Connection connection) {}
}
