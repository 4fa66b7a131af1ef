package io.millrace.connectors.postgres.type;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads columns from the catalog. */
public final class PgColumns {
  /**
   * A common table expression {@code base(oid, baseoid, typmod)}: for each domain the type it is
   * made of in the end. Begins a statement: {@code WITH RECURSIVE ...}.
   */
  public static final String BASE_TYPES =
      """
      WITH RECURSIVE step(oid, baseoid, typmod) AS (
        SELECT oid, typbasetype, typtypmod FROM pg_catalog.pg_type WHERE typtype = 'd'
        UNION ALL
        SELECT s.oid, t.typbasetype, t.typtypmod
          FROM step s JOIN pg_catalog.pg_type t ON t.oid = s.baseoid WHERE t.typtype = 'd'
      ), base(oid, baseoid, typmod) AS (
        SELECT s.oid, s.baseoid, s.typmod
          FROM step s JOIN pg_catalog.pg_type t ON t.oid = s.baseoid WHERE t.typtype <> 'd'
      )
      """;

  /**
   * The columns that {@link #read} takes, of a statement that begins with {@link #BASE_TYPES} and
   * joins with {@link #FROM}.
   */
  public static final String SELECTED =
      """
      a.attname AS column_name, a.attnum AS column_number, a.attnotnull AS column_not_null,
      a.attgenerated <> '' AS column_generated,
      t.oid::int8 AS type_oid, coalesce(b.typmod, a.atttypmod) AS type_typmod,
      t.typname AS type_name, t.typtype AS type_kind, t.typcategory AS type_category,
      pg_catalog.format_type(t.oid, coalesce(b.typmod, a.atttypmod)) AS type_text,
      pg_catalog.quote_ident(o.schema) || '.' || pg_catalog.quote_ident(o.name) AS type_output
      """;

  /**
   * {@code pg_attribute a} with its type {@code t} and the type's output function {@code o},
   * dropped and system columns included.
   */
  public static final String FROM =
      """
      pg_catalog.pg_attribute a
        LEFT JOIN base b ON b.oid = a.atttypid
        JOIN pg_catalog.pg_type t ON t.oid = coalesce(b.baseoid, a.atttypid)
        JOIN (SELECT p.oid, s.nspname AS schema, p.proname AS name
                FROM pg_catalog.pg_proc p
                JOIN pg_catalog.pg_namespace s ON s.oid = p.pronamespace) o
          ON o.oid = t.typoutput::pg_catalog.oid
      """;

  private static final String OF_RELATION =
      BASE_TYPES
          + "SELECT "
          + SELECTED
          + " FROM "
          + FROM
          + " WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";

  private PgColumns() {}

  /** Returns the columns of a relation, in order; empty where it has none or does not exist. */
  public static List<PgColumn> of(Connection connection, long relationOid) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OF_RELATION)) {
      statement.setLong(1, relationOid);
      try (ResultSet row = statement.executeQuery()) {
        List<PgColumn> columns = new ArrayList<>();
        while (row.next()) {
          columns.add(read(row));
        }
        return columns;
      }
    }
  }

  /** Reads the column of the present row, see {@link #SELECTED}. */
  public static PgColumn read(ResultSet row) throws SQLException {
    PgType type =
        new PgType(
            row.getLong("type_oid"),
            row.getInt("type_typmod"),
            row.getString("type_name"),
            row.getString("type_kind").charAt(0),
            row.getString("type_category").charAt(0),
            row.getString("type_text"),
            row.getString("type_output"));
    return new PgColumn(
        row.getString("column_name"),
        row.getInt("column_number"),
        type,
        row.getBoolean("column_not_null"),
        row.getBoolean("column_generated"));
  }
}
