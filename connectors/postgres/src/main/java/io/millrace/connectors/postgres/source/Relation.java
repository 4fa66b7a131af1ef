package io.millrace.connectors.postgres.source;

import io.millrace.connectors.postgres.type.PgColumn;
import io.millrace.spi.StreamName;
import java.util.List;

/**
 * What a stream is in the database.
 *
 * @param oid its object id
 * @param name its schema and name
 * @param kind {@code relkind}
 * @param columns its columns
 * @param leaves what its rows are stored in, itself among them where it has rows of its own
 * @param apart the leaves may be read one by one; otherwise the relation is read as a whole,
 *     because row security holds for it, or the user has no right to a leaf
 */
record Relation(
    long oid,
    StreamName name,
    char kind,
    List<PgColumn> columns,
    List<Leaf> leaves,
    boolean apart,
    boolean rowSecurity) {
  Relation {
    columns = List.copyOf(columns);
    leaves = List.copyOf(leaves);
  }

  /** Tells whether all rows carry the transaction that wrote them and so tell what is new. */
  boolean tracksChanges() {
    return apart && !leaves.isEmpty() && leaves.stream().allMatch(Leaf::tracksChanges);
  }

  /** Returns a guess of the number of rows, or -1. */
  long rows() {
    return leaves.stream().anyMatch(leaf -> leaf.rows() < 0)
        ? -1
        : leaves.stream().mapToLong(Leaf::rows).sum();
  }

  /** Returns the size in bytes. */
  long bytes() {
    return leaves.stream().mapToLong(Leaf::bytes).sum();
  }
}
