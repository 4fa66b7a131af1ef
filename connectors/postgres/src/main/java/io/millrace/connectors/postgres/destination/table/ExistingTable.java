package io.millrace.connectors.postgres.destination.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table, or whatever else bears its name, as the catalog has it.
 *
 * @param oid its number
 * @param kind {@code r} for a table, {@code p} for a partitioned one; see {@code pg_class.relkind}
 * @param owned this user may do what its owner may
 * @param owner the owner's name
 * @param columns the columns, in order
 */
public record ExistingTable(
    long oid, char kind, boolean owned, String owner, List<ExistingColumn> columns) {
  private static final String TABLE =
      """
      SELECT c.oid, c.relkind::text AS kind, pg_catalog.pg_get_userbyid(c.relowner) AS owner,
             pg_catalog.pg_has_role(c.relowner, 'USAGE') AS owned
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = ? AND c.relname = ?
      """;

  private static final String COLUMNS =
      """
      SELECT a.attname, a.attnotnull, (a.atthasdef OR a.attidentity <> '') AS filled,
             (a.attgenerated <> '') AS generated,
             pg_catalog.format_type(t.oid, t.modifier) AS sql,
             base.type_name, base.type_kind, base.built_in, base.modifier
        FROM pg_catalog.pg_attribute a
        CROSS JOIN LATERAL (SELECT a.atttypid AS oid, a.atttypmod AS modifier) t
        CROSS JOIN
      """
          + CatalogTypes.BASE_OF_T
          + "WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";

  public ExistingTable {
    columns = List.copyOf(columns);
  }

  /** Returns what bears the name, or null when nothing does. */
  public static @Nullable ExistingTable read(Connection jdbc, String schema, String name)
      throws SQLException {
    try (PreparedStatement statement = jdbc.prepareStatement(TABLE)) {
      statement.setString(1, schema);
      statement.setString(2, name);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        long oid = row.getLong("oid");
        return new ExistingTable(
            oid,
            row.getString("kind").charAt(0),
            row.getBoolean("owned"),
            row.getString("owner"),
            columns(jdbc, oid));
      }
    }
  }

  /** Returns the column of that name, or null. */
  public @Nullable ExistingColumn column(String name) {
    for (ExistingColumn column : columns) {
      if (column.name().equals(name)) {
        return column;
      }
    }
    return null;
  }

  /** Tells whether rows can be stored in it. */
  public boolean isTable() {
    return kind == 'r' || kind == 'p';
  }

  /** Returns what it is, for messages. */
  public String kindName() {
    return switch (kind) {
      case 'r' -> "table";
      case 'p' -> "partitioned table";
      case 'v' -> "view";
      case 'm' -> "materialized view";
      case 'f' -> "foreign table";
      case 'i', 'I' -> "index";
      case 'S' -> "sequence";
      case 'c' -> "composite type";
      default -> "relation";
    };
  }

  private static List<ExistingColumn> columns(Connection jdbc, long oid) throws SQLException {
    List<ExistingColumn> columns = new ArrayList<>();
    try (PreparedStatement statement = jdbc.prepareStatement(COLUMNS)) {
      statement.setLong(1, oid);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          columns.add(
              new ExistingColumn(
                  row.getString("attname"),
                  CatalogTypes.read(row, row.getString("sql")),
                  row.getBoolean("attnotnull"),
                  row.getBoolean("filled"),
                  row.getBoolean("generated")));
        }
      }
    }
    return columns;
  }
}
