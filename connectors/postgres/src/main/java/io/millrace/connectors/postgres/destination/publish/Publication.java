package io.millrace.connectors.postgres.destination.publish;

import io.millrace.connectors.postgres.destination.table.Sql;
import io.millrace.connectors.postgres.destination.table.TableDesign;
import io.millrace.connectors.postgres.destination.table.TableName;
import java.sql.Connection;
import java.sql.SQLException;

/** Carries out a {@link Replacement}, within the caller's transaction. */
public final class Publication {
  private Publication() {}

  /**
   * Brings the rows of a staging table, which has the target's columns and no others, into the
   * target in the place of the old ones. The staging table is gone afterwards.
   */
  public static void replace(Connection jdbc, TableName stage, TableName target, TableDesign design)
      throws SQLException {
    // Rows that a policy hides would survive their replacement; this makes it a failure instead.
    Sql.execute(jdbc, "SET LOCAL row_security = off");
    switch (Replacement.decide(jdbc, target, design)) {
      case Replacement.Create() -> Swap.rename(jdbc, stage, target);
      case Replacement.Swap(var old) -> new Swap(jdbc, stage, target, design).replace(old);
      case Replacement.InPlace inPlace -> replaceRows(jdbc, stage, target, inPlace);
    }
  }

  private static void replaceRows(
      Connection jdbc, TableName stage, TableName target, Replacement.InPlace inPlace)
      throws SQLException {
    if (!inPlace.evolution().actions().isEmpty()) {
      Locks.take(jdbc, () -> Sql.execute(jdbc, inPlace.evolution().statement(target.quoted())));
    }
    String columns = inPlace.evolution().design().nameList();
    // The rows of tables that inherit from it are not its own.
    String only = inPlace.old().kind() == 'r' ? "ONLY " : "";
    Sql.execute(jdbc, "DELETE FROM " + only + target.quoted());
    Sql.execute(
        jdbc,
        "INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM %s"
            .formatted(target.quoted(), columns, columns, stage.quoted()));
    Sql.execute(jdbc, "DROP TABLE " + stage.quoted());
  }
}
