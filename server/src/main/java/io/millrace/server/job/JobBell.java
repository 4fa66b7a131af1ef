package io.millrace.server.job;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes who waits for jobs to run. Thread-safe. */
public final class JobBell {
  private final Semaphore rung = new Semaphore(0);

  /** Says that there may be something to do. */
  public void ring() {
    rung.release();
  }

  /** Waits until somebody rings, at most so long. What was rung before counts. */
  public void await(Duration max) throws InterruptedException {
    if (rung.tryAcquire(Math.max(0, max.toMillis()), TimeUnit.MILLISECONDS)) {
      rung.drainPermits();
    }
  }
}
