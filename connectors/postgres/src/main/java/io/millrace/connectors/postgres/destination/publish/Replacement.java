package io.millrace.connectors.postgres.destination.publish;

import io.millrace.connectors.postgres.destination.table.Evolution;
import io.millrace.connectors.postgres.destination.table.ExistingColumn;
import io.millrace.connectors.postgres.destination.table.ExistingTable;
import io.millrace.connectors.postgres.destination.table.Sql;
import io.millrace.connectors.postgres.destination.table.TableDesign;
import io.millrace.connectors.postgres.destination.table.TableName;
import io.millrace.connectors.postgres.destination.table.TargetColumn;
import io.millrace.spi.ConfigException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How new rows take the place of a target's old ones. */
public sealed interface Replacement {
  /** There is no target yet: the staging table becomes it. */
  record Create() implements Replacement {}

  /**
   * The staging table takes the target's name, and everything that hangs on the old table.
   *
   * @param old the table that is dropped
   */
  record Swap(ExistingTable old) implements Replacement {}

  /**
   * The rows within the old table are deleted and the new ones inserted, in one transaction.
   *
   * @param old the table
   * @param evolution what changes in its columns
   * @param reason why the faster way is closed, as the end of a sentence
   */
  record InPlace(ExistingTable old, Evolution evolution, String reason) implements Replacement {}

  /**
   * Decides; changes nothing. Called when a load is opened, so that a user learns of a hindrance
   * before anything is read, and again when it is published.
   *
   * @throws ConfigException when neither way is open; the sentence says what to change
   */
  static Replacement decide(Connection jdbc, TableName target, TableDesign design)
      throws SQLException {
    ExistingTable old = ExistingTable.read(jdbc, target.schema(), target.name());
    if (old == null) {
      return new Create();
    }
    requireTable(old, target);
    Surroundings around = Surroundings.of(jdbc, old.oid());
    if (!around.inboundKeys().isEmpty()) {
      throw new ConfigException(
          "referenced_by_foreign_key",
          "The table %s cannot be replaced: the foreign key %s points to it. Drop the key, or choose"
                  .formatted(target.display(), around.inboundKeys().getFirst())
              + " a mode that does not overwrite.");
    }
    String hindrance = hindrance(old, around, design);
    if (hindrance == null) {
      return new Swap(old);
    }
    return inPlace(jdbc, old, around, design, target, hindrance);
  }

  /** Refuses a view, an index or whatever else bears the target's name. */
  static void requireTable(ExistingTable old, TableName target) {
    if (!old.isTable()) {
      throw new ConfigException(
          "not_a_table",
          "%s is a %s, and rows can only be loaded into a table. Choose another target, or drop or"
                  .formatted(target.display(), old.kindName())
              + " rename it.");
    }
  }

  private static @Nullable String hindrance(
      ExistingTable old, Surroundings around, TableDesign design) {
    if (old.kind() != 'r') {
      return "it is a " + old.kindName();
    }
    if (!old.owned()) {
      return "it belongs to " + old.owner();
    }
    if (!around.ties().isEmpty()) {
      return "this depends on it: " + String.join(", ", around.ties());
    }
    for (Surroundings.View view : around.views()) {
      if (!view.owned()) {
        return "the view " + view.name() + " belongs to another role";
      }
    }
    Map<String, TargetColumn> wanted = new HashMap<>();
    design.columns().forEach(column -> wanted.put(column.name(), column));
    for (String name : around.readColumns()) {
      TargetColumn column = wanted.get(name);
      ExistingColumn before = old.column(name);
      if (column == null) {
        return "its column " + name + " is gone from the stream, and a view or policy reads it";
      }
      if (before != null && !before.type().sql().equals(column.type().sql())) {
        return "a view or policy reads its column %s as %s".formatted(name, before.type().sql());
      }
    }
    return null;
  }

  private static Replacement inPlace(
      Connection jdbc,
      ExistingTable old,
      Surroundings around,
      TableDesign design,
      TableName target,
      String hindrance)
      throws SQLException {
    Evolution evolution = Evolution.between(old, design, target.display());
    for (String column : evolution.widened()) {
      if (around.readColumns().contains(column)) {
        throw new ConfigException(
            "view_reads_column",
            "The column %s of %s has to change its type, but a view or policy reads it. Drop that, and"
                    .formatted(column, target.display())
                + " make it again after the sync.");
      }
    }
    boolean mayWrite =
        Sql.isTrue(
            jdbc, "SELECT pg_catalog.has_table_privilege(?::oid, 'INSERT, DELETE')", old.oid());
    boolean mayDelete =
        Sql.isTrue(jdbc, "SELECT pg_catalog.has_table_privilege(?::oid, 'DELETE')", old.oid());
    if (!mayWrite || !mayDelete || (!evolution.actions().isEmpty() && !old.owned())) {
      throw new ConfigException(
          "no_rights",
          "The table %s belongs to %s, and this user may not replace its rows. Make this user a member"
                  .formatted(target.display(), old.owner())
              + " of that role, or drop the table.");
    }
    Published.requireIdentity(jdbc, target);
    return new InPlace(old, evolution, hindrance);
  }

  /** Returns the sentence that tells a user of the slower way, or null when it is not taken. */
  static @Nullable String notice(Replacement replacement, TableName target) {
    return switch (replacement) {
      case Create() -> null;
      case Swap(_) -> null;
      case InPlace(_, _, String reason) ->
          "The rows of %s are replaced within the table, which takes longer than a new table: %s."
              .formatted(target.display(), reason);
    };
  }

  /** Returns what will be done, for people. */
  static List<String> preview(Replacement replacement, TableName stage, TableName target) {
    String rename = "ALTER TABLE " + stage.quoted() + " RENAME TO " + target.name();
    return switch (replacement) {
      case Create() -> List.of(rename);
      case Swap(_) ->
          List.of(
              "-- in one transaction, with its indexes, constraints, grants, comments and views:",
              rename,
              "DROP TABLE " + target.quoted() + " -- the old one");
      case InPlace(_, Evolution evolution, String reason) ->
          List.of(
              "-- in one transaction, as " + reason + ":",
              evolution.actions().isEmpty() ? "--" : evolution.statement(target.quoted()),
              "DELETE FROM " + target.quoted(),
              "INSERT INTO " + target.quoted() + " SELECT * FROM " + stage.quoted());
    };
  }
}
