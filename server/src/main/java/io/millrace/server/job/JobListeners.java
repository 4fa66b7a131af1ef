package io.millrace.server.job;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everybody who is told what jobs do. Thread-safe. */
public final class JobListeners {
  private static final Logger LOG = LoggerFactory.getLogger(JobListeners.class);

  private final List<JobListener> listeners = new CopyOnWriteArrayList<>();

  /** Adds one. */
  public void add(JobListener listener) {
    listeners.add(listener);
  }

  /** Tells all, one after the other. */
  public void tell(Consumer<JobListener> word) {
    for (JobListener listener : listeners) {
      try {
        word.accept(listener);
      } catch (RuntimeException e) {
        LOG.atError()
            .addKeyValue("listener", listener.getClass().getName())
            .setCause(e)
            .log("job_listener_failed");
      }
    }
  }
}
