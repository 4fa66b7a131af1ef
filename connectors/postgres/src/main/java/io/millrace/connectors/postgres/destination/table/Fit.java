package io.millrace.connectors.postgres.destination.table;

/** What must become of an existing column so that it takes every value of a wanted type. */
sealed interface Fit {
  /** Nothing: it takes them as it is. */
  record Keeps() implements Fit {}

  /**
   * Its type is widened.
   *
   * @param to the new type, which holds every old and every new value exactly
   */
  record Widens(PgType to) implements Fit {}

  /** There is no type that holds both. */
  record Clashes() implements Fit {}
}
