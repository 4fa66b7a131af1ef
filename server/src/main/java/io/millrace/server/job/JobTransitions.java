package io.millrace.server.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionStatus;
import io.millrace.server.connection.ConnectionStore;
import io.millrace.server.event.Timeline;
import io.millrace.server.json.Documents;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a job from one status to the next: rows, attempts and timeline together. Each call
 * belongs to the transaction of its handle, and so does what the listeners write down of an end;
 * who is to be told, is told after it.
 *
 * <p>A step that finds its attempt ended already does nothing: somebody else (a cancel, a process
 * that took over) was faster.
 */
public final class JobTransitions {
  /**
   * A job that this process may run.
   *
   * @param job the job, running
   * @param connection its connection
   * @param attempt the number of the attempt that begins
   */
  public record Claim(Job job, Connection connection, int attempt) {}

  /**
   * What an end brought about.
   *
   * @param ended the job
   * @param disabled its connection kept failing and was switched off
   * @param warned its connection keeps failing and will be switched off
   */
  public record Ending(EndedJob ended, boolean disabled, boolean warned) {}

  private static final String STREAMS = "streams";
  private static final List<JobStatus> RUNNING = List.of(JobStatus.RUNNING);

  private final Clock clock;
  private final Timeline timeline;
  private final JobListeners listeners;
  private final JobStore jobs = new JobStore();
  private final AttemptStore attempts = new AttemptStore();
  private final JobLeases leases = new JobLeases();
  private final ConnectionStore connections = new ConnectionStore();

  /** Makes the steps. */
  public JobTransitions(Clock clock, Timeline timeline, JobListeners listeners) {
    this.clock = clock;
    this.listeners = listeners;
    this.timeline = timeline;
  }

  /** Adds a job that waits, with the attempt that it begins with. */
  Job create(Handle tx, ConnectionId connection, JobType type, JobConfig config) {
    Instant now = clock.instant();
    long id = jobs.insert(tx, connection, type, config.json(), now);
    attempts.insert(tx, id, 0, now);
    return jobs.find(tx, id).orElseThrow();
  }

  /** Takes a job that waits for this process; empty when another was faster. */
  public Optional<Claim> begin(Handle tx, Job waiting, String owner) {
    Instant now = clock.instant();
    if (!leases.take(tx, waiting.id(), owner, now)) {
      return Optional.empty();
    }
    List<Attempt> before = attempts.list(tx, waiting.id());
    int number = before.size();
    if (!before.isEmpty() && before.getLast().status() == AttemptStatus.RUNNING) {
      number = before.getLast().number();
      attempts.begun(tx, waiting.id(), number, now);
    } else {
      attempts.insert(tx, waiting.id(), number, now);
    }
    Job job = jobs.find(tx, waiting.id()).orElseThrow();
    JobConfig config = JobConfig.of(job.config());
    if (number == 0 && config.trigger() == Trigger.MANUAL) {
      ObjectNode summary = summary(job);
      timeline.add(
          tx, job.connection().value(), event(job, "STARTED"), summary, job.id(), config.by());
    }
    Connection connection = connections.find(tx, job.connection()).orElseThrow();
    return Optional.of(new Claim(job, connection, number));
  }

  /** Remembers that what the job's first attempt does to the states is done. */
  public void prepared(Handle tx, long job) {
    jobs.find(tx, job)
        .ifPresent(
            found ->
                jobs.saveRetries(
                    tx, job, RetryState.of(found.retries()).withPrepared(), found.notBefore()));
  }

  /**
   * Ends an attempt that another follows; tells whether it was still running.
   *
   * @param retries the counters from here on
   * @param notBefore when the next may begin
   */
  public boolean retry(
      Handle tx,
      long job,
      int attempt,
      List<FailureReason> reasons,
      RetryState retries,
      Instant notBefore) {
    Instant now = clock.instant();
    if (!attempts.end(
        tx, job, attempt, AttemptStatus.FAILED, reasons, StreamRunState.INCOMPLETE, now)) {
      return false;
    }
    jobs.move(tx, job, RUNNING, JobStatus.INCOMPLETE, now);
    jobs.saveRetries(tx, job, retries, notBefore);
    return true;
  }

  /**
   * Ends an attempt and its job; empty when the attempt was not running any more.
   *
   * @param reasons why, unless it succeeded
   */
  public Optional<Ending> end(
      Handle tx, long job, int attempt, JobStatus to, List<FailureReason> reasons) {
    Instant now = clock.instant();
    AttemptStatus status =
        to == JobStatus.SUCCEEDED ? AttemptStatus.SUCCEEDED : AttemptStatus.FAILED;
    StreamRunState streams =
        to == JobStatus.CANCELLED ? StreamRunState.CANCELLED : StreamRunState.INCOMPLETE;
    if (!attempts.end(tx, job, attempt, status, reasons, streams, now)) {
      return Optional.empty();
    }
    return jobs.move(tx, job, RUNNING, to, now) ? Optional.of(ended(tx, job)) : Optional.empty();
  }

  /** Cancels a job that does not run; empty when it has begun or ended since. */
  Optional<Ending> cancelWaiting(Handle tx, Job job) {
    Instant now = clock.instant();
    List<JobStatus> waiting = List.of(JobStatus.PENDING, JobStatus.INCOMPLETE);
    if (!jobs.move(tx, job.id(), waiting, JobStatus.CANCELLED, now)) {
      return Optional.empty();
    }
    for (Attempt attempt : attempts.list(tx, job.id())) {
      attempts.end(
          tx,
          job.id(),
          attempt.number(),
          AttemptStatus.FAILED,
          List.of(FailureReasons.cancelled(now)),
          StreamRunState.CANCELLED,
          now);
    }
    return Optional.of(ended(tx, job.id()));
  }

  /**
   * Takes the jobs that have lost their process back into the queue, to go on at once. A process
   * that has just begun runs none, so those under its name are lost, too.
   *
   * @param owner the name of this process when it begins; null later
   * @return how many there were
   */
  public int recover(Handle tx, @Nullable String owner) {
    Instant now = clock.instant();
    return recover(tx, owner, job -> Optional.of(FailureReasons.stopped(now)));
  }

  /**
   * Takes jobs back likewise.
   *
   * @param lost says why a job has no process; nothing when it has one, whose lease ran out only
   *     because the store did not take its renewal
   */
  public int recover(
      Handle tx, @Nullable String owner, Function<Job, Optional<FailureReason>> lost) {
    Instant now = clock.instant();
    int recovered = 0;
    for (Job job : leases.abandoned(tx, owner, now)) {
      Optional<FailureReason> reason = lost.apply(job);
      if (reason.isEmpty()) {
        continue;
      }
      recovered++;
      List<FailureReason> reasons = List.of(reason.get());
      int last = attempts.list(tx, job.id()).size() - 1;
      boolean cancel = leases.cancelRequested(tx, job.id());
      if (cancel) {
        end(tx, job.id(), last, JobStatus.CANCELLED, List.of(FailureReasons.cancelled(now)));
      } else {
        retry(tx, job.id(), last, reasons, RetryState.of(job.retries()), Instant.EPOCH);
      }
    }
    return recovered;
  }

  private Ending ended(Handle tx, long id) {
    Job job = jobs.find(tx, id).orElseThrow();
    Connection connection = connections.find(tx, job.connection()).orElseThrow();
    List<Attempt> all = attempts.list(tx, id);
    List<AttemptStream> streams =
        JobTotals.latest(attempts.streams(tx, List.of(id)).getOrDefault(id, List.of()));
    Stats total = JobTotals.total(streams);
    @Nullable FailureReason failure =
        job.status() == JobStatus.FAILED && !all.getLast().failures().isEmpty()
            ? all.getLast().failures().getFirst()
            : null;
    tellTimeline(tx, job, all.size(), streams, failure);
    List<Job> ended = jobs.ended(tx, job.connection(), AutoDisable.JOBS_LOOKED_AT);
    AutoDisable.Verdict verdict = verdict(ended, job, connection);
    if (verdict == AutoDisable.Verdict.DISABLE) {
      connection = disable(tx, connection);
    }
    Ending ending =
        new Ending(
            new EndedJob(
                job, connection, all, streams, total, failure, inARow(ended), job.updatedAt()),
            verdict == AutoDisable.Verdict.DISABLE,
            verdict == AutoDisable.Verdict.WARN);
    listeners.write(tx, ending);
    return ending;
  }

  private void tellTimeline(
      Handle tx,
      Job job,
      int attemptsCount,
      List<AttemptStream> streams,
      @Nullable FailureReason failure) {
    Stats total = JobTotals.total(streams);
    ObjectNode summary =
        summary(job)
            .put("endTimeEpochSeconds", job.updatedAt().getEpochSecond())
            .put("bytesLoaded", total.bytesCommitted())
            .put("recordsLoaded", total.recordsCommitted())
            .put("recordsRejected", total.recordsRejected())
            .put("attemptsCount", attemptsCount);
    if (!summary.has(STREAMS) && !streams.isEmpty()) {
      summary.set(
          STREAMS,
          StreamNames.descriptors(streams.stream().map(AttemptStream::stream).sorted().toList()));
    }
    if (failure != null) {
      summary.set("failureReason", failure.json());
    }
    String suffix =
        switch (job.status()) {
          case SUCCEEDED -> "SUCCEEDED";
          case CANCELLED -> "CANCELLED";
          case FAILED, PENDING, RUNNING, INCOMPLETE ->
              total.bytesCommitted() > 0 ? "INCOMPLETE" : "FAILED";
        };
    timeline.add(tx, job.connection().value(), event(job, suffix), summary, job.id(), null);
  }

  private static int inARow(List<Job> ended) {
    return (int) ended.stream().takeWhile(one -> one.status() == JobStatus.FAILED).count();
  }

  private static AutoDisable.Verdict verdict(List<Job> ended, Job job, Connection connection) {
    if (job.status() != JobStatus.FAILED || connection.status() != ConnectionStatus.ACTIVE) {
      return AutoDisable.Verdict.GO_ON;
    }
    return AutoDisable.of(ended, job.updatedAt());
  }

  private Connection disable(Handle tx, Connection connection) {
    tx.createUpdate(
            "UPDATE connection SET status = 'inactive', status_reason = :reason,"
                + " updated_at = :now WHERE id = :id")
        .bind("reason", AutoDisable.REASON)
        .bind("now", clock.millis())
        .bind("id", connection.id().toString())
        .execute();
    timeline.add(
        tx,
        connection.id().value(),
        "CONNECTION_DISABLED",
        Documents.empty().put("disabledReason", AutoDisable.REASON),
        null);
    return connections.find(tx, connection.id()).orElseThrow();
  }

  private static ObjectNode summary(Job job) {
    Instant started = Objects.requireNonNullElse(job.startedAt(), job.createdAt());
    ObjectNode summary =
        Documents.empty()
            .put("jobId", job.id())
            .put("startTimeEpochSeconds", started.getEpochSecond());
    JobConfig config = JobConfig.of(job.config());
    if (!config.streams().isEmpty()) {
      summary.set(STREAMS, StreamNames.descriptors(config.streams()));
    }
    return summary;
  }

  private static String event(Job job, String suffix) {
    Map<JobType, String> kinds =
        Map.of(JobType.SYNC, "SYNC", JobType.REFRESH, "REFRESH", JobType.RESET_CONNECTION, "CLEAR");
    return kinds.get(job.type()) + "_" + suffix;
  }
}
