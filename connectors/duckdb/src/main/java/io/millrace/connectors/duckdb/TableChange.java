package io.millrace.connectors.duckdb;

import io.millrace.spi.ConfigException;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.spi.type.Widening;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a table must become so that it can take a schema: columns are added, types widened, nothing
 * is dropped.
 *
 * @param columns the column of each field, in the schema's order
 * @param statements the statements to run, in order
 */
record TableChange(List<Column> columns, List<String> statements) {
  /**
   * Plans the change.
   *
   * @param existing the columns the table has, name to type; empty when it is to be made
   * @throws ConfigException when a column cannot take its field's values
   */
  static TableChange plan(Table table, Schema schema, Map<String, String> existing) {
    List<String> fields = schema.getFields().stream().map(Field::getName).toList();
    List<String> names = ColumnNames.distinct(fields, List.copyOf(existing.keySet()));
    Map<String, String> byFolded = new HashMap<>();
    existing.keySet().forEach(name -> byFolded.put(Sql.fold(name), name));
    List<Column> columns = new ArrayList<>();
    List<String> statements = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      LogicalType type = typeOf(table, schema.getFields().get(i));
      String present = byFolded.get(Sql.fold(names.get(i)));
      Column column =
          present == null
              ? new Column(fields.get(i), names.get(i), type, DuckDbTypes.sql(type))
              : fit(table, fields.get(i), present, type, String.valueOf(existing.get(present)));
      columns.add(column);
      if (!existing.isEmpty()) {
        change(table, column, present == null ? null : existing.get(present), statements);
      }
    }
    if (existing.isEmpty()) {
      statements.add(create(table, columns));
    }
    return new TableChange(List.copyOf(columns), List.copyOf(statements));
  }

  private static LogicalType typeOf(Table table, Field field) {
    LogicalType type = Fields.typeOf(field);
    if (!DuckDbTypes.exists(type)) {
      throw new ConfigException(
          "type_unknown",
          "DuckDB has no type for the column \""
              + field.getName()
              + "\" of "
              + table.display()
              + ": a struct without parts. Leave the column out.");
    }
    return type;
  }

  private static void change(
      Table table, Column column, @Nullable String present, List<String> statements) {
    if (present == null) {
      statements.add("ALTER TABLE " + table.sql() + " ADD COLUMN " + column.definition());
    } else if (!present.equals(column.sqlType())) {
      statements.add(
          "ALTER TABLE %s ALTER COLUMN %s SET DATA TYPE %s"
              .formatted(table.sql(), Sql.name(column.name()), column.sqlType()));
    }
  }

  private static String create(Table table, List<Column> columns) {
    return "CREATE TABLE "
        + table.sql()
        + " ("
        + String.join(", ", columns.stream().map(Column::definition).toList())
        + ")";
  }

  /** Finds the type that holds what the column has and what the field brings. */
  private static Column fit(
      Table table, String field, String column, LogicalType wanted, String present) {
    if (DuckDbTypes.same(present, DuckDbTypes.sql(wanted))) {
      return new Column(field, column, wanted, present);
    }
    @Nullable LogicalType held = DuckDbTypes.scalar(present);
    @Nullable LogicalType joined = held == null ? null : join(held, wanted);
    if (joined == null) {
      throw new ConfigException(
          "column_type",
          "The column \"%s\" of %s has the type %s, which cannot hold the %s that the source now has."
                  .formatted(column, table.display(), present, wanted.display())
              + " Load the stream anew with full_refresh_overwrite, or rename the column.");
    }
    return new Column(field, column, wanted, DuckDbTypes.sql(joined));
  }

  private static @Nullable LogicalType join(LogicalType held, LogicalType wanted) {
    if (held instanceof LogicalType.Text || wanted instanceof LogicalType.Text) {
      return hasPlainText(held) && hasPlainText(wanted) ? new LogicalType.Text() : null;
    }
    LogicalType joined = Widening.join(held, wanted);
    return joined instanceof LogicalType.Text ? null : joined;
  }

  /** Tells whether DuckDB's text of a value is the text by which the same value lands elsewhere. */
  private static boolean hasPlainText(LogicalType type) {
    return switch (type) {
      case LogicalType.Binary() -> false;
      case LogicalType.ListOf ignored -> false;
      case LogicalType.Struct ignored -> false;
      case LogicalType.Vector ignored -> false;
      default -> true;
    };
  }
}
