package io.millrace.engine;

import java.util.Locale;

/** What a stream does or came to. */
public enum StreamStatus {
  PENDING,
  RUNNING,
  SUCCEEDED,
  FAILED,
  CANCELLED;

  /** Returns the name used in messages. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
