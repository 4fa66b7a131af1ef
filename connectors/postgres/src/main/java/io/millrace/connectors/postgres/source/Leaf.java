package io.millrace.connectors.postgres.source;

import io.millrace.spi.StreamName;

/**
 * A relation with rows of its own: a table, a partition, a child of an inheritance parent, a view.
 *
 * @param oid its object id
 * @param name its schema and name
 * @param kind {@code relkind}
 * @param file {@code relfilenode} as the snapshot shows it: another one means that the table was
 *     truncated or rewritten since; 0 where there is none
 * @param heap it is stored in PostgreSQL's own table format
 * @param readable the user may select from it as a whole
 * @param blocks the number of pages
 * @param bytes the size with large values kept apart (TOAST), and indexes left out
 * @param rows a guess of the number of rows, or -1
 */
record Leaf(
    long oid,
    StreamName name,
    char kind,
    long file,
    boolean heap,
    boolean readable,
    long blocks,
    long bytes,
    long rows) {
  /** Tells whether rows carry the transaction that wrote them. */
  boolean hasTransactions() {
    return heap && readable && (kind == 'r' || kind == 'm');
  }

  /**
   * Tells whether the transaction that wrote a row tells what is new. A refresh of a materialised
   * view writes every row anew, so there it does not.
   */
  boolean tracksChanges() {
    return hasTransactions() && kind == 'r';
  }
}
