package io.millrace.server.job;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Says why jobs wait, as this process sees it: another on the same store may take them sooner.
 * Thread-safe.
 */
public final class JobWaits {
  private final RunningJobs running;
  private final int parallelMax;
  private final Supplier<Optional<String>> disk;
  private final Clock clock;

  /**
   * Makes it.
   *
   * @param parallelMax the most jobs that run at once
   * @param disk says why no job begins for lack of disk space, or nothing
   */
  public JobWaits(
      RunningJobs running, int parallelMax, Supplier<Optional<String>> disk, Clock clock) {
    this.running = running;
    this.parallelMax = parallelMax;
    this.disk = disk;
    this.clock = clock;
  }

  /** Returns why a job waits now, in a sentence for people; empty when it does not. */
  public Optional<String> reason(Job job) {
    return switch (job.status()) {
      case PENDING, INCOMPLETE -> beforeItBegins(job);
      case RUNNING -> running.waits(job.id());
      case SUCCEEDED, FAILED, CANCELLED -> Optional.empty();
    };
  }

  private Optional<String> beforeItBegins(Job job) {
    Instant due = job.notBefore().truncatedTo(ChronoUnit.SECONDS);
    if (job.notBefore().isAfter(clock.instant())) {
      return Optional.of("Its last attempt failed; the next begins at " + due + ".");
    }
    if (running.connections().contains(job.connection())) {
      return Optional.of("An earlier run of its connection has not ended yet.");
    }
    return running.problem().or(disk).or(this::tooMany);
  }

  private Optional<String> tooMany() {
    int now = running.count();
    return now < parallelMax
        ? Optional.empty()
        : Optional.of(now + " jobs run, the most at once; it begins when one of them has ended.");
  }
}
