package io.millrace.connectors.postgres.source;

import io.millrace.connectors.postgres.type.PgColumn;
import io.millrace.connectors.postgres.type.PgColumns;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.StreamName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Looks relations up in the catalog and says in a sentence why one cannot be read. */
final class Relations {
  private static final int VERSION_WITH_DETACH_CONCURRENTLY = 14;

  private static final String RELATION =
      """
      SELECT c.oid::int8 AS oid, c.relkind, c.relispopulated,
             pg_catalog.has_schema_privilege(n.oid, 'USAGE') AS schema_usable,
             pg_catalog.has_table_privilege(c.oid, 'SELECT') AS readable,
             pg_catalog.row_security_active(c.oid) AS row_security
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
      """;

  private static final String LEAVES =
      """
      WITH RECURSIVE tree(oid) AS (
        SELECT ?::pg_catalog.oid
        UNION
        SELECT i.inhrelid FROM tree t JOIN pg_catalog.pg_inherits i ON i.inhparent = t.oid /* attached */
      )
      SELECT c.oid::int8 AS oid, n.nspname, c.relname, c.relkind, c.relfilenode::int8 AS file,
             coalesce(am.amname = 'heap', false) AS heap, c.reltuples::float8 AS tuples,
             c.relpages::int8 AS pages,
             pg_catalog.has_table_privilege(c.oid, 'SELECT')
               AND pg_catalog.has_schema_privilege(n.oid, 'USAGE') AS readable,
             CASE WHEN c.relkind IN ('r', 'm') THEN
               pg_catalog.pg_relation_size(c.oid) / pg_catalog.current_setting('block_size')::int8
             ELSE 0 END AS blocks,
             CASE WHEN c.relkind IN ('r', 'm') THEN pg_catalog.pg_table_size(c.oid) ELSE 0 END
               AS bytes
        FROM tree JOIN pg_catalog.pg_class c ON c.oid = tree.oid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
       WHERE c.relkind <> 'p' ORDER BY c.oid
      """;

  private Relations() {}

  /**
   * Looks a stream up.
   *
   * @throws ConfigException when it does not exist or cannot be read
   */
  static Relation find(Connection jdbc, int serverVersion, ConfiguredStream stream)
      throws SQLException {
    StreamName name = stream.name();
    try (PreparedStatement statement = jdbc.prepareStatement(RELATION)) {
      statement.setString(1, Objects.requireNonNullElse(name.namespace(), "public"));
      statement.setString(2, name.name());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new ConfigException(
              "no_such_table",
              "The table or view "
                  + name.display()
                  + " does not exist. Check the stream's name, and `database`.");
        }
        requireUsable(row, name);
        return relation(jdbc, serverVersion, stream, row);
      }
    }
  }

  private static void requireUsable(ResultSet row, StreamName name) throws SQLException {
    if (!row.getBoolean("schema_usable")) {
      throw new ConfigException(
          "no_rights",
          "The user may not use the schema "
              + name.namespace()
              + ". Grant it: GRANT USAGE ON SCHEMA ... TO ...");
    }
    if (!row.getBoolean("relispopulated")) {
      throw new ConfigException(
          "not_populated",
          "The materialised view "
              + name.display()
              + " has never been filled. Run REFRESH MATERIALIZED VIEW on it once.");
    }
  }

  private static Relation relation(
      Connection jdbc, int serverVersion, ConfiguredStream stream, ResultSet row)
      throws SQLException {
    long oid = row.getLong("oid");
    char kind = row.getString("relkind").charAt(0);
    List<PgColumn> columns = PgColumns.of(jdbc, oid);
    boolean readable = row.getBoolean("readable");
    if (!readable) {
      requireColumns(jdbc, oid, stream, columns);
    }
    List<Leaf> leaves = leaves(jdbc, serverVersion, oid);
    boolean single = leaves.size() == 1 && leaves.getFirst().oid() == oid;
    boolean rowSecurity = row.getBoolean("row_security");
    boolean apart = single || (!rowSecurity && leaves.stream().allMatch(Leaf::readable));
    return new Relation(oid, stream.name(), kind, columns, leaves, apart, rowSecurity);
  }

  private static List<Leaf> leaves(Connection jdbc, int serverVersion, long oid)
      throws SQLException {
    String attached =
        serverVersion >= VERSION_WITH_DETACH_CONCURRENTLY ? "AND NOT i.inhdetachpending" : "";
    try (PreparedStatement statement =
        jdbc.prepareStatement(LEAVES.replace("/* attached */", attached))) {
      statement.setLong(1, oid);
      try (ResultSet row = statement.executeQuery()) {
        List<Leaf> leaves = new ArrayList<>();
        while (row.next()) {
          leaves.add(leaf(row));
        }
        return leaves;
      }
    }
  }

  private static Leaf leaf(ResultSet row) throws SQLException {
    double tuples = row.getDouble("tuples");
    long pages = row.getLong("pages");
    long blocks = row.getLong("blocks");
    // The catalog's count is of the last ANALYZE; the table has grown or shrunk with its pages.
    long rows = pages > 0 && tuples >= 0 ? Math.round(tuples / pages * blocks) : -1;
    return new Leaf(
        row.getLong("oid"),
        new StreamName(row.getString("nspname"), row.getString("relname")),
        row.getString("relkind").charAt(0),
        row.getLong("file"),
        row.getBoolean("heap"),
        row.getBoolean("readable"),
        blocks,
        row.getLong("bytes"),
        blocks == 0 && row.getBoolean("heap") ? 0 : rows);
  }

  private static void requireColumns(
      Connection jdbc, long oid, ConfiguredStream stream, List<PgColumn> columns)
      throws SQLException {
    List<String> refused = new ArrayList<>();
    try (PreparedStatement statement =
        jdbc.prepareStatement(
            "SELECT pg_catalog.has_column_privilege(?::oid, ?::int2, 'SELECT')")) {
      for (PgColumn column : columns) {
        statement.setLong(1, oid);
        statement.setInt(2, column.number());
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          if (!row.getBoolean(1) && stream.columns().contains(column.name())) {
            refused.add(column.name());
          }
        }
      }
    }
    if (!refused.isEmpty()) {
      throw new ConfigException(
          "no_rights",
          "The user may not read "
              + stream.name().display()
              + (refused.size() == stream.columns().size() ? "" : ", columns " + refused)
              + ". Grant it: GRANT SELECT ON "
              + stream.name().display()
              + " TO ...");
    }
  }
}
