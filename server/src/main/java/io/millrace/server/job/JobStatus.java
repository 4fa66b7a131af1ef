package io.millrace.server.job;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a job does; the wire has exactly these. */
public enum JobStatus {
  /** It waits: for its turn, or for its next attempt's time. */
  PENDING,
  RUNNING,
  /** An attempt failed and another follows. */
  INCOMPLETE,
  FAILED,
  SUCCEEDED,
  CANCELLED;

  /** Tells whether nothing follows. */
  public boolean terminal() {
    return this == FAILED || this == SUCCEEDED || this == CANCELLED;
  }

  /** Returns the API's name. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the status that a request names, or nothing. Clients know {@code queued} for jobs that
   * wait elsewhere; here they are pending.
   */
  public static Optional<JobStatus> ofRequest(String text) {
    String name = text.equalsIgnoreCase("queued") ? PENDING.label() : text.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(one -> one.label().equals(name)).findFirst();
  }

  /** Reads {@link #label}. */
  public static JobStatus of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
