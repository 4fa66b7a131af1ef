package io.millrace.server.job;

import io.millrace.server.job.JobTransitions.Ending;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everybody who is told what jobs do, or writes down their ends. Thread-safe. */
public final class JobListeners {
  private static final Logger LOG = LoggerFactory.getLogger(JobListeners.class);
  private static final String SAVEPOINT = "before_ending";

  private final List<JobListener> listeners = new CopyOnWriteArrayList<>();
  private final List<JobEnding> endings = new CopyOnWriteArrayList<>();

  /** Adds one. */
  public void add(JobListener listener) {
    listeners.add(listener);
  }

  /** Adds one that writes in the transaction of each end. */
  public void addToEnds(JobEnding ending) {
    endings.add(ending);
  }

  /** Has everything written that follows an end, in its transaction. */
  void write(Handle tx, Ending end) {
    for (JobEnding ending : endings) {
      tx.savepoint(SAVEPOINT);
      try {
        ending.ending(tx, end);
        tx.releaseSavepoint(SAVEPOINT);
      } catch (RuntimeException e) {
        tx.rollbackToSavepoint(SAVEPOINT);
        failed(ending, e);
      }
    }
  }

  /** Tells all, one after the other. */
  public void tell(Consumer<JobListener> word) {
    for (JobListener listener : listeners) {
      try {
        word.accept(listener);
      } catch (RuntimeException e) {
        failed(listener, e);
      }
    }
  }

  private static void failed(Object listener, RuntimeException why) {
    LOG.atError()
        .addKeyValue("listener", listener.getClass().getName())
        .setCause(why)
        .log("job_listener_failed");
  }
}
