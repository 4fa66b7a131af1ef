package io.millrace.engine;

import io.millrace.spi.Notice;
import io.millrace.spi.StreamName;
import java.time.Duration;

/** Something a person who watches a sync wants to know. */
public sealed interface SyncEvent {
  /**
   * The streams are known and reading begins.
   *
   * @param syncId the sync
   * @param resumed an earlier process began this sync
   * @param progress what can be asked while the sync runs
   */
  record Started(long syncId, boolean resumed, SyncProgress progress) implements SyncEvent {}

  /** A stream's first partition begins. */
  record StreamStarted(StreamName stream, String target) implements SyncEvent {}

  /** A stream has an end: succeeded, failed or cancelled. */
  record StreamEnded(StreamSummary summary) implements SyncEvent {}

  /**
   * A stream failed in a way that may pass.
   *
   * @param attempt the number of the retry that follows, from 1
   * @param delay how long until then
   */
  record Retrying(StreamName stream, Failure failure, int attempt, Duration delay)
      implements SyncEvent {}

  /** Something to know although nothing failed. */
  record Noticed(Notice notice) implements SyncEvent {}
}
