package io.millrace.connectors.postgres.destination.table;

import io.millrace.connectors.postgres.connect.PgIdentifiers;
import io.millrace.spi.ConfigException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What has to change in an existing table so that it takes a stream: columns are added and types
 * widened, never narrowed; nothing is dropped.
 *
 * @param design the stream's columns with the types they have afterwards
 * @param actions the parts of one {@code ALTER TABLE}, in order; empty when nothing changes
 * @param widened the columns whose type changes
 * @param notices sentences for the user about widened types
 */
public record Evolution(
    TableDesign design, List<String> actions, List<String> widened, List<String> notices) {
  public Evolution {
    actions = List.copyOf(actions);
    widened = List.copyOf(widened);
    notices = List.copyOf(notices);
  }

  /**
   * Compares a table with the columns wanted of it.
   *
   * @param table its name, for messages
   * @throws ConfigException when the table can never take the stream
   */
  public static Evolution between(ExistingTable existing, TableDesign wanted, String table) {
    List<TargetColumn> columns = new ArrayList<>();
    List<String> actions = new ArrayList<>();
    List<String> widened = new ArrayList<>();
    List<String> notices = new ArrayList<>();
    for (TargetColumn column : wanted.columns()) {
      ExistingColumn there = existing.column(column.name());
      if (there == null) {
        actions.add("ADD COLUMN " + TableDesign.definition(column));
        columns.add(column);
        continue;
      }
      PgType type = fit(there, column, table);
      if (!type.equals(there.type())) {
        actions.add(widening(column.name(), type));
        widened.add(column.name());
        notices.add(
            "The column %s of %s is widened from %s to %s."
                .formatted(column.name(), table, there.type().sql(), type.sql()));
      }
      columns.add(column.withType(type));
    }
    refuseUnfilled(existing, wanted, table);
    new TableDesign(columns).requireRoom(added(existing, wanted), table);
    return new Evolution(new TableDesign(columns), actions, widened, notices);
  }

  /** Returns the one statement that makes the changes. */
  public String statement(String quotedTable) {
    return "ALTER TABLE " + quotedTable + " " + String.join(", ", actions);
  }

  private static PgType fit(ExistingColumn there, TargetColumn column, String table) {
    if (there.generated()) {
      throw new ConfigException(
          "generated_column",
          "The column %s of %s is computed by the database, so the stream cannot fill it. Leave the"
                  .formatted(column.name(), table)
              + " field out, or drop the column.");
    }
    return switch (Fitting.of(there.type(), column.type())) {
      case Fit.Keeps() -> there.type();
      case Fit.Widens(PgType to) -> to;
      case Fit.Clashes() ->
          throw new ConfigException(
              "type_clash",
              "The column %s of %s is %s, which cannot hold the stream's values of type %s."
                      .formatted(column.name(), table, there.type().sql(), column.type().sql())
                  + " Change the column's type, drop or rename the column, or choose another"
                  + " target.");
    };
  }

  private static String widening(String name, PgType type) {
    String quoted = PgIdentifiers.quote(name);
    return "ALTER COLUMN %s TYPE %s USING %s::%s".formatted(quoted, type.sql(), quoted, type.sql());
  }

  private static void refuseUnfilled(ExistingTable existing, TableDesign wanted, String table) {
    Set<String> filled = new HashSet<>();
    wanted.columns().forEach(column -> filled.add(column.name()));
    for (ExistingColumn column : existing.columns()) {
      if (column.notNull() && !column.filled() && !filled.contains(column.name())) {
        throw new ConfigException(
            "not_null_column",
            "The column %s of %s must not be null, and the stream has no such field. Give the column"
                    .formatted(column.name(), table)
                + " a default, allow null, or drop it.");
      }
    }
  }

  private static int added(ExistingTable existing, TableDesign wanted) {
    Set<String> names = new HashSet<>();
    wanted.columns().forEach(column -> names.add(column.name()));
    return (int)
        existing.columns().stream().filter(column -> !names.contains(column.name())).count();
  }
}
