package io.millrace.server.job;

import java.util.Locale;

/** What began a job. */
public enum Trigger {
  /** Somebody asked for it. */
  MANUAL,
  /** Its time had come. */
  SCHEDULED,
  /** Another connection has succeeded. */
  AFTER;

  /** Returns the name in the store. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@link #label}. */
  public static Trigger of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
