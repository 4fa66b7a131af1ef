package io.millrace.connectors.postgres.source;

import org.jspecify.annotations.Nullable;

/**
 * What the next read begins with, as far as it is known before this one ends.
 *
 * @param cursor the largest cursor of all rows, or null where there is none
 * @param ties the number of rows with that cursor, or -1 where it is of no use
 */
record Ahead(@Nullable String cursor, long ties) {
  static final Ahead NOTHING = new Ahead(null, -1);
}
