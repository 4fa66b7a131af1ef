package io.millrace.server.job.run;

import io.millrace.server.job.Attempt;
import io.millrace.server.job.AttemptStore;
import io.millrace.server.job.FailureReason;
import io.millrace.server.job.FailureReasons;
import io.millrace.server.job.Job;
import io.millrace.server.job.JobLeases;
import io.millrace.server.job.JobListeners;
import io.millrace.server.job.JobStatus;
import io.millrace.server.job.JobStore;
import io.millrace.server.job.JobTransitions;
import io.millrace.server.job.JobTransitions.Claim;
import io.millrace.server.job.JobTransitions.Ending;
import io.millrace.server.job.Jobs;
import io.millrace.server.job.RetryState;
import io.millrace.server.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Runs an attempt and turns what it came to into the job's next status. Thread-safe. */
final class AttemptRun {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptRun.class);

  /** The log keys of every line that belongs to an attempt. */
  private static final String JOB_KEY = "job";

  private static final String ATTEMPT_KEY = "attempt";

  private final Database database;
  private final Clock clock;
  private final SyncJobRunner runner;
  private final StoreWait storeWait;
  private final JobTransitions transitions;
  private final JobListeners listeners;
  private final JobLeases leases = new JobLeases();
  private final JobStore jobs = new JobStore();
  private final AttemptStore attempts = new AttemptStore();

  /** Why the end of a job's last attempt is not in the store, until its next attempt begins. */
  private final Map<Long, FailureReason> unsaved = new ConcurrentHashMap<>();

  AttemptRun(
      Database database,
      Clock clock,
      SyncJobRunner runner,
      StoreWait storeWait,
      JobTransitions transitions,
      JobListeners listeners) {
    this.database = database;
    this.clock = clock;
    this.runner = runner;
    this.storeWait = storeWait;
    this.transitions = transitions;
    this.listeners = listeners;
  }

  /** Runs the attempt; returns when its threads have ended and the store says what it came to. */
  void run(Claim claim, RunControl control) {
    MDC.put(JOB_KEY, String.valueOf(claim.job().id()));
    MDC.put(ATTEMPT_KEY, String.valueOf(claim.attempt()));
    unsaved.remove(claim.job().id());
    try {
      LOG.atInfo()
          .addKeyValue("type", claim.job().type().label())
          .addKeyValue("connection", claim.connection().name())
          .log("attempt_started");
      if (claim.attempt() == 0) {
        listeners.tell(listener -> listener.started(claim.job(), claim.connection()));
      }
      Outcome outcome = runner.run(claim, control, () -> showCancelled(claim));
      if (outcome instanceof Outcome.Failed failed) {
        log(failed);
      }
      storeWait.untilDone(claim.job().id(), control, () -> save(claim, outcome));
    } catch (RuntimeException e) {
      // The lease runs out, or the server starts anew, and the job is taken back then.
      unsaved.put(claim.job().id(), FailureReasons.unsaved(e, clock.instant()));
      LOG.atError().setCause(e).log("attempt_abandoned");
    } finally {
      MDC.remove(JOB_KEY);
      MDC.remove(ATTEMPT_KEY);
      listeners.tell(listener -> listener.attemptEnded(claim.job().id(), claim.attempt()));
    }
  }

  /** Returns why the end of a job's last attempt here could not be saved; mostly nothing. */
  Optional<FailureReason> unsaved(Job job) {
    return Optional.ofNullable(unsaved.get(job.id()));
  }

  private void save(Claim claim, Outcome outcome) {
    switch (outcome) {
      case Outcome.Succeeded ignored -> end(claim, JobStatus.SUCCEEDED, List.of());
      case Outcome.Failed failed -> failed(claim, failed);
      case Outcome.Cancelled cancelled ->
          end(claim, JobStatus.CANCELLED, List.of(cancelled.reason()));
      case Outcome.Stopped ignored -> stopped(claim);
    }
  }

  /** The job's row first, then the engine's sync: a kill in between is mended by the next job. */
  private void end(Claim claim, JobStatus status, List<FailureReason> reasons) {
    Optional<Ending> ending =
        database.write(
            tx -> transitions.end(tx, claim.job().id(), claim.attempt(), status, reasons));
    if (ending.isPresent() || database.read(tx -> hasEnded(tx, claim.job()))) {
      runner.conclude(claim);
    }
    LOG.atInfo().addKeyValue("status", status.label()).log("job_ended");
    ending.ifPresent(one -> Jobs.tell(listeners, one));
  }

  private void showCancelled(Claim claim) {
    List<FailureReason> reasons = List.of(FailureReasons.cancelled(clock.instant()));
    database
        .write(
            tx ->
                transitions.end(
                    tx, claim.job().id(), claim.attempt(), JobStatus.CANCELLED, reasons))
        .ifPresent(one -> Jobs.tell(listeners, one));
  }

  private static void log(Outcome.Failed failed) {
    failed
        .reasons()
        .forEach(
            reason ->
                LOG.atError().addKeyValue("internal", reason.internal()).log(reason.message()));
  }

  private void failed(Claim claim, Outcome.Failed failed) {
    Job job = claim.job();
    RetryState counted = database.read(tx -> retries(tx, job)).after(failed.progressed());
    Optional<String> usedUp = failed.retries().usedUp(counted);
    if (!failed.passing() || usedUp.isPresent()) {
      List<FailureReason> reasons = new ArrayList<>(failed.reasons());
      if (failed.passing()) {
        reasons.add(
            FailureReasons.givenUp(job.connection(), usedUp.orElseThrow(), clock.instant()));
      }
      end(claim, JobStatus.FAILED, reasons);
      return;
    }
    if (database.read(tx -> leases.cancelRequested(tx, job.id()))) {
      end(claim, JobStatus.CANCELLED, List.of(FailureReasons.cancelled(clock.instant())));
      return;
    }
    Instant notBefore = clock.instant().plus(failed.retries().wait(counted));
    retry(claim, failed.reasons(), counted, notBefore);
  }

  private void retry(
      Claim claim, List<FailureReason> reasons, RetryState counted, Instant notBefore) {
    Job job = claim.job();
    Optional<Attempt> ended =
        database.write(
            tx ->
                transitions.retry(tx, job.id(), claim.attempt(), reasons, counted, notBefore)
                    ? attempts.find(tx, job.id(), claim.attempt())
                    : Optional.empty());
    LOG.atWarn().addKeyValue("next_attempt_at", notBefore).log("attempt_failed");
    ended.ifPresent(
        attempt ->
            listeners.tell(listener -> listener.attemptFailed(job, claim.connection(), attempt)));
  }

  private void stopped(Claim claim) {
    database.change(
        tx ->
            transitions.retry(
                tx,
                claim.job().id(),
                claim.attempt(),
                List.of(FailureReasons.stopped(clock.instant())),
                retries(tx, claim.job()),
                Instant.EPOCH));
    LOG.atInfo().log("attempt_stopped");
  }

  private RetryState retries(Handle tx, Job job) {
    return RetryState.of(jobs.find(tx, job.id()).orElseThrow().retries());
  }

  private boolean hasEnded(Handle tx, Job job) {
    return jobs.find(tx, job.id()).orElseThrow().status().terminal();
  }
}
