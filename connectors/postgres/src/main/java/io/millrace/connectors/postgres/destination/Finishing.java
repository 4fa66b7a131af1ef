package io.millrace.connectors.postgres.destination;

import io.millrace.connectors.postgres.connect.PgIdentifiers;
import io.millrace.connectors.postgres.destination.publish.KeyIndex;
import io.millrace.connectors.postgres.destination.publish.Merge;
import io.millrace.connectors.postgres.destination.publish.Publication;
import io.millrace.connectors.postgres.destination.table.ExistingTable;
import io.millrace.connectors.postgres.destination.table.Sql;
import io.millrace.connectors.postgres.destination.table.TableDesign;
import io.millrace.connectors.postgres.destination.table.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a sync in one transaction that also records the receipt. A repeated call finds the
 * receipt and does nothing.
 */
final class Finishing {
  private static final String INDEX_MEMORY = "256MB";

  private final Connection jdbc;
  private final Target target;
  private final Ledger ledger;
  private final TableDesign design;

  private Finishing(Connection jdbc, Target target, Ledger ledger, TableDesign design) {
    this.jdbc = jdbc;
    this.target = target;
    this.ledger = ledger;
    this.design = design;
  }

  /** Publishes; returns the rows that came into the target. */
  static long run(Connection jdbc, Target target, Ledger ledger, TableDesign design)
      throws SQLException {
    Long published = ledger.receipt(jdbc);
    if (published != null) {
      return published;
    }
    Sql.execute(jdbc, "SET LOCAL maintenance_work_mem = '" + INDEX_MEMORY + "'");
    long rows = new Finishing(jdbc, target, ledger, design).publish();
    ledger.forgetStage(jdbc);
    ledger.recordReceipt(jdbc, rows);
    return rows;
  }

  private long publish() throws SQLException {
    return switch (target.plan().writeMode()) {
      case APPEND -> ledger.rows(jdbc);
      case OVERWRITE -> {
        replace(stage());
        yield ledger.rows(jdbc);
      }
      case OVERWRITE_DEDUP -> {
        TableName stage = stage();
        long rows = ledger.rows(jdbc) - target.merge(design).thin(jdbc, stage);
        dropSequence(stage);
        replace(stage);
        yield rows;
      }
      case APPEND_DEDUP -> merge();
    };
  }

  private long merge() throws SQLException {
    TableName stage = stageOrNull();
    ExistingTable existing =
        ExistingTable.read(jdbc, target.table().schema(), target.table().name());
    if (existing != null && stage == null) {
      return 0;
    }
    Merge merge = target.merge(design);
    TableName rows = stage == null ? stage() : stage;
    long thinned = merge.thin(jdbc, rows);
    if (existing != null) {
      KeyIndex.ensure(jdbc, target.table(), merge.keyNames());
      long merged = merge.run(jdbc, rows, target.table());
      Sql.execute(jdbc, "DROP TABLE " + rows.quoted());
      return merged;
    }
    begin(merge, rows);
    return ledger.rows(jdbc) - thinned;
  }

  /**
   * Makes the staging table the target: much faster than to insert into a new one with an index.
   */
  private void begin(Merge merge, TableName rows) throws SQLException {
    if (Target.isUnlogged(rows.name())) {
      Sql.execute(jdbc, "ALTER TABLE " + rows.quoted() + " SET LOGGED");
    }
    dropSequence(rows);
    Sql.execute(jdbc, KeyIndex.creation(rows, target.table(), merge.keyNames()));
    replace(rows);
  }

  private void replace(TableName stage) throws SQLException {
    StageDefaults.of(target, design).drop(jdbc, stage);
    Publication.replace(jdbc, stage, target.table(), design);
  }

  /** Returns the staging table, which a sync without rows has not made yet. */
  private TableName stage() throws SQLException {
    return Stages.make(jdbc, ledger, target, design);
  }

  private @Nullable TableName stageOrNull() throws SQLException {
    String stage = ledger.stage(jdbc);
    return stage == null ? null : target.table().sibling(stage);
  }

  private void dropSequence(TableName table) throws SQLException {
    Sql.execute(
        jdbc,
        "ALTER TABLE %s DROP COLUMN %s"
            .formatted(table.quoted(), PgIdentifiers.quote(TableDesign.SEQUENCE_COLUMN)));
  }
}
