package io.millrace.connectors.postgres.source;

import org.jspecify.annotations.Nullable;

/**
 * What a partition's token says.
 *
 * @param place where to read
 * @param filter which rows
 * @param snapshot the moment to read at; null where the reader takes one of its own
 * @param ahead what the next read begins with; null where the reader finds it out
 * @param since for a partition that catches up on pages read before: the {@link SnapshotView#key}
 *     of the moment they were read at; null otherwise
 */
record Task(
    Place place,
    Filter filter,
    @Nullable SnapshotView snapshot,
    @Nullable Ahead ahead,
    @Nullable String since) {

  /** Tells whether the reader must record which running transactions' rows it met. */
  static boolean recordsTransactions(SnapshotView snapshot, Place place) {
    return place.file() != 0 && snapshot.hasGaps() && snapshot.gapsCanBeRecorded();
  }

  Task at(SnapshotView newer, @Nullable Ahead newerAhead) {
    return new Task(place, filter, newer, newerAhead, since);
  }
}
