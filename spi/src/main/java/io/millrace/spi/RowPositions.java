package io.millrace.spi;

import org.jspecify.annotations.Nullable;

/**
 * Says where the rows of a batch are at their source, for those that turn out later not to be
 * carried. Pure; asked for few rows, so the answer may take a while.
 */
@FunctionalInterface
public interface RowPositions {
  /** The source knows no positions that a person could go to. */
  RowPositions UNKNOWN = row -> null;

  /** Returns the position as in {@link RejectedRow#position}, or null where it is not known. */
  @Nullable String of(int row);

  /** Returns the position, or another where it is not known. */
  default String of(int row, String otherwise) {
    String known = of(row);
    return known == null ? otherwise : known;
  }

  /**
   * Returns the positions of some of these rows.
   *
   * @param origins for each row its number here
   */
  default RowPositions at(int[] origins) {
    return row -> of(origins[row]);
  }
}
