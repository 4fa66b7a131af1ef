package io.millrace.server.e2e;

import java.util.Locale;

/** The modes, and what they leave at the destination. */
enum KillMode {
  FULL_REFRESH_OVERWRITE,
  FULL_REFRESH_APPEND,
  FULL_REFRESH_OVERWRITE_DEDUP,
  INCREMENTAL_APPEND,
  INCREMENTAL_APPEND_DEDUP;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Tells whether rows are merged by their key. */
  boolean merges() {
    return this == FULL_REFRESH_OVERWRITE_DEDUP || this == INCREMENTAL_APPEND_DEDUP;
  }

  /** Tells whether rows of earlier generations stay beside newer ones of the same key. */
  boolean appends() {
    return this == FULL_REFRESH_APPEND || this == INCREMENTAL_APPEND;
  }
}
