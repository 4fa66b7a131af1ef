package io.millrace.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Looks at a target over and over, beside a sync, and keeps each different sight. */
final class PollingReader implements AutoCloseable {
  private static final long PAUSE_MILLIS = 1;

  private final Callable<@Nullable String> look;
  private final Set<String> seen = new ConcurrentSkipListSet<>();
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final Thread thread;
  private volatile boolean stopped;

  /**
   * Begins to look.
   *
   * @param look returns what is there, or null when the reader is asked to come again
   */
  PollingReader(Callable<@Nullable String> look) {
    this.look = look;
    this.thread = Thread.ofPlatform().name("polling-reader").start(this::poll);
  }

  private void poll() {
    try {
      while (!stopped) {
        @Nullable String sight = look.call();
        if (sight != null) {
          seen.add(sight);
          looks.incrementAndGet();
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (Exception e) {
      failure.set(e);
    }
  }

  /** Looks once more, stops, and returns everything that was ever seen. */
  Set<String> end() throws InterruptedException {
    int before = looks.get();
    while (looks.get() < before + 2 && thread.isAlive()) {
      Thread.sleep(PAUSE_MILLIS);
    }
    close();
    thread.join();
    assertThat(failure.get()).as("the reader's own failure").isNull();
    return seen;
  }

  @Override
  public void close() {
    stopped = true;
  }
}
