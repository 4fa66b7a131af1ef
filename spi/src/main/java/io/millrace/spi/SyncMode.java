package io.millrace.spi;

import java.util.Locale;

/** How a stream is read and written, by the names that pipelines use (lower case). */
public enum SyncMode {
  FULL_REFRESH_OVERWRITE(false, WriteMode.OVERWRITE),
  FULL_REFRESH_APPEND(false, WriteMode.APPEND),
  FULL_REFRESH_OVERWRITE_DEDUP(false, WriteMode.OVERWRITE_DEDUP),
  INCREMENTAL_APPEND(true, WriteMode.APPEND),
  INCREMENTAL_APPEND_DEDUP(true, WriteMode.APPEND_DEDUP);

  private final boolean incremental;
  private final WriteMode writeMode;

  SyncMode(boolean incremental, WriteMode writeMode) {
    this.incremental = incremental;
    this.writeMode = writeMode;
  }

  /** Tells whether only what is new since the last sync is read. */
  public boolean incremental() {
    return incremental;
  }

  /** Returns what happens to the rows that the target already holds. */
  public WriteMode writeMode() {
    return writeMode;
  }

  /** Returns the name used in pipelines and messages, such as {@code incremental_append}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
