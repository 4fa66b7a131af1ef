package io.millrace.connectors.postgres.destination.publish;

import io.millrace.connectors.postgres.connect.PgIdentifiers;
import io.millrace.connectors.postgres.destination.table.ExistingTable;
import io.millrace.connectors.postgres.destination.table.Names;
import io.millrace.connectors.postgres.destination.table.Sql;
import io.millrace.connectors.postgres.destination.table.TableDesign;
import io.millrace.connectors.postgres.destination.table.TableName;
import io.millrace.spi.TransientException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Puts the staging table in the place of the target, within the caller's transaction. */
final class Swap {
  /** Takes the lock of a view and of nothing below it; changes nothing. */
  private static final String VIEW_LOCKS =
      """
      SELECT DISTINCT v.oid, format('ALTER VIEW %s OWNER TO %I', v.oid::regclass,
                                    pg_get_userbyid(v.relowner)) AS sql
        FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid JOIN pg_class v ON v.oid = r.ev_class
       WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass
         AND d.refobjid = ? AND v.relkind = 'v'
       ORDER BY v.oid
      """;

  private final Connection jdbc;
  private final TableName stage;
  private final TableName target;
  private final TableDesign design;

  Swap(Connection jdbc, TableName stage, TableName target, TableDesign design) {
    this.jdbc = jdbc;
    this.stage = stage;
    this.target = target;
    this.design = design;
  }

  /** Gives the staging table a name that is free. */
  static void rename(Connection jdbc, TableName stage, TableName target) throws SQLException {
    Sql.execute(jdbc, "ALTER TABLE " + stage.quoted() + " RESET (autovacuum_enabled)");
    Sql.execute(
        jdbc, "ALTER TABLE " + stage.quoted() + " RENAME TO " + PgIdentifiers.quote(target.name()));
  }

  /**
   * Replaces the old table. What takes long is done before its lock is taken; readers wait for the
   * exchange of names alone.
   */
  void replace(ExistingTable old) throws SQLException {
    String path = Sql.string(jdbc, "SELECT current_setting('search_path')");
    Sql.execute(jdbc, "SET LOCAL search_path = ''");
    CarryOver before = carryOver(old);
    run(before.onStage());
    Locks.take(jdbc, () -> lock(old.oid()));
    requireSame(before, old);
    TableName gone = target.sibling(Names.RESERVED_PREFIX + "_old_" + Names.hash(target.name()));
    Sql.execute(
        jdbc, "ALTER TABLE " + target.quoted() + " RENAME TO " + PgIdentifiers.quote(gone.name()));
    Sql.execute(
        jdbc, "ALTER TABLE " + stage.quoted() + " RENAME TO " + PgIdentifiers.quote(target.name()));
    run(before.rebinding());
    Sql.execute(jdbc, "DROP TABLE " + gone.quoted());
    run(before.onTarget());
    Sql.string(jdbc, "SELECT set_config('search_path', ?, true)", path);
  }

  private CarryOver carryOver(ExistingTable old) throws SQLException {
    String stageOid = Sql.string(jdbc, "SELECT ?::regclass::oid", stage.quoted());
    return CarryOver.read(
        jdbc, old.oid(), Long.parseLong(String.valueOf(stageOid)), stage, target, design);
  }

  /** Views first, as their readers do, so that nobody waits for anybody in a circle. */
  private void lock(long oldOid) throws SQLException {
    run(Sql.strings(jdbc, "SELECT sql FROM (" + VIEW_LOCKS + ") AS locks", oldOid));
    Sql.execute(jdbc, "LOCK TABLE " + target.quoted() + " IN ACCESS EXCLUSIVE MODE");
  }

  private void requireSame(CarryOver before, ExistingTable old) throws SQLException {
    String oid = Sql.string(jdbc, "SELECT ?::regclass::oid", target.quoted());
    boolean same = Long.toString(old.oid()).equals(oid);
    if (!same || !carryOver(old).equals(before)) {
      throw new TransientException(
          "target_changed",
          "The definition of the table "
              + target.display()
              + " was changed while it was being replaced. It is tried again.",
          "target " + target.quoted() + " oid " + old.oid() + " then, " + oid + " now",
          null);
    }
  }

  private void run(List<String> statements) throws SQLException {
    for (String sql : statements) {
      Sql.execute(jdbc, sql);
    }
  }
}
