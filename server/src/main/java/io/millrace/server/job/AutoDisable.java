package io.millrace.server.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Decides whether a connection that keeps failing is switched off. Pure. */
final class AutoDisable {
  /** Why the connection was switched off, on the wire. */
  static final String REASON = "TOO_MANY_FAILED_JOBS_WITH_NO_RECENT_SUCCESS";

  /** As many ended jobs are enough to decide. */
  static final int JOBS_LOOKED_AT = 200;

  private static final int FAILURES = 30;
  private static final Duration TIME = Duration.ofDays(7);
  private static final int WARNING_FAILURES = 20;
  private static final Duration WARNING_TIME = Duration.ofDays(4);

  enum Verdict {
    GO_ON,
    WARN,
    DISABLE
  }

  private AutoDisable() {}

  /**
   * Decides.
   *
   * @param ended the ended jobs, newest first: the one that failed just now comes first
   * @param now when it ended
   */
  static Verdict of(List<Job> ended, Instant now) {
    List<Job> since = ended.stream().takeWhile(job -> job.status() != JobStatus.SUCCEEDED).toList();
    List<Job> failed = since.stream().filter(job -> job.status() == JobStatus.FAILED).toList();
    Instant begin =
        since.size() < ended.size()
            ? ended.get(since.size()).updatedAt()
            : ended.getLast().createdAt();
    if (holds(failed.size(), begin, now, FAILURES, TIME)) {
      return Verdict.DISABLE;
    }
    if (!holds(failed.size(), begin, now, WARNING_FAILURES, WARNING_TIME)) {
      return Verdict.GO_ON;
    }
    // Warned once: at the first failure for which it holds.
    Instant before = failed.get(1).updatedAt();
    return holds(failed.size() - 1, begin, before, WARNING_FAILURES, WARNING_TIME)
        ? Verdict.GO_ON
        : Verdict.WARN;
  }

  private static boolean holds(
      int failures, Instant begin, Instant now, int failuresMin, Duration timeMin) {
    return failures >= failuresMin && Duration.between(begin, now).compareTo(timeMin) >= 0;
  }
}
