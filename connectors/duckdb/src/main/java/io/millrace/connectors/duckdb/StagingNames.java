package io.millrace.connectors.duckdb;

import io.millrace.spi.LoadPlan;

/** The names of what a load keeps out of sight until it is published. */
final class StagingNames {
  /** The schema of our own records. */
  static final String CONTROL_SCHEMA = "_millrace";

  /** The column that holds a row's partition, in extraction order. */
  static final String ORDINAL = "_millrace_ordinal";

  /** The column that holds a row's place within its partition. */
  static final String POSITION = "_millrace_position";

  private static final String PREFIX = "_millrace_staged_";

  private StagingNames() {}

  /** Returns what the names of the staging tables of all syncs of this stream begin with. */
  static String prefix(LoadPlan plan) {
    return PREFIX + ColumnNames.hash(plan.connectionId() + "\n" + plan.stream().display()) + "_";
  }

  /** Returns the name of this sync's staging table. */
  static String table(LoadPlan plan) {
    return prefix(plan) + plan.syncId();
  }
}
