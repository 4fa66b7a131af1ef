package io.millrace.connectors.postgres.destination.publish;

import io.millrace.connectors.postgres.destination.table.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What else in the database hangs on a table.
 *
 * @param inboundKeys foreign keys of other tables that point to it
 * @param views the views that read it directly
 * @param readColumns its columns that views, rules, policies or triggers read
 * @param ties everything a new table cannot take over, in PostgreSQL's words: materialized views,
 *     publications, functions, sequences, inheritance
 */
record Surroundings(
    List<String> inboundKeys, List<View> views, List<String> readColumns, List<String> ties) {
  /**
   * A view.
   *
   * @param name its name for statements
   * @param owned this user may replace it
   */
  record View(String name, boolean owned) {}

  private static final String INBOUND_KEYS =
      """
      SELECT c.conname || ' of ' || c.conrelid::regclass
        FROM pg_catalog.pg_constraint c
       WHERE c.contype = 'f' AND c.confrelid = ? AND c.conrelid <> c.confrelid ORDER BY 1
      """;

  /** Rules that read the table: those of views and, seldom, of other tables. */
  private static final String READERS =
      """
        FROM pg_catalog.pg_depend d
        JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid
        JOIN pg_catalog.pg_class v ON v.oid = r.ev_class
       WHERE d.classid = 'pg_catalog.pg_rewrite'::regclass
         AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = ?
      """;

  private static final String VIEWS =
      """
      SELECT DISTINCT v.oid, v.oid::regclass::text AS name,
             (pg_catalog.pg_has_role(v.relowner, 'USAGE')
              AND pg_catalog.has_schema_privilege(v.relnamespace, 'CREATE')) AS owned
      """
          + READERS
          + " AND v.relkind = 'v' AND r.rulename = '_RETURN' ORDER BY v.oid";

  private static final String READ_COLUMNS =
      """
      SELECT DISTINCT a.attname::text
        FROM pg_catalog.pg_depend d
        JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
       WHERE d.classid IN ('pg_catalog.pg_rewrite'::regclass, 'pg_catalog.pg_policy'::regclass,
                           'pg_catalog.pg_trigger'::regclass)
         AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = ? AND a.attnum > 0
       ORDER BY 1
      """;

  private static final String TIES =
      """
      SELECT pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid)
        FROM pg_catalog.pg_class t
        JOIN pg_catalog.pg_type y ON y.oid = t.reltype
        JOIN pg_catalog.pg_depend d
          ON (d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = t.oid)
          OR (d.refclassid = 'pg_catalog.pg_type'::regclass
              AND d.refobjid IN (y.oid, y.typarray))
       WHERE t.oid = ?
         AND d.classid NOT IN ('pg_catalog.pg_type'::regclass, 'pg_catalog.pg_trigger'::regclass,
                               'pg_catalog.pg_policy'::regclass, 'pg_catalog.pg_attrdef'::regclass,
                               'pg_catalog.pg_statistic_ext'::regclass,
                               'pg_catalog.pg_constraint'::regclass)
         AND NOT (d.classid = 'pg_catalog.pg_class'::regclass
                  AND (d.objid IN (SELECT i.indexrelid FROM pg_catalog.pg_index i
                                    WHERE i.indrelid = t.oid)
                       OR d.objid IN (t.reltoastrelid, t.oid)))
         AND NOT (d.classid = 'pg_catalog.pg_rewrite'::regclass
                  AND EXISTS (SELECT FROM pg_catalog.pg_rewrite r
                                JOIN pg_catalog.pg_class v ON v.oid = r.ev_class
                               WHERE r.oid = d.objid AND v.relkind = 'v'
                                 AND r.rulename = '_RETURN'))
      UNION
      SELECT 'publication ' || p.pubname
        FROM pg_catalog.pg_publication_rel r JOIN pg_catalog.pg_publication p ON p.oid = r.prpubid
       WHERE r.prrelid = ?
      UNION
      SELECT 'inheritance from ' || i.inhparent::regclass
        FROM pg_catalog.pg_inherits i WHERE i.inhrelid = ?
      UNION
      SELECT 'extension ' || e.extname
        FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
       WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = ? AND d.deptype = 'e'
      UNION
      SELECT 'computed column ' || a.attname
        FROM pg_catalog.pg_attribute a
       WHERE a.attrelid = ? AND a.attgenerated <> '' AND NOT a.attisdropped
      ORDER BY 1
      """;

  Surroundings {
    inboundKeys = List.copyOf(inboundKeys);
    views = List.copyOf(views);
    readColumns = List.copyOf(readColumns);
    ties = List.copyOf(ties);
  }

  static Surroundings of(Connection jdbc, long oid) throws SQLException {
    return new Surroundings(
        Sql.strings(jdbc, INBOUND_KEYS, oid),
        views(jdbc, oid),
        Sql.strings(jdbc, READ_COLUMNS, oid),
        Sql.strings(jdbc, TIES, oid, oid, oid, oid, oid));
  }

  private static List<View> views(Connection jdbc, long oid) throws SQLException {
    List<View> views = new ArrayList<>();
    try (PreparedStatement statement = jdbc.prepareStatement(VIEWS)) {
      statement.setLong(1, oid);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          views.add(new View(row.getString("name"), row.getBoolean("owned")));
        }
      }
    }
    return views;
  }
}
