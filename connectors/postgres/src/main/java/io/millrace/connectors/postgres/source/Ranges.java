package io.millrace.connectors.postgres.source;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts tables into ranges of pages that are read side by side.
 *
 * @param bytesMin a smaller table is not cut
 * @param bytesMax the size a range of a large table has
 */
record Ranges(double bytesMin, double bytesMax) {
  /** What is used outside tests. */
  static final Ranges DEFAULT = new Ranges(16 << 20, 96 << 20);

  /** From this version on, a range of pages is read without looking at the others. */
  private static final int VERSION_WITH_RANGE_SCANS = 14;

  /**
   * Enough for a few on each of several sessions, so that they end at about the same time. Each
   * costs both servers a COPY with buffers of its own.
   */
  private static final int RANGES_WANTED = 8;

  /** However large a table: every range has a token that is stored. */
  private static final int RANGES_MAX = 2_000;

  /** Returns the same with ranges of a large table of at least so many bytes. */
  Ranges ofAtLeast(long bytes) {
    return new Ranges(bytesMin, Math.max(bytesMax, (double) bytes));
  }

  /** Tells whether a leaf can be cut. */
  static boolean canCut(Leaf leaf, int serverVersion) {
    return leaf.hasTransactions() && serverVersion >= VERSION_WITH_RANGE_SCANS;
  }

  /** Returns a leaf as one place. */
  static Place whole(Leaf leaf) {
    boolean only = leaf.kind() == 'r' || leaf.kind() == 'f';
    long file = leaf.hasTransactions() ? leaf.file() : 0;
    return new Place(leaf.oid(), leaf.name(), only, file, 0, Place.END);
  }

  /** Cuts a range of pages of a leaf; the last one ends where the range ends. */
  List<Place> cut(Leaf leaf, long from, long to) {
    Place all = whole(leaf);
    long end = Math.max(from + 1, Math.min(to, leaf.blocks()));
    double blockBytes = Math.max(1.0, (double) leaf.bytes() / Math.max(1, leaf.blocks()));
    double bytes = blockBytes * (end - from);
    double target = Math.clamp(bytes / RANGES_WANTED, bytesMin, bytesMax);
    long count = Math.clamp((long) Math.ceil(bytes / target), 1, RANGES_MAX);
    long step = Math.max(1, Math.ceilDiv(end - from, count));
    List<Place> places = new ArrayList<>();
    for (long at = from; at < end; at += step) {
      long next = at + step >= end ? to : at + step;
      places.add(new Place(all.oid(), all.name(), all.only(), all.file(), at, next));
    }
    return places;
  }
}
