package io.millrace.connectors.duckdb;

import io.millrace.spi.LoadPlan;
import io.millrace.spi.WriteMode;
import java.sql.SQLException;
import java.util.Map;

/** Looks at a database and finds what a load needs there. Changes nothing. */
final class TargetFinder {
  private TargetFinder() {}

  /** Finds the target in an open database. */
  static Target find(Session session, String catalog, String schema, LoadPlan plan)
      throws SQLException {
    Table table = new Table(catalog, schema, plan.target().name());
    Table staging = table.beside(StagingNames.table(plan));
    boolean replaces =
        plan.writeMode() == WriteMode.OVERWRITE || plan.writeMode() == WriteMode.OVERWRITE_DEDUP;
    Table changed = replaces ? staging : table;
    Map<String, String> existing = changed.columns(session);
    existing.remove(StagingNames.ORDINAL);
    existing.remove(StagingNames.POSITION);
    return of(plan, table, staging, TableChange.plan(changed, plan.schema(), existing));
  }

  /** Makes the target in a database that does not exist yet. */
  static Target absent(String catalog, String schema, LoadPlan plan) {
    Table table = new Table(catalog, schema, plan.target().name());
    return of(
        plan,
        table,
        table.beside(StagingNames.table(plan)),
        TableChange.plan(table, plan.schema(), Map.of()));
  }

  private static Target of(LoadPlan plan, Table table, Table staging, TableChange change) {
    return new Target(plan, table, staging, change, new CommitLog(table.catalog(), plan));
  }
}
