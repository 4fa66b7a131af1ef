package io.millrace.server.job;

import java.util.Locale;

/** What an attempt does or came to. */
public enum AttemptStatus {
  RUNNING,
  FAILED,
  SUCCEEDED;

  /** Returns the API's name. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@link #label}. */
  public static AttemptStatus of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
