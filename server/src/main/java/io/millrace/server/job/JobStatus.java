package io.millrace.server.job;

import java.util.Locale;

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

  /** Reads {@link #label}. */
  public static JobStatus of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
