package io.millrace.server.job;

import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionStatus;
import io.millrace.server.connection.ConnectionStore;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Fault;
import io.millrace.server.job.JobTransitions.Ending;
import io.millrace.server.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** Starts and cancels jobs. Thread-safe. */
public final class Jobs {
  /** A cancel waits so long for the run to end before it answers; clients give up after 5 s. */
  private static final Duration CANCEL_ANSWER = Duration.ofMillis(2_500);

  private final Database database;
  private final JobTransitions transitions;
  private final RunningJobs running;
  private final JobBell bell;
  private final JobListeners listeners;
  private final JobStore jobs = new JobStore();
  private final JobLeases leases = new JobLeases();
  private final ConnectionStore connections = new ConnectionStore();

  /** Makes the service. */
  public Jobs(
      Database database,
      JobTransitions transitions,
      RunningJobs running,
      JobBell bell,
      JobListeners listeners) {
    this.database = database;
    this.transitions = transitions;
    this.running = running;
    this.bell = bell;
    this.listeners = listeners;
  }

  /**
   * Starts a job that somebody asked for; it runs as soon as there is room, after the transaction.
   * A sync asked for while the very first, scheduled one of the connection is unfinished is that
   * one.
   *
   * @throws ApiException 404 when there is no such connection; 409 when it may not run or has a job
   *     that has not ended
   */
  public Job start(Handle tx, ConnectionId id, JobType type, JobConfig config) {
    Connection connection =
        connections.find(tx, id).orElseThrow(() -> ApiException.notFound("connection", id));
    refuseUnlessRunnable(connection, type);
    Optional<Job> open = jobs.open(tx, id);
    if (open.isEmpty()) {
      return create(tx, id, type, config);
    }
    Job first = open.get();
    boolean firstRun =
        type == JobType.SYNC
            && first.type() == JobType.SYNC
            && JobConfig.of(first.config()).trigger() == Trigger.SCHEDULED
            && jobs.isFirst(tx, first);
    if (firstRun) {
      return first;
    }
    throw alreadyRunning(id);
  }

  /**
   * Starts a sync whose time has come, or that another's success began; empty when the connection
   * may not run or has a job that has not ended.
   */
  public Optional<Job> startQuietly(Handle tx, ConnectionId id, Trigger trigger) {
    Optional<Connection> connection = connections.find(tx, id);
    boolean active = connection.isPresent() && connection.get().status() == ConnectionStatus.ACTIVE;
    if (!active || jobs.open(tx, id).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(create(tx, id, JobType.SYNC, JobConfig.of(trigger, null)));
  }

  /**
   * Like {@link #startQuietly} for a schedule. Of several servers on one store each sees that a
   * time has come, and each would start a run that is short enough to be over before the next
   * server's turn.
   *
   * @param newest when the connection's newest job was made when the start was decided; null for
   *     none
   */
  public Optional<Job> startScheduled(Handle tx, ConnectionId id, @Nullable Instant newest) {
    @Nullable Instant made = jobs.newestMade(tx, id).orElse(null);
    return Objects.equals(made, newest)
        ? startQuietly(tx, id, Trigger.SCHEDULED)
        : Optional.empty();
  }

  /**
   * Cancels a job. Answers within 3 s, with the job as it is then; a job that runs has ended within
   * 10 s.
   *
   * @throws ApiException 404 when there is no such job; 409 when it has ended
   */
  public Job cancel(long id) throws InterruptedException {
    Optional<Ending> ending =
        database.write(
            tx -> {
              Job job = jobs.find(tx, id).orElseThrow(() -> ApiException.notFound("job", id));
              if (job.status().terminal()) {
                throw new ApiException(
                    Fault.STATE_CONFLICT,
                    "Job is not currently running: job "
                        + id
                        + " has ended as "
                        + job.status().label()
                        + ".");
              }
              return wish(tx, job);
            });
    if (ending.isPresent()) {
      tell(listeners, ending.get());
    } else {
      running.cancel(id);
      running.awaitEnd(id, CANCEL_ANSWER);
    }
    return database.read(tx -> jobs.find(tx, id)).orElseThrow();
  }

  /**
   * Cancels the connection's job that has not ended, if there is one, and does not wait for its
   * end. Begins a transaction of its own: call it outside any.
   */
  public void cancelOpen(ConnectionId connection) {
    Optional<Job> open = database.read(tx -> jobs.open(tx, connection));
    if (open.isEmpty()) {
      return;
    }
    long id = open.get().id();
    Optional<Ending> ending =
        database.write(
            tx ->
                jobs.find(tx, id)
                    .filter(job -> !job.status().terminal())
                    .flatMap(job -> wish(tx, job)));
    if (ending.isPresent()) {
      tell(listeners, ending.get());
    } else {
      running.cancel(id);
    }
  }

  /** Tells the listeners of an end. */
  public static void tell(JobListeners listeners, Ending ending) {
    listeners.tell(listener -> listener.ended(ending.ended()));
    if (ending.disabled()) {
      listeners.tell(listener -> listener.disabled(ending.ended().connection()));
    }
  }

  /** Cancels a job that waits; asks one that runs to end. */
  private Optional<Ending> wish(Handle tx, Job job) {
    if (job.status() == JobStatus.RUNNING) {
      leases.requestCancel(tx, job.id());
      return Optional.empty();
    }
    return transitions.cancelWaiting(tx, job);
  }

  private Job create(Handle tx, ConnectionId id, JobType type, JobConfig config) {
    try {
      Job job = transitions.create(tx, id, type, config);
      tx.afterCommit(bell::ring);
      return job;
    } catch (UnableToExecuteStatementException e) {
      // Another process added one since we looked: the index allows one open job.
      if (String.valueOf(e.getMessage()).contains("job_one_open")
          || String.valueOf(e.getMessage()).contains("UNIQUE")) {
        throw alreadyRunning(id);
      }
      throw e;
    }
  }

  private static void refuseUnlessRunnable(Connection connection, JobType type) {
    switch (connection.status()) {
      case ACTIVE -> {}
      case INACTIVE -> {
        if (type == JobType.SYNC) {
          throw notActive(connection);
        }
      }
      case DEPRECATED -> throw notActive(connection);
      case LOCKED ->
          throw ApiException.typed(
              Fault.STATE_CONFLICT,
              "error:connection/locked",
              "Connection " + connection.id() + " is locked.",
              Map.of("connectionId", connection.id().toString()));
    }
  }

  private static ApiException alreadyRunning(ConnectionId id) {
    return new ApiException(Fault.TRY_AGAIN_LATER, "A sync is already running for: " + id);
  }

  private static ApiException notActive(Connection connection) {
    return new ApiException(
        Fault.STATE_CONFLICT,
        "Connection "
            + connection.id()
            + " is "
            + connection.status().label()
            + "; only an active connection can be synced.");
  }
}
