package io.millrace.server.job;

import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionStore;
import io.millrace.spi.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * A job with everything that is known of it.
 *
 * @param job the job
 * @param attempts its attempts, first to last; never empty
 * @param streams what each attempt did with each stream
 * @param enabled the streams it is about: as long as it is open those that its connection has
 *     selected, then those that it dealt with
 */
public record JobView(
    Job job, List<Attempt> attempts, List<AttemptStream> streams, List<StreamName> enabled) {
  private static final AttemptStore ATTEMPTS = new AttemptStore();
  private static final ConnectionStore CONNECTIONS = new ConnectionStore();

  public JobView {
    attempts = List.copyOf(attempts);
    streams = List.copyOf(streams);
    enabled = List.copyOf(enabled);
  }

  /** Loads what is known of jobs, in their order. */
  public static List<JobView> of(Handle tx, List<Job> jobs) {
    List<Long> ids = jobs.stream().map(Job::id).toList();
    Map<Long, List<Attempt>> attempts = ATTEMPTS.list(tx, ids);
    Map<Long, List<AttemptStream>> streams = ATTEMPTS.streams(tx, ids);
    Map<ConnectionId, List<StreamName>> selected =
        CONNECTIONS.selectedNames(
            tx,
            jobs.stream()
                .filter(job -> !job.status().terminal())
                .map(Job::connection)
                .distinct()
                .toList());
    List<JobView> views = new ArrayList<>();
    for (Job job : jobs) {
      List<AttemptStream> done = streams.getOrDefault(job.id(), List.of());
      List<StreamName> enabled =
          job.status().terminal()
              ? JobTotals.latest(done).stream().map(AttemptStream::stream).toList()
              : selected.getOrDefault(job.connection(), List.of());
      views.add(new JobView(job, attempts.getOrDefault(job.id(), List.of()), done, enabled));
    }
    return views;
  }

  /** Loads what is known of a job. */
  public static JobView of(Handle tx, Job job) {
    return of(tx, List.of(job)).getFirst();
  }

  /** Returns what an attempt did with each stream. */
  public List<AttemptStream> streams(int attempt) {
    return streams.stream().filter(one -> one.attempt() == attempt).toList();
  }

  /** Returns what each stream has come to, over all attempts. */
  public List<AttemptStream> latest() {
    return JobTotals.latest(streams);
  }

  /** Returns the counts over all streams and attempts. */
  public Stats total() {
    return JobTotals.total(latest());
  }
}
