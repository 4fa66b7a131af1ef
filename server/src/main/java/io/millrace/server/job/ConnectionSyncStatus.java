package io.millrace.server.job;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a connection is doing, in one word, by the API's names. */
public enum ConnectionSyncStatus {
  RUNNING,
  PENDING,
  FAILED,
  PAUSED,
  INCOMPLETE,
  SYNCED;

  /** Returns the API's name. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Decides. Pure.
   *
   * @param open the job that has not ended, or null
   * @param ended the ended jobs, newest first
   * @param configFailure the last job failed by something that the user must change
   * @param breakingChange the source has changed in a way that somebody must look at
   * @param active the connection is active
   */
  public static ConnectionSyncStatus of(
      @Nullable Job open,
      List<Job> ended,
      boolean configFailure,
      boolean breakingChange,
      boolean active) {
    if (open != null) {
      return open.status() == JobStatus.RUNNING ? RUNNING : PENDING;
    }
    @Nullable Job last = ended.isEmpty() ? null : ended.getFirst();
    if (breakingChange || configFailure) {
      return FAILED;
    }
    if (!active) {
      return PAUSED;
    }
    if (last != null && last.status() == JobStatus.CANCELLED) {
      return INCOMPLETE;
    }
    if (last == null || last.type() == JobType.RESET_CONNECTION) {
      return PENDING;
    }
    return last.status() == JobStatus.FAILED ? INCOMPLETE : SYNCED;
  }
}
