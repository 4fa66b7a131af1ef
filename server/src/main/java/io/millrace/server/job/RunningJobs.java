package io.millrace.server.job;

import io.millrace.server.connection.ConnectionId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The jobs that this process runs right now. Thread-safe. */
public final class RunningJobs {
  private record Run(ConnectionId connection, Runnable cancel, CountDownLatch ended) {}

  private record Stuck(ConnectionId connection, List<Thread> threads) {
    boolean lives() {
      return threads.stream().anyMatch(Thread::isAlive);
    }
  }

  /** No job begins while so many runs were given up whose threads do not end. */
  public static final int STUCK_MAX = 16;

  private final Map<Long, Run> runs = new ConcurrentHashMap<>();
  private final Map<Long, String> waits = new ConcurrentHashMap<>();
  private final List<Stuck> stuck = new CopyOnWriteArrayList<>();

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
    waits.remove(job);
    if (run != null) {
      run.ended().countDown();
    }
  }

  /** Takes note of what a job that runs waits for, in a sentence; null when it goes on. */
  public void waits(long job, @Nullable String why) {
    if (why == null) {
      waits.remove(job);
    } else {
      waits.put(job, why);
    }
  }

  /** Returns what a job that runs waits for, or nothing. */
  public Optional<String> waits(long job) {
    return Optional.ofNullable(waits.get(job));
  }

  /**
   * Takes note of threads that a run gave up because they heeded no interrupt. Their connection
   * counts as busy until they end, so that it never has more of them than one run's. Before {@link
   * #end}.
   */
  public void leave(Job job, List<Thread> threads) {
    stuck.add(new Stuck(job.connection(), List.copyOf(threads)));
  }

  /** Returns what keeps this process from beginning jobs, or nothing. */
  public Optional<String> problem() {
    int now = stuck();
    return now < STUCK_MAX
        ? Optional.empty()
        : Optional.of(
            "The threads of "
                + now
                + " cancelled runs do not end, so no job begins; restart the server.");
  }

  /** Returns how many given-up runs still have threads. */
  public int stuck() {
    stuck.removeIf(one -> !one.lives());
    return stuck.size();
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
    Stream<ConnectionId> left = stuck.stream().filter(Stuck::lives).map(Stuck::connection);
    return Stream.concat(runs.values().stream().map(Run::connection), left)
        .collect(Collectors.toSet());
  }
}
