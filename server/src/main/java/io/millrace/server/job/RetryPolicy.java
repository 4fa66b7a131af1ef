package io.millrace.server.job;

import io.millrace.server.connection.Connection;
import io.millrace.server.connection.SyncSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Decides whether a failed attempt is followed by another, and when. Pure.
 *
 * @param emptyInARowMax failures in a row without progress that end a job
 * @param emptyMax failures without progress, in all, that end it
 * @param partialInARowMax failures in a row with progress that end it
 * @param partialMax failures with progress, in all, that end it
 * @param retriesMax the most retries of a job, whatever their kind
 * @param waitFirst the wait after the first failure without progress; it triples each time
 * @param waitMax the longest wait
 */
public record RetryPolicy(
    int emptyInARowMax,
    int emptyMax,
    int partialInARowMax,
    int partialMax,
    int retriesMax,
    Duration waitFirst,
    Duration waitMax) {
  /** The usual bounds. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(
          5, 10, 1000, 20, Integer.MAX_VALUE, Duration.ofSeconds(10), Duration.ofMinutes(30));

  private static final int FACTOR = 3;

  /** Returns that of a connection's jobs: the usual bounds, and its own where it has one. */
  public static RetryPolicy of(Connection connection) {
    OptionalInt max = SyncSettings.of(connection).maxRetries();
    return max.isPresent() ? DEFAULT.withRetries(max.getAsInt()) : DEFAULT;
  }

  /** Returns this policy with at most so many retries. */
  public RetryPolicy withRetries(int max) {
    return new RetryPolicy(
        emptyInARowMax, emptyMax, partialInARowMax, partialMax, max, waitFirst, waitMax);
  }

  /** Returns how long the next attempt waits, where one follows. */
  public Duration wait(RetryState counted) {
    return wait(counted.emptyInARow());
  }

  /**
   * Returns which bound ends the job, for people; empty where another attempt may follow.
   *
   * @param counted the counts, the last failure included
   */
  public Optional<String> usedUp(RetryState counted) {
    if (counted.failures() > retriesMax) {
      return Optional.of(
          retriesMax == 0
              ? "the connection allows no retry"
              : "the connection allows " + retriesMax + " of them");
    }
    if (counted.emptyInARow() >= emptyInARowMax) {
      return Optional.of(counted.emptyInARow() + " attempts in a row made no progress");
    }
    if (counted.empty() >= emptyMax) {
      return Optional.of(counted.empty() + " attempts made no progress");
    }
    if (counted.partialInARow() >= partialInARowMax) {
      return Optional.of(counted.partialInARow() + " attempts in a row failed on their way");
    }
    return counted.partial() >= partialMax
        ? Optional.of(counted.partial() + " attempts failed on their way")
        : Optional.empty();
  }

  private Duration wait(int failuresInARow) {
    if (failuresInARow == 0) {
      return Duration.ZERO;
    }
    Duration wait = waitFirst;
    for (int i = 1; i < failuresInARow && wait.compareTo(waitMax) < 0; i++) {
      wait = wait.multipliedBy(FACTOR);
    }
    return wait.compareTo(waitMax) < 0 ? wait : waitMax;
  }
}
