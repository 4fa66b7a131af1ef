package io.millrace.server.job.run;

import io.millrace.engine.Cancellation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends one attempt from outside. The first reason counts. Thread-safe.
 *
 * <p>The thread of the attempt is interrupted only while it is in work that ends by it: what it
 * writes afterwards is never disturbed.
 */
final class RunControl {
  /** Why an attempt is to end. */
  enum Why {
    /** Somebody cancelled the job, or another process has it. */
    CANCELLED,
    /** The server stops; the job goes on after its next start. */
    STOPPED,
    NO_PROGRESS,
    TIMEOUT
  }

  /** Work that ends soon after an interrupt. */
  interface Work<T> {
    T run() throws InterruptedException;
  }

  private final Cancellation cancellation = new Cancellation();
  private final Clock clock;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private @Nullable Why why;
  private @Nullable Instant since;
  private @Nullable Thread interruptible;
  private volatile @Nullable Duration limit;

  RunControl(Clock clock) {
    this.clock = clock;
  }

  Cancellation cancellation() {
    return cancellation;
  }

  /** Says how long the attempt may take; null for as long as it wants. */
  void limit(@Nullable Duration max) {
    limit = max;
  }

  @Nullable Duration limit() {
    return limit;
  }

  void end(Why reason) {
    if (reason == Why.STOPPED) {
      stopped.countDown();
    }
    synchronized (this) {
      if (why != null) {
        return;
      }
      why = reason;
      since = clock.instant();
      if (interruptible != null) {
        interruptible.interrupt();
      }
    }
    cancellation.request();
  }

  synchronized @Nullable Why why() {
    return why;
  }

  synchronized @Nullable Instant since() {
    return since;
  }

  /**
   * Waits at most so long; tells whether the server stops, be the attempt to end for another
   * reason.
   */
  boolean awaitStop(Duration max) {
    try {
      return stopped.await(max.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Does work that an end interrupts. */
  <T> T interruptibly(Work<T> work) throws InterruptedException {
    synchronized (this) {
      if (why != null) {
        throw new InterruptedException("the attempt was to end before it began");
      }
      interruptible = Thread.currentThread();
    }
    try {
      return work.run();
    } finally {
      synchronized (this) {
        interruptible = null;
      }
      if (Thread.interrupted() && why() == null) {
        end(Why.STOPPED);
      }
    }
  }
}
