package io.millrace.connectors.postgres.destination.table;

import io.millrace.connectors.postgres.connect.PgIdentifiers;
import io.millrace.spi.ConfigException;
import io.millrace.spi.type.Fields;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The columns that a stream fills, in the order of its fields, with the type of each.
 *
 * @param columns one column for each field
 */
public record TableDesign(List<TargetColumn> columns) {
  /** The largest number of columns of a table. */
  public static final int COLUMNS_MAX = 1600;

  /** The column of a staging table that holds a row's place in extraction order. */
  public static final String SEQUENCE_COLUMN = Names.RESERVED_PREFIX + "_seq";

  public TableDesign {
    columns = List.copyOf(columns);
  }

  /**
   * Designs the columns for a schema.
   *
   * @param numbersUnlimited decimals become {@code numeric} without a precision
   * @param notices takes sentences about types that do not exist here
   */
  public static TableDesign of(
      Schema schema, TypeFinder finder, boolean numbersUnlimited, Consumer<String> notices)
      throws SQLException {
    List<String> fields = schema.getFields().stream().map(Field::getName).toList();
    List<String> names = ColumnNames.of(fields);
    WantedTypes types = new WantedTypes(finder, numbersUnlimited, notices);
    List<TargetColumn> columns = new ArrayList<>(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      Field field = schema.getFields().get(i);
      columns.add(
          new TargetColumn(field.getName(), names.get(i), Fields.typeOf(field), types.of(field)));
    }
    return new TableDesign(columns);
  }

  /**
   * Refuses more columns than a table may have.
   *
   * @param extra columns that come on top
   * @param table the table, for the message
   */
  public void requireRoom(int extra, String table) {
    int all = columns.size() + extra;
    if (all <= COLUMNS_MAX) {
      return;
    }
    throw new ConfigException(
        "too_many_columns",
        "The table "
            + table
            + " would have "
            + all
            + " columns, and PostgreSQL allows "
            + COLUMNS_MAX
            + ". Select fewer columns, or set `metadata_columns: none` to leave out Airbyte's"
            + " four.");
  }

  /** Returns the column of a field. */
  public TargetColumn ofField(String field) {
    for (TargetColumn column : columns) {
      if (column.field().equals(field)) {
        return column;
      }
    }
    throw new ConfigException(
        "no_such_field",
        "The stream has no field '"
            + ConfigException.outside(field)
            + "' to use as key or cursor.");
  }

  /** Returns the quoted names, joined by commas. */
  public String nameList() {
    return nameList(columns);
  }

  /** Returns the quoted names of columns, joined by commas. */
  public static String nameList(List<TargetColumn> columns) {
    return columns.stream()
        .map(column -> PgIdentifiers.quote(column.name()))
        .collect(Collectors.joining(", "));
  }

  /** Returns the definitions for {@code CREATE TABLE}, joined by commas. */
  public String definitionList() {
    return columns.stream().map(TableDesign::definition).collect(Collectors.joining(", "));
  }

  /** Returns the definition of a column. */
  static String definition(TargetColumn column) {
    return PgIdentifiers.quote(column.name()) + " " + column.type().sql();
  }
}
