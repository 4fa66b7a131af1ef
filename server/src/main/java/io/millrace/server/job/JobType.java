package io.millrace.server.job;

import java.util.Locale;

/** What a job is for; reset and clear are one. */
public enum JobType {
  SYNC,
  RESET_CONNECTION,
  REFRESH;

  /** Returns the Config API's name. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@link #label}. */
  public static JobType of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
