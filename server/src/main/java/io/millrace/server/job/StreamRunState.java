package io.millrace.server.job;

import java.util.Locale;

/** What a stream does in an attempt, or came to. */
public enum StreamRunState {
  RUNNING,
  COMPLETE,
  /** It failed. */
  INCOMPLETE,
  CANCELLED;

  /** Tells whether it has ended. */
  public boolean ended() {
    return this != RUNNING;
  }

  /** Returns the name in the store. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@link #label}. */
  public static StreamRunState of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
