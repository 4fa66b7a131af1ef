package io.millrace.server.job;

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
 */
public record JobView(Job job, List<Attempt> attempts, List<AttemptStream> streams) {
  private static final AttemptStore ATTEMPTS = new AttemptStore();

  public JobView {
    attempts = List.copyOf(attempts);
    streams = List.copyOf(streams);
  }

  /** Loads what is known of jobs, in their order. */
  public static List<JobView> of(Handle tx, List<Job> jobs) {
    List<Long> ids = jobs.stream().map(Job::id).toList();
    Map<Long, List<Attempt>> attempts = ATTEMPTS.list(tx, ids);
    Map<Long, List<AttemptStream>> streams = ATTEMPTS.streams(tx, ids);
    List<JobView> views = new ArrayList<>();
    for (Job job : jobs) {
      views.add(
          new JobView(
              job,
              attempts.getOrDefault(job.id(), List.of()),
              streams.getOrDefault(job.id(), List.of())));
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
