package io.millrace.connectors.faker;

/**
 * Rows to be made.
 *
 * @param seed the seed of all data
 * @param firstId the id of the first row
 * @param rows how many rows
 * @param updatedAtMicros the time that every row has as updated_at; {@link #NOT_SET} when it is
 *     made up too
 * @param products how many products there are
 */
record Slice(long seed, long firstId, int rows, long updatedAtMicros, int products) {
  /** No time was given. */
  static final long NOT_SET = Long.MIN_VALUE;
}
