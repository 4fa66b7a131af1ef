package io.millrace.connectors.postgres.destination;

import io.millrace.connectors.postgres.connect.PgIdentifiers;
import io.millrace.connectors.postgres.destination.table.PgType.Family;
import io.millrace.connectors.postgres.destination.table.Sql;
import io.millrace.connectors.postgres.destination.table.TableDesign;
import io.millrace.connectors.postgres.destination.table.TableName;
import io.millrace.connectors.postgres.destination.table.TargetColumn;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Columns that have one value in every row of a sync: the staging table has it as a default, and no
 * row brings it. The server then stores a ready value instead of reading a {@code jsonb} for each
 * row. The defaults are gone before the table is published.
 *
 * @param values the columns, each with its value as text
 */
record StageDefaults(Map<TargetColumn, String> values) {
  /** Types whose input is one text for each value, whatever the session's settings. */
  private static final Set<Family> FAMILIES = EnumSet.of(Family.JSONB, Family.INT8);

  /**
   * Returns the defaults of a target's staging table; none where rows go into the target itself.
   */
  static StageDefaults of(Target target, TableDesign design) {
    Map<TargetColumn, String> values = new LinkedHashMap<>();
    if (target.plan().writeMode().staged()) {
      for (TargetColumn column : design.columns()) {
        String value = target.plan().constants().get(column.field());
        if (value != null && FAMILIES.contains(column.type().family())) {
          values.put(column, value);
        }
      }
    }
    return new StageDefaults(values);
  }

  /** Returns the fields that no row brings. */
  Set<String> fields() {
    return values.keySet().stream().map(TargetColumn::field).collect(Collectors.toSet());
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  /** Returns the statement that sets them; there must be some. */
  String setting(TableName stage) {
    return alteration(
        stage,
        values.entrySet().stream()
            .map(one -> change(one.getKey(), "SET DEFAULT " + literal(one.getValue())))
            .collect(Collectors.joining(", ")));
  }

  void set(Connection jdbc, TableName stage) throws SQLException {
    if (!isEmpty()) {
      Sql.execute(jdbc, setting(stage));
    }
  }

  void drop(Connection jdbc, TableName stage) throws SQLException {
    if (!isEmpty()) {
      String changes =
          values.keySet().stream()
              .map(column -> change(column, "DROP DEFAULT"))
              .collect(Collectors.joining(", "));
      Sql.execute(jdbc, alteration(stage, changes));
    }
  }

  private static String alteration(TableName stage, String changes) {
    return "ALTER TABLE " + stage.quoted() + " " + changes;
  }

  private static String change(TargetColumn column, String what) {
    return "ALTER COLUMN " + PgIdentifiers.quote(column.name()) + " " + what;
  }

  /** Standard-conforming strings are on in every session. */
  private static String literal(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
