package io.millrace.server.job.run;

import io.millrace.engine.EngineSettings;
import io.millrace.engine.Failure;
import io.millrace.engine.Pause;
import io.millrace.engine.SyncEngine;
import io.millrace.engine.SyncSpec;
import io.millrace.engine.SyncStatus;
import io.millrace.engine.SyncStore;
import io.millrace.engine.SyncSummary;
import io.millrace.server.connection.ConnectionStore;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connector.Side;
import io.millrace.server.job.AttemptStore;
import io.millrace.server.job.AttemptStream;
import io.millrace.server.job.FailureReason;
import io.millrace.server.job.FailureReasons;
import io.millrace.server.job.Job;
import io.millrace.server.job.JobLeases;
import io.millrace.server.job.JobStatus;
import io.millrace.server.job.JobStore;
import io.millrace.server.job.JobTotals;
import io.millrace.server.job.JobTransitions;
import io.millrace.server.job.JobTransitions.Claim;
import io.millrace.server.job.RetryPolicy;
import io.millrace.server.job.RetryState;
import io.millrace.server.job.RunningJobs;
import io.millrace.server.job.run.RunControl.Why;
import io.millrace.server.output.Humans;
import io.millrace.server.store.Database;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.StreamName;
import io.millrace.spi.SystemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one attempt of a job on the engine and says what it came to. Thread-safe; blocks its thread
 * for as long as the attempt takes.
 *
 * <p>The engine's sync stays open over the attempts of a job, so each goes on where the last ended.
 * A job's first attempt ends what an earlier job left open: that is all that a kill between the row
 * that says "succeeded" and the end of the engine's sync needs.
 */
final class SyncJobRunner {
  private static final Logger LOG = LoggerFactory.getLogger(SyncJobRunner.class);

  private final Database database;
  private final Clock clock;
  private final JobSettings settings;
  private final JobSpecs specs;
  private final SyncStores stores;
  private final JobTransitions transitions;
  private final RunningJobs running;
  private final MemoryBudget memory;
  private final StoreWait storeWait;
  private final AttemptStore attempts = new AttemptStore();
  private final ConnectionStore connections = new ConnectionStore();
  private final JobLeases leases = new JobLeases();
  private final JobStore jobs = new JobStore();

  SyncJobRunner(
      Database database,
      Clock clock,
      JobSettings settings,
      JobSpecs specs,
      SyncStores stores,
      JobTransitions transitions,
      RunningJobs running,
      StoreWait storeWait) {
    this.database = database;
    this.clock = clock;
    this.settings = settings;
    this.specs = specs;
    this.stores = stores;
    this.transitions = transitions;
    this.running = running;
    this.memory = new MemoryBudget(settings.memoryMax());
    this.storeWait = storeWait;
  }

  /**
   * Runs the attempt to its end. Never throws for what source, destination or connection meet.
   *
   * @param showCancelled says in the store that the job is cancelled
   */
  Outcome run(Claim claim, RunControl control, Runnable showCancelled) {
    long job = claim.job().id();
    if (storeWait.untilDone(
        job, control, () -> database.read(tx -> leases.cancelRequested(tx, job)))) {
      control.end(Why.CANCELLED);
    }
    Map<StreamName, AttemptStream> before = storeWait.untilDone(job, control, () -> before(claim));
    AttemptMonitor monitor = new AttemptMonitor(database, clock, claim, before);
    Outcome outcome;
    try (AttemptWatch watch = new AttemptWatch(monitor, control, settings, clock, showCancelled)) {
      outcome = prepareAndSync(claim, control, monitor, watch);
    }
    storeWait.untilDone(job, control, monitor::save);
    return outcome;
  }

  private Outcome prepareAndSync(
      Claim claim, RunControl control, AttemptMonitor monitor, AttemptWatch watch) {
    try {
      JobSpecs.Prepared prepared =
          control.interruptibly(
              () -> specs.prepare(claim.job(), claim.connection(), claim.attempt()));
      return switch (prepared) {
        case JobSpecs.Prepared.SwitchedOff off ->
            new Outcome.Cancelled(FailureReasons.switchedOff(off.why(), clock.instant()));
        case JobSpecs.Prepared.Ready ready -> {
          watch.limit(ready.timeoutMax());
          yield syncWithin(claim, ready, control, monitor);
        }
      };
    } catch (InterruptedException e) {
      return ended(control, RetryPolicy.of(claim.connection()), false);
    } catch (SideException e) {
      Failure.Origin origin =
          e.side() == Side.SOURCE ? Failure.Origin.SOURCE : Failure.Origin.DESTINATION;
      return thrown(e.failure(), origin, control, RetryPolicy.of(claim.connection()));
    } catch (RuntimeException | Error e) {
      return thrown(e, Failure.Origin.ENGINE, control, RetryPolicy.of(claim.connection()));
    }
  }

  /** Ends the engine's sync of a job that has ended; may be repeated. */
  void conclude(Claim claim) {
    try {
      SyncStore store = stores.of(claim.connection().id(), tx -> refuseUnlessNewest(tx, claim));
      engine(claim, EngineSettings.DEFAULT).end(store);
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("sync_left_open");
    }
  }

  /** A process that was silent for long may find that another has begun the next job's sync. */
  private void refuseUnlessNewest(Handle tx, Claim claim) {
    Job job = claim.job();
    if (jobs.newest(tx, job.connection(), List.of(JobStatus.values()))
        .filter(newest -> newest.id() == job.id())
        .isEmpty()) {
      throw new SystemException("job_lost", "A later job has its connection.");
    }
  }

  private Outcome syncWithin(
      Claim claim, JobSpecs.Prepared.Ready ready, RunControl control, AttemptMonitor monitor)
      throws InterruptedException {
    try (MemoryBudget.Share share =
        control.interruptibly(() -> share(claim.job().id(), ready.memory(), monitor))) {
      LOG.atInfo().addKeyValue("bytes", share.bytes()).log("memory_taken");
      EngineSettings bounds = ready.engine().within(share.bytes()).withCancelWait(cancelWait());
      return sync(claim, ready, engine(claim, bounds), control, monitor);
    } finally {
      removeTemporary(claim);
    }
  }

  /** The engine empties the folder; what a connector that hangs has left goes with retention. */
  private void removeTemporary(Claim claim) {
    Path folder = temporary(claim);
    try {
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("folder", folder).setCause(e).log("temporary_folder_left");
    }
  }

  private Path temporary(Claim claim) {
    return settings.temporary().resolve("job-" + claim.job().id());
  }

  /** Waiting for memory is no lack of progress: the jobs that have it end. */
  private MemoryBudget.Share share(long job, MemoryWish wish, AttemptMonitor monitor)
      throws InterruptedException {
    if (memory.scarce(wish)) {
      LOG.atInfo()
          .addKeyValue("at_least", wish.atLeast())
          .addKeyValue("at_most", wish.atMost())
          .log("waits_for_memory");
      running.waits(
          job, "It waits for " + Humans.bytes(wish.atLeast()) + " of memory that other jobs have.");
    }
    monitor.waits(true);
    try {
      return memory.take(wish);
    } finally {
      monitor.waits(false);
      running.waits(job, null);
    }
  }

  private Outcome sync(
      Claim claim,
      JobSpecs.Prepared.Ready ready,
      SyncEngine engine,
      RunControl control,
      AttemptMonitor monitor) {
    SyncStore store =
        stores.of(
            claim.connection().id(),
            tx -> leases.hold(tx, claim.job().id(), settings.owner(), clock.instant()));
    JobWork work = JobWork.of(claim.job(), ready.spec(), known(claim), store);
    if (!RetryState.of(claim.job().retries()).prepared()) {
      work.prepare(engine, store);
      database.change(tx -> transitions.prepared(tx, claim.job().id()));
    }
    if (work.nothing()) {
      LOG.atInfo().log("nothing_to_do");
      return new Outcome.Succeeded();
    }
    Sides sides = new Sides();
    SyncSpec spec = sides.watched(work.spec());
    try {
      SyncSummary summary =
          control.interruptibly(() -> engine.sync(spec, store, monitor, control.cancellation()));
      return outcome(summary, monitor, control, ready.retries());
    } catch (InterruptedException e) {
      return ended(control, ready.retries(), monitor.progressed());
    } catch (RuntimeException | Error e) {
      Failure.Origin origin =
          e instanceof ConnectorException ? sides.failed() : Failure.Origin.ENGINE;
      return thrown(e, origin, control, ready.retries());
    }
  }

  private List<ConnectionStream> known(Claim claim) {
    return database.read(tx -> connections.streams(tx, claim.connection().id()));
  }

  private Outcome outcome(
      SyncSummary summary, AttemptMonitor monitor, RunControl control, RetryPolicy retries) {
    LOG.atInfo()
        .addKeyValue("sync", summary.syncId())
        .addKeyValue("status", summary.status().label())
        .addKeyValue("millis", summary.duration().toMillis())
        .log("sync_ended");
    if (summary.status() == SyncStatus.SUCCEEDED) {
      return new Outcome.Succeeded();
    }
    if (summary.status() == SyncStatus.CANCELLED || control.why() != null) {
      return ended(control, retries, monitor.progressed());
    }
    return new Outcome.Failed(
        FailureReasons.of(summary, clock.instant()),
        retries,
        monitor.progressed(),
        FailureReasons.passing(summary));
  }

  private Outcome thrown(
      Throwable cause, Failure.Origin origin, RunControl control, RetryPolicy retries) {
    if (control.why() != null) {
      return ended(control, retries, false);
    }
    LOG.atError().setCause(cause).log("sync_failed");
    FailureReason reason = FailureReasons.thrown(cause, origin, clock.instant());
    boolean passing = reason.type() != FailureReason.Type.CONFIG;
    return new Outcome.Failed(List.of(reason), retries, false, passing);
  }

  private Outcome ended(RunControl control, RetryPolicy retries, boolean progressed) {
    return switch (control.why()) {
      case CANCELLED -> new Outcome.Cancelled(FailureReasons.cancelled(clock.instant()));
      case NO_PROGRESS ->
          new Outcome.Failed(
              List.of(FailureReasons.noProgress(settings.progressMax(), clock.instant())),
              retries,
              progressed,
              true);
      case TIMEOUT ->
          new Outcome.Failed(
              List.of(
                  FailureReasons.timeout(
                      Objects.requireNonNullElse(control.limit(), Duration.ZERO), clock.instant())),
              retries,
              progressed,
              true);
      case STOPPED -> new Outcome.Stopped();
      case null -> new Outcome.Stopped();
    };
  }

  private Map<StreamName, AttemptStream> before(Claim claim) {
    Job job = claim.job();
    Map<StreamName, AttemptStream> before = new HashMap<>();
    List<AttemptStream> earlier =
        database
            .read(tx -> attempts.streams(tx, List.of(job.id())))
            .getOrDefault(job.id(), List.of());
    JobTotals.latest(earlier).forEach(one -> before.put(one.stream(), one));
    return before;
  }

  private SyncEngine engine(Claim claim, EngineSettings bounds) {
    return new SyncEngine(bounds, clock, Pause.REAL, temporary(claim));
  }

  private Duration cancelWait() {
    return settings.cancelMax().multipliedBy(3).dividedBy(4);
  }
}
