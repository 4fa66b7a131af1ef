package io.millrace.server.job;

import io.millrace.server.job.JobTransitions.Ending;
import org.jdbi.v3.core.Handle;

/**
 * Writes down what must not be forgotten of a job's end, in the transaction that ends it: a kill at
 * any moment leaves both or neither.
 *
 * <p>Called on the thread that ended the job. Is quick, and calls nothing outside the store. What
 * it throws is logged and undoes its own writes alone: the job ends all the same.
 */
@FunctionalInterface
public interface JobEnding {
  /** Writes what follows an end. */
  void ending(Handle tx, Ending ending);
}
