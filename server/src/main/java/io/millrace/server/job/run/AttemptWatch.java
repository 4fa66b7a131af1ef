package io.millrace.server.job.run;

import io.millrace.server.job.run.RunControl.Why;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Looks after a running attempt from a thread of its own: writes its counts, and ends it when
 * nothing moves, when it takes too long, or when it does not heed a cancel.
 */
final class AttemptWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptWatch.class);

  private final AttemptMonitor monitor;
  private final RunControl control;
  private final JobSettings settings;
  private final Clock clock;
  private final Runnable showCancelled;
  private final Instant began;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread thread;
  private boolean shown;

  /**
   * Begins to watch.
   *
   * @param showCancelled says in the store that the job is cancelled, though its threads still run
   */
  AttemptWatch(
      AttemptMonitor monitor,
      RunControl control,
      JobSettings settings,
      Clock clock,
      Runnable showCancelled) {
    this.monitor = monitor;
    this.control = control;
    this.settings = settings;
    this.clock = clock;
    this.showCancelled = showCancelled;
    this.began = clock.instant();
    @Nullable Map<String, String> logKeys = MDC.getCopyOfContextMap();
    this.thread =
        Thread.ofVirtual()
            .name("watch")
            .start(
                () -> {
                  if (logKeys != null) {
                    MDC.setContextMap(logKeys);
                  }
                  watch();
                });
  }

  /** Says how long the attempt may take; null for as long as it wants. */
  void limit(@Nullable Duration max) {
    control.limit(max);
  }

  /** Ends the watching; what it writes just now is written to its end. */
  @Override
  public void close() {
    over.countDown();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch() {
    try {
      while (!over.await(settings.reportEvery().toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      LOG.atDebug().log("watch_ended");
    }
  }

  private void look() {
    try {
      monitor.save();
      Instant now = clock.instant();
      if (Duration.between(monitor.movedAt(), now).compareTo(settings.progressMax()) >= 0
          && control.why() == null) {
        LOG.atError().addKeyValue("minutes", settings.progressMax().toMinutes()).log("no_progress");
        ThreadDump.log(settings.temporary());
        control.end(Why.NO_PROGRESS);
      }
      @Nullable Duration limit = control.limit();
      if (limit != null && Duration.between(began, now).compareTo(limit) >= 0) {
        control.end(Why.TIMEOUT);
      }
      @Nullable Instant since = control.since();
      if (!shown
          && since != null
          && control.why() == Why.CANCELLED
          && Duration.between(since, now).compareTo(settings.cancelMax()) >= 0) {
        showCancelled.run();
        shown = true;
      }
    } catch (RuntimeException e) {
      // The store may be away for a moment; the attempt itself decides what that means.
      LOG.atWarn().setCause(e).log("attempt_counts_not_kept");
    }
  }
}
