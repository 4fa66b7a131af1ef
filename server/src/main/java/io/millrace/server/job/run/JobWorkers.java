package io.millrace.server.job.run;

import io.millrace.server.job.FailureReason;
import io.millrace.server.job.FailureReasons;
import io.millrace.server.job.Job;
import io.millrace.server.job.JobBell;
import io.millrace.server.job.JobLeases;
import io.millrace.server.job.JobListeners;
import io.millrace.server.job.JobTransitions;
import io.millrace.server.job.JobTransitions.Claim;
import io.millrace.server.job.RunningJobs;
import io.millrace.server.job.run.RunControl.Why;
import io.millrace.server.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes jobs from the queue and runs them, a bounded number at once.
 *
 * <p>Order of calls: {@link #start}, which first takes back what an earlier process on the same
 * data directory left running; {@link #close}, which ends running attempts so that their jobs go on
 * after the next start.
 */
public final class JobWorkers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobWorkers.class);

  private final Database database;
  private final Clock clock;
  private final JobSettings settings;
  private final JobTransitions transitions;
  private final JobQueue queue;
  private final JobBell bell;
  private final RunningJobs running;
  private final AttemptRun attempts;
  private final BooleanSupplier open;
  private final JobLeases leases = new JobLeases();
  private final Map<Long, RunControl> controls = new ConcurrentHashMap<>();
  private final Thread dispatcher = Thread.ofVirtual().name("jobs").unstarted(this::dispatch);
  private final Thread keeper = Thread.ofVirtual().name("job-leases").unstarted(this::keepLeases);
  private volatile boolean stopping;
  private Instant swept = Instant.EPOCH;

  /**
   * Makes workers.
   *
   * @param open tells whether new attempts may begin: not while the disk is full
   */
  public JobWorkers(
      Database database,
      Clock clock,
      JobSettings settings,
      JobTransitions transitions,
      JobSpecs specs,
      SyncStores stores,
      RunningJobs running,
      JobBell bell,
      JobListeners listeners,
      BooleanSupplier open) {
    this.database = database;
    this.clock = clock;
    this.settings = settings;
    this.transitions = transitions;
    this.queue = new JobQueue(database, clock, transitions, settings.owner());
    this.bell = bell;
    this.running = running;
    StoreWait storeWait = new StoreWait(running);
    this.attempts =
        new AttemptRun(
            database,
            clock,
            new SyncJobRunner(
                database, clock, settings, specs, stores, transitions, running, storeWait),
            storeWait,
            transitions,
            listeners);
    this.open = open;
  }

  /** Takes back what was left running, and begins to run jobs. */
  public void start() {
    int recovered = database.write(tx -> transitions.recover(tx, settings.owner()));
    if (recovered > 0) {
      LOG.atWarn().addKeyValue("jobs", recovered).log("jobs_recovered");
    }
    dispatcher.start();
    keeper.start();
  }

  /** Ends running attempts resumably; waits for them, within the settings' bound. */
  @Override
  public void close() {
    stopping = true;
    dispatcher.interrupt();
    keeper.interrupt();
    controls.values().forEach(control -> control.end(Why.STOPPED));
    long end = System.nanoTime() + settings.stopMax().toNanos();
    try {
      dispatcher.join(settings.stopMax());
      for (long id : running.ids()) {
        running.awaitEnd(id, Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (running.count() > 0) {
      LOG.atWarn().addKeyValue("jobs", running.count()).log("jobs_still_running");
    }
  }

  private void dispatch() {
    while (!stopping) {
      try {
        while (!stopping && mayBegin()) {
          Optional<Claim> claim = queue.take(running.connections());
          if (claim.isEmpty()) {
            break;
          }
          begin(claim.get());
        }
        bell.await(queue.untilNext(settings.sweepEvery()));
        sweep();
      } catch (InterruptedException e) {
        LOG.atDebug().log("dispatcher_ended");
      } catch (RuntimeException e) {
        LOG.atError().setCause(e).log("queue_unreachable");
        pause();
      }
    }
  }

  private boolean mayBegin() {
    return running.count() < settings.parallelMax()
        && running.stuck() < settings.stuckMax()
        && open.getAsBoolean();
  }

  /** Takes back jobs whose process has been silent for too long. */
  private void sweep() {
    Instant now = clock.instant();
    if (Duration.between(swept, now).compareTo(settings.sweepEvery()) >= 0) {
      swept = now;
      database.change(tx -> transitions.recover(tx, null, job -> lost(job, now)));
    }
  }

  /** An attempt that runs here has not lost its process, however long the store took nothing. */
  private Optional<FailureReason> lost(Job job, Instant now) {
    return running.ids().contains(job.id())
        ? Optional.empty()
        : Optional.of(attempts.unsaved(job).orElseGet(() -> FailureReasons.stopped(now)));
  }

  private void begin(Claim claim) {
    Job job = claim.job();
    RunControl control = new RunControl(clock);
    controls.put(job.id(), control);
    running.begin(job, () -> control.end(Why.CANCELLED));
    if (stopping) {
      control.end(Why.STOPPED);
    }
    // A platform thread: it calls into native libraries and blocks there for minutes.
    Thread.ofPlatform()
        .daemon()
        .name("job-" + job.id())
        .start(
            () -> {
              try {
                attempts.run(claim, control);
              } finally {
                controls.remove(job.id());
                leave(job, control.cancellation().stillRunning());
                running.end(job.id());
                bell.ring();
              }
            });
  }

  private void leave(Job job, List<Thread> threads) {
    if (!threads.isEmpty()) {
      running.leave(job, threads);
      LOG.atError()
          .addKeyValue("job", job.id())
          .addKeyValue("connection", job.connection())
          .addKeyValue("threads", threads.stream().map(Thread::getName).toList())
          .addKeyValue("runs_given_up", running.stuck())
          .log("threads_left");
      Thread.ofVirtual().name("threads-left").start(() -> awaitLeft(job, threads));
    }
  }

  private void awaitLeft(Job job, List<Thread> threads) {
    try {
      for (Thread thread : threads) {
        thread.join();
      }
      LOG.atInfo().addKeyValue("job", job.id()).log("threads_left_have_ended");
      bell.ring();
    } catch (InterruptedException e) {
      LOG.atDebug().log("no_longer_waiting_for_threads");
    }
  }

  private void keepLeases() {
    while (!stopping) {
      try {
        Thread.sleep(settings.renewEvery());
        Set<Long> mine = running.ids();
        if (!mine.isEmpty()) {
          Set<Long> unwanted =
              database.write(tx -> leases.renew(tx, mine, settings.owner(), clock.instant()));
          unwanted.forEach(
              id -> {
                RunControl control = controls.get(id);
                if (control != null) {
                  control.end(Why.CANCELLED);
                }
              });
        }
      } catch (InterruptedException e) {
        LOG.atDebug().log("lease_keeper_ended");
      } catch (RuntimeException e) {
        LOG.atWarn().setCause(e).log("leases_not_renewed");
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(settings.renewEvery());
    } catch (InterruptedException e) {
      LOG.atDebug().log("dispatcher_ended");
    }
  }
}
