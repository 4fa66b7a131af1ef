package io.millrace.spi;

/** What a sync does to the rows that the target already holds. */
public enum WriteMode {
  /** Adds the rows; a row is visible as soon as it is committed. */
  APPEND,
  /** Replaces the whole target at the end of the sync, in one step. */
  OVERWRITE,
  /** Replaces the whole target at the end of the sync by the newest row of each key. */
  OVERWRITE_DEDUP,
  /** Merges by key at the end of the sync: the row with the newest cursor wins. */
  APPEND_DEDUP;

  /** Tells whether rows stay invisible until {@link StreamLoader#finish}. */
  public boolean staged() {
    return this != APPEND;
  }

  /** Tells whether the mode needs a primary key. */
  public boolean dedups() {
    return this == OVERWRITE_DEDUP || this == APPEND_DEDUP;
  }
}
