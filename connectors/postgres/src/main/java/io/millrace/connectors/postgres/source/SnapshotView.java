package io.millrace.connectors.postgres.source;

import org.jspecify.annotations.Nullable;

/**
 * What a snapshot sees: every transaction below {@code xmin}, none from {@code xmax} on, and of
 * those between only the ones that had ended. Transaction ids are 64-bit: epoch and id.
 *
 * @param name the name under which other sessions share it; null where it is a session's own
 * @param cluster names the database that the ids belong to
 * @param xmin the oldest transaction that was running
 * @param xmax one more than the newest transaction that had ended
 */
record SnapshotView(@Nullable String name, String cluster, long xmin, long xmax) {
  /** The text of {@code txid_current_snapshot()} is {@code xmin:xmax:running,running...}. */
  static SnapshotView parse(@Nullable String name, String cluster, String text) {
    String[] parts = text.split(":", -1);
    return new SnapshotView(name, cluster, Long.parseLong(parts[0]), Long.parseLong(parts[1]));
  }

  /** Names the moment, in whatever session it is seen. */
  String key() {
    return xmin + ":" + xmax;
  }

  /**
   * Returns the view that stops before the oldest running transaction, so that it has no gaps: what
   * is known after a read that left later transactions to the next.
   */
  SnapshotView settled() {
    return new SnapshotView(name, cluster, xmin, xmin);
  }

  /**
   * Tells whether the transactions between {@code xmin} and {@code xmax} can be told apart by the
   * ids in rows: they are few, and ids have not gone round, after which rows frozen long ago carry
   * the same ids.
   */
  boolean gapsCanBeRecorded() {
    return xmax - xmin <= Known.GAP_MAX && xmax >> Integer.SIZE == 0;
  }

  /** Tells whether transactions that it may not see have ids below some that it sees. */
  boolean hasGaps() {
    return xmin < xmax;
  }
}
