package io.millrace.engine;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a sync came to.
 *
 * @param syncId the sync
 * @param status what it came to
 * @param streams every stream, in the order of the sync
 * @param duration of this process's part
 */
public record SyncSummary(
    long syncId, SyncStatus status, List<StreamSummary> streams, Duration duration) {
  public SyncSummary {
    streams = List.copyOf(streams);
  }

  /** Tells whether something failed, and every failure is one that may pass with time. */
  public boolean onlyTransientFailures() {
    return failed() && failures().stream().allMatch(f -> f.kind() == Failure.Kind.TRANSIENT);
  }

  /** Tells whether nothing succeeded, no row was read, and every failure is the user's to mend. */
  public boolean onlyConfigFailuresBeforeFirstRow() {
    return status == SyncStatus.FAILED
        && failures().stream().allMatch(f -> f.kind() == Failure.Kind.CONFIG)
        && streams.stream().allMatch(s -> s.tally().rowsRead() == 0);
  }

  private boolean failed() {
    return streams.stream().anyMatch(s -> s.failure() != null);
  }

  private List<Failure> failures() {
    return streams.stream()
        .flatMap(s -> s.failure() == null ? Stream.of() : Stream.of(s.failure()))
        .toList();
  }
}
