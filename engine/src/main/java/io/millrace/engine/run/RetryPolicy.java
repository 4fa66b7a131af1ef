package io.millrace.engine.run;

import io.millrace.engine.EngineSettings;
import io.millrace.engine.Failure;
import io.millrace.spi.TransientException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Decides whether and when a failure is tried again. Pure. */
final class RetryPolicy {
  private static final int SYSTEM_RETRIES_MAX = 1;

  private final int retriesMax;
  private final Duration first;
  private final Duration longest;

  private RetryPolicy(int retriesMax, Duration first, Duration longest) {
    this.retriesMax = retriesMax;
    this.first = first;
    this.longest = longest;
  }

  /** Returns the policy for the first contact: a person waits for the answer. */
  static RetryPolicy ofStart(EngineSettings settings) {
    return new RetryPolicy(
        settings.startRetriesMax(), settings.retryWaitFirst(), settings.retryWaitMax());
  }

  /** Returns the policy for a stream that is on its way: it outlives a restart of a server. */
  static RetryPolicy ofStream(EngineSettings settings) {
    return new RetryPolicy(
        settings.retriesMax(), settings.retryWaitFirst(), settings.retryWaitMax());
  }

  /**
   * Returns how long to wait before the next attempt, or null when there is none.
   *
   * @param retries the retries since the last progress
   */
  @Nullable Duration next(Failure failure, int retries) {
    return switch (failure.kind()) {
      case CONFIG -> null;
      case SYSTEM -> retries < Math.min(SYSTEM_RETRIES_MAX, retriesMax) ? backOff(retries) : null;
      case TRANSIENT -> retries < retriesMax ? transientWait(failure, retries) : null;
    };
  }

  private Duration transientWait(Failure failure, int retries) {
    Duration wait = backOff(retries);
    if (failure.cause() instanceof TransientException asked
        && asked.retryAfter() != null
        && asked.retryAfter().compareTo(wait) > 0) {
      return asked.retryAfter();
    }
    return wait;
  }

  private Duration backOff(int retries) {
    Duration wait = first;
    for (int i = 0; i < retries && wait.compareTo(longest) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(longest) < 0 ? wait : longest;
  }
}
