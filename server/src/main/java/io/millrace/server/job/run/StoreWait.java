package io.millrace.server.job.run;

import io.millrace.server.job.RunningJobs;
import io.millrace.server.store.StoreAwayException;
import io.millrace.spi.TransientException;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the store again as long as it is away or its disk is full: what an attempt came to, only
 * this process knows. Thread-safe.
 */
final class StoreWait {
  private static final Logger LOG = LoggerFactory.getLogger(StoreWait.class);

  /** The first wait; each is twice the one before. */
  private static final Duration FIRST = Duration.ofMillis(100);

  /** The longest wait, so that a job ends within seconds once the store takes its end. */
  private static final Duration MAX = Duration.ofSeconds(3);

  private final RunningJobs running;

  StoreWait(RunningJobs running) {
    this.running = running;
  }

  /** Does a step likewise. */
  void untilDone(long job, RunControl control, Runnable step) {
    untilDone(
        job,
        control,
        () -> {
          step.run();
          return true;
        });
  }

  /**
   * Does a step, and again where the store could not take it; says meanwhile what the job waits
   * for. Blocks its thread until the step is done.
   *
   * @param step may be repeated, also after it was done; does nothing where the attempt is no
   *     longer this process's
   * @throws RuntimeException what the step threw: when it was not for the store, or the server
   *     stops
   */
  <T> T untilDone(long job, RunControl control, Supplier<T> step) {
    Duration wait = FIRST;
    boolean waited = false;
    while (true) {
      try {
        T done = step.get();
        if (waited) {
          LOG.atInfo().log("store_takes_the_attempt");
          running.waits(job, null);
        }
        return done;
      } catch (StoreAwayException e) {
        running.waits(job, "It waits for the metadata store, which does not answer.");
        waitOrThrow(control, wait, waited, e);
      } catch (TransientException e) {
        running.waits(
            job,
            "It waits for room on the disk of the metadata store, which is full: what its attempt"
                + " came to cannot be saved.");
        waitOrThrow(control, wait, waited, e);
      }
      waited = true;
      wait = wait.multipliedBy(2).compareTo(MAX) < 0 ? wait.multipliedBy(2) : MAX;
    }
  }

  private static void waitOrThrow(
      RunControl control, Duration wait, boolean waited, RuntimeException why) {
    if (!waited) {
      LOG.atWarn().setCause(why).log("attempt_waits_for_store");
    }
    if (control.awaitStop(wait)) {
      throw why;
    }
  }
}
