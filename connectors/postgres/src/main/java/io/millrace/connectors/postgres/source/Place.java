package io.millrace.connectors.postgres.source;

import static io.millrace.connectors.postgres.connect.PgIdentifiers.quote;

import io.millrace.spi.StreamName;

/**
 * Where rows are read: a range of a table's pages, or a whole relation.
 *
 * @param oid the relation
 * @param name its schema and name
 * @param only the relation's own rows, without those of its children
 * @param file see {@link Leaf#file}; 0 where the place has no pages to be sure of
 * @param from the first page
 * @param to the page behind the last; {@link #END} for all that there are
 */
record Place(long oid, StreamName name, boolean only, long file, long from, long to) {
  /** Behind every page. */
  static final long END = Long.MAX_VALUE;

  /** A place without pages is the whole relation. */
  boolean whole() {
    return from == 0 && to == END;
  }

  /** Tells whether there is nothing to read. */
  boolean empty() {
    return to <= from;
  }

  /** Tells whether every row of the other place is one of this. */
  boolean contains(Place other) {
    return oid == other.oid && from <= other.from && to >= other.to;
  }

  /** Returns another range of the same relation. */
  Place range(long first, long behindLast) {
    return new Place(oid, name, only, file, first, behindLast);
  }

  /** Returns the range with another end. */
  Place until(long behindLast) {
    return range(from, behindLast);
  }

  /** Returns what to select from, named {@code t}. */
  String source() {
    return (only ? "ONLY " : "") + quote(name.namespace(), name.name()) + " t";
  }

  /** Returns the condition that a row is within the pages, or an empty text. */
  String condition() {
    if (whole()) {
      return "";
    }
    if (empty()) {
      return "false";
    }
    String lower = "t.ctid >= '(" + from + ",0)'";
    return to == END ? lower : lower + " AND t.ctid < '(" + to + ",0)'";
  }
}
