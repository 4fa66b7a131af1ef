package io.millrace.server.job.run;

import io.millrace.server.connection.ConnectionId;
import io.millrace.server.job.Job;
import io.millrace.server.job.JobLeases;
import io.millrace.server.job.JobTransitions;
import io.millrace.server.job.JobTransitions.Claim;
import io.millrace.server.store.Database;
import io.millrace.server.workspace.WorkspaceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The jobs that wait, in their order: workspaces take turns, and within one the job whose time came
 * first. The queue is the store, so that it outlives the process. Used by one thread.
 */
final class JobQueue {
  private final Database database;
  private final Clock clock;
  private final JobTransitions transitions;
  private final String owner;
  private final FairOrder order = new FairOrder();
  private final JobLeases leases = new JobLeases();

  JobQueue(Database database, Clock clock, JobTransitions transitions, String owner) {
    this.database = database;
    this.clock = clock;
    this.transitions = transitions;
    this.owner = owner;
  }

  /**
   * Takes the next job for this process; empty when none is due.
   *
   * @param busy connections whose last run has not ended yet
   */
  Optional<Claim> take(Set<ConnectionId> busy) {
    while (true) {
      Instant now = clock.instant();
      Optional<WorkspaceId> turn = order.next(database.read(tx -> leases.waiting(tx, now, busy)));
      if (turn.isEmpty()) {
        return Optional.empty();
      }
      Optional<Job> job = database.read(tx -> leases.oldest(tx, turn.get(), now, busy));
      if (job.isPresent()) {
        Optional<Claim> claim = database.write(tx -> transitions.begin(tx, job.get(), owner));
        if (claim.isPresent()) {
          return claim;
        }
      }
    }
  }

  /** Returns how long it takes until a job's time comes, at most so long. */
  Duration untilNext(Duration max) {
    Instant now = clock.instant();
    Instant next = database.read(tx -> leases.nextDue(tx, now));
    Instant latest = now.plus(max);
    return Duration.between(now, next.isBefore(latest) ? next : latest);
  }
}
