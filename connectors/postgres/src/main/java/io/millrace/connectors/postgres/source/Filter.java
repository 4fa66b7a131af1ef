package io.millrace.connectors.postgres.source;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a place are read. A row is, when its transaction is not among the known ones, or
 * its cursor is behind the given one; with neither given, every row is.
 *
 * @param known the transactions whose rows have been read before
 * @param cursor the position up to which rows have been read before
 * @param inclusive rows at the position itself are read, too
 * @param before transactions from this id on wait for the next read; {@link #NO_END} for none
 */
record Filter(@Nullable Known known, @Nullable Cursor cursor, boolean inclusive, long before) {
  /** No transaction has to wait. */
  static final long NO_END = Long.MAX_VALUE;

  static final Filter ALL = new Filter(null, null, false, NO_END);

  private static final long ID_MASK = 0xffff_ffffL;

  static Filter since(Known known) {
    return new Filter(known, null, false, NO_END);
  }

  Filter or(@Nullable Cursor position) {
    return new Filter(known, position, inclusive, before);
  }

  Filter before(long transaction) {
    return new Filter(known, cursor, inclusive, transaction);
  }

  /** Tells whether every row is read that was there in time. */
  boolean takesAll() {
    return known == null && cursor == null;
  }

  /** Returns the moment up to which rows are read, where the given one is the newest. */
  SnapshotView moment(SnapshotView newest) {
    return before == NO_END ? newest : newest.settled();
  }

  /** Returns the condition on rows of the table {@code t}, or an empty text. */
  String condition() {
    List<String> either = new ArrayList<>();
    if (known != null) {
      either.add(unknown(known));
    }
    if (cursor != null) {
      either.add(cursor.column() + (inclusive ? " >= " : " > ") + cursor.constant());
    }
    String fresh = String.join(" OR ", either);
    if (before == NO_END) {
      return fresh;
    }
    String ended = "pg_catalog.age(t.xmin) > (SELECT pg_catalog.age(" + xid(before) + "))";
    return fresh.isEmpty() ? ended : "(" + fresh + ") AND " + ended;
  }

  /**
   * A row's 32-bit id has no order, but its age has: how many transactions ago it was. The age of
   * rows frozen for good may be negative once ids have gone round.
   */
  private static String unknown(Known known) {
    String young =
        "pg_catalog.age(t.xmin) BETWEEN 0 AND (SELECT pg_catalog.age("
            + xid(known.horizon())
            + "))";
    if (known.seen().isEmpty()) {
      return "(" + young + ")";
    }
    String seen =
        known.seen().stream()
            .map(id -> Long.toString(id & ID_MASK))
            .collect(Collectors.joining(",", "'{", "}'"));
    return "(" + young + " AND NOT t.xmin = ANY(" + seen + "::pg_catalog.xid[]))";
  }

  private static String xid(long transaction) {
    return "'" + (transaction & ID_MASK) + "'::pg_catalog.xid";
  }
}
