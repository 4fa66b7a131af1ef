package io.millrace.connectors.postgres.source;

import java.util.List;
import java.util.stream.Stream;

/**
 * Which transactions' rows have been read: all below the horizon, and of those above it the listed
 * ones.
 *
 * <p>A list of the transactions that were <em>not</em> visible would not do: a snapshot tells the
 * running transactions, but not their subtransactions, whose ids rows carry, too. The ids that were
 * met in rows are certain: rows of one id become visible all at once.
 *
 * @param horizon 64-bit transaction id
 * @param seen ids from the horizon on, in ascending order
 */
record Known(long horizon, List<Long> seen) {
  /**
   * How far a snapshot's oldest running transaction may lie behind its newest, for the ids between
   * to be recorded.
   */
  static final long GAP_MAX = 100_000;

  Known {
    seen = List.copyOf(seen);
  }

  static Known below(long horizon) {
    return new Known(horizon, List.of());
  }

  /** Returns what is known after more was read under a later snapshot. */
  Known then(SnapshotView snapshot, Stream<Long> met) {
    return new Known(
        snapshot.xmin(),
        Stream.concat(seen.stream(), met)
            .filter(id -> id >= snapshot.xmin())
            .sorted()
            .distinct()
            .toList());
  }
}
