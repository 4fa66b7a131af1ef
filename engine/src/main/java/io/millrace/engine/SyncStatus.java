package io.millrace.engine;

import java.util.Locale;

/** What a sync came to. */
public enum SyncStatus {
  /** Every stream succeeded. */
  SUCCEEDED,
  /** Some streams succeeded, some failed. */
  PARTIAL,
  /** No stream succeeded. */
  FAILED,
  /** It was cancelled; the next sync goes on with it. */
  CANCELLED;

  /** Returns the name used in messages. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
