package io.millrace.connectors.postgres.destination.publish;

import io.millrace.connectors.postgres.destination.table.Sql;
import io.millrace.connectors.postgres.destination.table.TableName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Statements that give a table the owner, grants, comments and the rest of another one. */
final class Attributes {
  private static final String STORAGE =
      """
      SELECT format('ALTER TABLE %s SET (%s)', ?::text,
                    (SELECT string_agg(format('%s = %L', split_part(o, '=', 1),
                                              substr(o, strpos(o, '=') + 1)), ', ')
                       FROM unnest(c.reloptions) AS o))
        FROM pg_class c WHERE c.oid = ? AND c.reloptions IS NOT NULL
      """;

  private static final String IDENTITY =
      """
      SELECT format('ALTER TABLE %s REPLICA IDENTITY %s', ?::text,
                    CASE c.relreplident
                      WHEN 'f' THEN 'FULL' WHEN 'n' THEN 'NOTHING'
                      ELSE (SELECT format('USING INDEX %I', x.relname)
                              FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
                             WHERE i.indrelid = c.oid AND i.indisreplident) END)
        FROM pg_class c
       WHERE c.oid = ? AND (c.relreplident IN ('f', 'n')
          OR (c.relreplident = 'i' AND EXISTS (
                SELECT FROM pg_index i
                 WHERE i.indrelid = c.oid AND i.indisreplident AND NOT EXISTS (
                   SELECT FROM pg_attribute a
                    WHERE a.attrelid = c.oid AND a.attnum = ANY (i.indkey::int2[])
                      AND a.attname::text <> ALL (?)))))
      """;

  private static final String STATISTICS =
      """
      SELECT pg_get_statisticsobjdef(s.oid) FROM pg_statistic_ext s
       WHERE s.stxrelid = ? AND NOT EXISTS (
         SELECT FROM pg_depend d
           JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
          WHERE d.classid = 'pg_statistic_ext'::regclass AND d.objid = s.oid
            AND d.refobjid = s.stxrelid AND a.attname::text <> ALL (?))
       ORDER BY s.stxname
      """;

  private static final String TRIGGERS =
      """
      SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t
       WHERE t.tgrelid = ? AND NOT t.tgisinternal ORDER BY t.tgname
      """;

  private static final String TRIGGER_STATES =
      """
      SELECT format('ALTER TABLE %s %s TRIGGER %I', ?::text,
                    CASE t.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA'
                                     ELSE 'ENABLE ALWAYS' END, t.tgname)
        FROM pg_trigger t
       WHERE t.tgrelid = ? AND NOT t.tgisinternal AND t.tgenabled <> 'O' ORDER BY t.tgname
      """;

  private static final String POLICIES =
      """
      SELECT format('CREATE POLICY %I ON %s AS %s FOR %s TO %s%s%s', p.polname, ?::text,
                    CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
                    CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT'
                                  WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
                    (SELECT string_agg(CASE r WHEN 0 THEN 'PUBLIC'
                                              ELSE quote_ident(pg_get_userbyid(r)) END, ', ')
                       FROM unnest(p.polroles) AS r),
                    ' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
                    ' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')')
        FROM pg_policy p WHERE p.polrelid = ? ORDER BY p.polname
      """;

  private static final String ROW_SECURITY =
      """
      SELECT format('ALTER TABLE %s %s ROW LEVEL SECURITY', ?::text, w.words)
        FROM pg_class c
        JOIN LATERAL (VALUES ('ENABLE', c.relrowsecurity), ('FORCE', c.relforcerowsecurity))
          AS w(words, wanted) ON w.wanted
       WHERE c.oid = ?
      """;

  private static final String COMMENTS =
      """
      SELECT format('COMMENT ON TABLE %s IS %L', ?::text, d.description)
        FROM pg_description d
       WHERE d.classoid = 'pg_class'::regclass AND d.objoid = ? AND d.objsubid = 0
      """;

  private static final String COLUMN_COMMENTS =
      """
      SELECT format('COMMENT ON COLUMN %s.%I IS %L', ?::text, a.attname, d.description)
        FROM pg_description d
        JOIN pg_attribute a ON a.attrelid = d.objoid AND a.attnum = d.objsubid
       WHERE d.classoid = 'pg_class'::regclass AND d.objoid = ? AND d.objsubid > 0
         AND a.attname::text = ANY (?)
       ORDER BY a.attnum
      """;

  /** Default privileges may have granted what the old table never had. */
  private static final String REVOKES =
      """
      SELECT DISTINCT format('REVOKE ALL ON TABLE %s FROM %s', ?::text,
                             CASE x.grantee WHEN 0 THEN 'PUBLIC'
                               ELSE quote_ident(pg_get_userbyid(x.grantee)) END)
        FROM pg_class c, aclexplode(c.relacl) x WHERE c.oid = ? AND x.grantee <> c.relowner
      """;

  private static final String GRANTS =
      """
      SELECT format('GRANT %s ON TABLE %s TO %s%s', x.privilege_type, ?::text,
                    CASE x.grantee WHEN 0 THEN 'PUBLIC'
                      ELSE quote_ident(pg_get_userbyid(x.grantee)) END,
                    CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
        FROM pg_class c, aclexplode(c.relacl) x WHERE c.oid = ? AND x.grantee <> c.relowner
       ORDER BY x.grantee, x.privilege_type
      """;

  private static final String COLUMN_GRANTS =
      """
      SELECT format('GRANT %s (%I) ON TABLE %s TO %s%s', x.privilege_type, a.attname, ?::text,
                    CASE x.grantee WHEN 0 THEN 'PUBLIC'
                      ELSE quote_ident(pg_get_userbyid(x.grantee)) END,
                    CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
        FROM pg_attribute a, aclexplode(a.attacl) x
       WHERE a.attrelid = ? AND a.attname::text = ANY (?)
       ORDER BY a.attnum, x.grantee, x.privilege_type
      """;

  private static final String OWNER =
      """
      SELECT format('ALTER TABLE %s OWNER TO %I', ?::text, pg_get_userbyid(c.relowner))
        FROM pg_class c JOIN pg_class n ON n.oid = ?
       WHERE c.oid = ? AND c.relowner <> n.relowner
      """;

  private Attributes() {}

  /**
   * Reads the statements, in the order in which they must run.
   *
   * @param columns the columns of the new table
   */
  static List<String> read(
      Connection jdbc, long oldOid, long stageOid, TableName target, Array columns)
      throws SQLException {
    String table = target.quoted();
    List<String> all = new ArrayList<>();
    all.add("ALTER TABLE " + table + " RESET (autovacuum_enabled)");
    all.addAll(Sql.strings(jdbc, STORAGE, table, oldOid));
    all.addAll(Sql.strings(jdbc, IDENTITY, table, oldOid, columns));
    all.addAll(Sql.strings(jdbc, STATISTICS, oldOid, columns));
    all.addAll(Sql.strings(jdbc, TRIGGERS, oldOid));
    all.addAll(Sql.strings(jdbc, TRIGGER_STATES, table, oldOid));
    all.addAll(Sql.strings(jdbc, POLICIES, table, oldOid));
    all.addAll(Sql.strings(jdbc, ROW_SECURITY, table, oldOid));
    all.addAll(Sql.strings(jdbc, COMMENTS, table, oldOid));
    all.addAll(Sql.strings(jdbc, COLUMN_COMMENTS, table, oldOid, columns));
    all.addAll(Sql.strings(jdbc, OWNER, table, stageOid, oldOid));
    all.addAll(Sql.strings(jdbc, REVOKES, table, stageOid));
    all.addAll(Sql.strings(jdbc, GRANTS, table, oldOid));
    all.addAll(Sql.strings(jdbc, COLUMN_GRANTS, table, oldOid, columns));
    return all;
  }
}
