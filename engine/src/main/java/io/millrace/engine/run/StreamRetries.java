package io.millrace.engine.run;

import io.millrace.engine.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Counts the retries of one stream's run. What is durable is the measure of progress: a retry that
 * only commits again what an earlier attempt had committed counts on. Used by one thread.
 */
final class StreamRetries {
  /** The most retries of one run, whatever progress there is between them. */
  static final int TOTAL_MAX = 200;

  /** The most retries after a publication that was not proven: time alone mends none. */
  static final int UNPROVEN_MAX = 1;

  private int sinceProgress;
  private int total;
  private int unproven;
  private long furthest;

  /**
   * Returns how long to wait before the next attempt, or null when there is none.
   *
   * @param durable how far the stream has come, by {@link StreamCounters#durableProgress}
   */
  @Nullable Duration next(RetryPolicy policy, Failure failure, long durable) {
    if (durable > furthest) {
      furthest = durable;
      sinceProgress = 0;
    }
    boolean isUnproven = failure.code().equals(StreamLoad.UNPROVEN);
    if (total >= TOTAL_MAX || (isUnproven && unproven >= UNPROVEN_MAX)) {
      return null;
    }
    @Nullable Duration delay = policy.next(failure, sinceProgress);
    if (delay != null) {
      sinceProgress++;
      total++;
      unproven += isUnproven ? 1 : 0;
    }
    return delay;
  }

  /** Returns which retry the next attempt is, from 1, since the last progress. */
  int number() {
    return sinceProgress;
  }
}
