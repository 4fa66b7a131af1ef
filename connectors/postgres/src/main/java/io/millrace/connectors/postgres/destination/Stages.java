package io.millrace.connectors.postgres.destination;

import io.millrace.connectors.postgres.connect.PgIdentifiers;
import io.millrace.connectors.postgres.destination.table.Sql;
import io.millrace.connectors.postgres.destination.table.TableDesign;
import io.millrace.connectors.postgres.destination.table.TableName;
import java.sql.Connection;
import java.sql.SQLException;

/** The staging table of a sync: made with its record in one transaction, and dropped likewise. */
final class Stages {
  private Stages() {}

  /** Returns the staging table; makes it unless there is one. */
  static TableName make(Connection jdbc, Ledger ledger, Target target, TableDesign design)
      throws SQLException {
    String existing = ledger.stage(jdbc);
    if (existing != null) {
      return target.table().sibling(existing);
    }
    Sql.execute(jdbc, creation(target, design));
    StageDefaults.of(target, design).set(jdbc, target.stage());
    ledger.recordStage(jdbc, target.stage().name());
    return target.stage();
  }

  /** Returns the statement that makes the table; nobody needs its statistics or space back. */
  static String creation(Target target, TableDesign design) {
    String sequence =
        target.plan().writeMode().dedups()
            ? ", " + PgIdentifiers.quote(TableDesign.SEQUENCE_COLUMN) + " bigint"
            : "";
    return "CREATE %sTABLE %s (%s%s) WITH (autovacuum_enabled = false)"
        .formatted(
            Target.isUnlogged(target.stage().name()) ? "UNLOGGED " : "",
            target.stage().quoted(),
            design.definitionList(),
            sequence);
  }

  /** Drops the table and its record, if there is one. */
  static void drop(Connection jdbc, Ledger ledger, TableName target) throws SQLException {
    String existing = ledger.stage(jdbc);
    if (existing != null) {
      if (Target.isStage(existing)) {
        Sql.execute(jdbc, "DROP TABLE IF EXISTS " + target.sibling(existing).quoted());
      }
      ledger.forgetStage(jdbc);
    }
  }
}
