package io.millrace.server.job.run;

import io.millrace.server.environment.Variables;
import io.millrace.server.job.RunningJobs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The bounds of running jobs, in one place.
 *
 * @param owner names this process's data directory, under whose lock it runs; a later process on it
 *     takes over what this one leaves
 * @param parallelMax the most jobs that run at once
 * @param progressMax an attempt ends when no byte and no checkpoint came for so long
 * @param reportEvery how often counts are written while they change
 * @param cancelMax a cancelled job is shown as such after so long, whatever its threads do
 * @param stopMax how long a stop of the server waits for running attempts
 * @param sweepEvery how often jobs are looked for that lost their process, or were made by another
 * @param renewEvery how often leases are renewed and other processes' wishes looked for
 * @param memoryMax bytes for the batches of all running jobs together
 * @param stuckMax no job begins while so many runs were given up whose threads do not end
 * @param temporary where temporary files lie
 */
public record JobSettings(
    String owner,
    int parallelMax,
    Duration progressMax,
    Duration reportEvery,
    Duration cancelMax,
    Duration stopMax,
    Duration sweepEvery,
    Duration renewEvery,
    long memoryMax,
    int stuckMax,
    Path temporary) {
  /**
   * With more than this, not even their equal shares of memory would hold one reader's batches
   * each.
   */
  static final int PARALLEL_CEILING = 18;

  private static final int PARALLEL = 3;
  private static final int PROGRESS_MINUTES = 60;

  /** A week: a job that is silent for longer is not one that anybody waits for. */
  private static final int PROGRESS_MINUTES_MAX = 7 * 24 * 60;

  /**
   * Returns the usual bounds, but for the number of jobs at once where {@code
   * MILLRACE_MAX_PARALLEL_JOBS} says it, and the deadline for progress where {@code
   * MILLRACE_PROGRESS_MINUTES} does.
   *
   * @throws io.millrace.spi.ConfigException when one of them is no number, or out of its bounds
   */
  public static JobSettings of(String owner, Path temporary, Map<String, String> environment) {
    Variables variables = new Variables(environment);
    return new JobSettings(
        owner,
        (int) variables.number("MILLRACE_MAX_PARALLEL_JOBS", PARALLEL, 1, PARALLEL_CEILING),
        Duration.ofMinutes(
            variables.number(
                "MILLRACE_PROGRESS_MINUTES", PROGRESS_MINUTES, 1, PROGRESS_MINUTES_MAX)),
        Duration.ofSeconds(1),
        Duration.ofSeconds(8),
        Duration.ofSeconds(15),
        Duration.ofSeconds(30),
        Duration.ofSeconds(2),
        288L << 20,
        RunningJobs.STUCK_MAX,
        temporary);
  }

  /** Returns these bounds with another number of jobs at once. */
  public JobSettings withParallel(int max) {
    return new JobSettings(
        owner,
        max,
        progressMax,
        reportEvery,
        cancelMax,
        stopMax,
        sweepEvery,
        renewEvery,
        memoryMax,
        stuckMax,
        temporary);
  }

  /** Returns these bounds with another deadline for progress. */
  public JobSettings withProgress(Duration max) {
    return new JobSettings(
        owner,
        parallelMax,
        max,
        reportEvery,
        cancelMax,
        stopMax,
        sweepEvery,
        renewEvery,
        memoryMax,
        stuckMax,
        temporary);
  }

  /** Returns these bounds with another number of stuck runs that keep new jobs from beginning. */
  public JobSettings withStuck(int max) {
    return new JobSettings(
        owner,
        parallelMax,
        progressMax,
        reportEvery,
        cancelMax,
        stopMax,
        sweepEvery,
        renewEvery,
        memoryMax,
        max,
        temporary);
  }

  /** Returns these bounds with another budget of memory. */
  public JobSettings withMemory(long max) {
    return new JobSettings(
        owner,
        parallelMax,
        progressMax,
        reportEvery,
        cancelMax,
        stopMax,
        sweepEvery,
        renewEvery,
        max,
        stuckMax,
        temporary);
  }
}
