package io.millrace.server.job;

import io.millrace.server.connection.ConnectionId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The jobs that this process runs right now. Thread-safe. */
public final class RunningJobs {
  private record Run(ConnectionId connection, Runnable cancel, CountDownLatch ended) {}

  private final Map<Long, Run> runs = new ConcurrentHashMap<>();

  /**
   * Registers a job that begins.
   *
   * @param cancel asks it to end; returns at once
   */
  public void begin(Job job, Runnable cancel) {
    runs.put(job.id(), new Run(job.connection(), cancel, new CountDownLatch(1)));
  }

  /** Takes note that a job's threads have ended and its row says what it came to. */
  public void end(long job) {
    Run run = runs.remove(job);
    if (run != null) {
      run.ended().countDown();
    }
  }

  /** Asks a job to end as cancelled; does nothing where another process runs it. */
  void cancel(long job) {
    Run run = runs.get(job);
    if (run != null) {
      run.cancel().run();
    }
  }

  /** Waits for the end of a job's run in this process, at most so long; tells whether it ended. */
  public boolean awaitEnd(long job, Duration max) throws InterruptedException {
    @Nullable Run run = runs.get(job);
    return run == null || run.ended().await(max.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Returns how many run. */
  public int count() {
    return runs.size();
  }

  /** Returns the ids of those that run. */
  public Set<Long> ids() {
    return Set.copyOf(runs.keySet());
  }

  /** Returns the connections with a run that has not ended, whatever its job's row says. */
  public Set<ConnectionId> connections() {
    return runs.values().stream().map(Run::connection).collect(Collectors.toSet());
  }
}
