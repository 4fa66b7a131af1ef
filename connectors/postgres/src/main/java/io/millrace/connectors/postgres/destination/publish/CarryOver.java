package io.millrace.connectors.postgres.destination.publish;

import io.millrace.connectors.postgres.connect.PgIdentifiers;
import io.millrace.connectors.postgres.destination.table.Names;
import io.millrace.connectors.postgres.destination.table.Sql;
import io.millrace.connectors.postgres.destination.table.TableDesign;
import io.millrace.connectors.postgres.destination.table.TableName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statements that give a new table what the old one has: read from the catalog while both
 * exist, each for columns that both have. The session's search path is empty, so that every name
 * comes out in full.
 *
 * @param onStage before the exchange, on the staging table: defaults, indexes, checks, not-null
 * @param rebinding right after the exchange: views, made again on the new table under the name
 * @param onTarget when the old table is gone: keys, owner, grants, comments, triggers, policies
 */
record CarryOver(List<String> onStage, List<String> rebinding, List<String> onTarget) {
  private static final String COLUMNS_LEFT =
      """
       NOT EXISTS (SELECT FROM pg_catalog.unnest(%s) AS k
                     JOIN pg_catalog.pg_attribute a ON a.attrelid = %s AND a.attnum = k
                    WHERE a.attname::text <> ALL (?))
      """;

  private static final String DEFAULTS =
      """
      SELECT format('ALTER TABLE %s ALTER COLUMN %I SET DEFAULT %s', ?::text, a.attname,
                    pg_get_expr(d.adbin, d.adrelid))
        FROM pg_attribute a JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
       WHERE a.attrelid = ? AND a.attgenerated = '' AND a.attname::text = ANY (?)
       ORDER BY a.attnum
      """;

  private static final String NOT_NULL =
      """
      SELECT format('ALTER TABLE %s ALTER COLUMN %I SET NOT NULL', ?::text, a.attname)
        FROM pg_attribute a
       WHERE a.attrelid = ? AND a.attnotnull AND a.attnum > 0 AND NOT a.attisdropped
         AND a.attname::text = ANY (?)
       ORDER BY a.attnum
      """;

  private static final String CHECKS =
      "SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', ?::text, c.conname,"
          + " pg_get_constraintdef(c.oid)) FROM pg_constraint c"
          + " WHERE c.conrelid = ? AND c.contype = 'c' AND"
          + COLUMNS_LEFT.formatted("c.conkey", "c.conrelid")
          + " ORDER BY c.conname";

  /** Foreign keys of the table, and exclusions, which no index can be made for beforehand. */
  private static final String LATE_CONSTRAINTS =
      "SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', ?::text, c.conname,"
          + " pg_get_constraintdef(c.oid)) FROM pg_constraint c"
          + " WHERE c.conrelid = ? AND c.contype IN ('f', 'x') AND"
          + COLUMNS_LEFT.formatted("c.conkey", "c.conrelid")
          + " ORDER BY c.conname";

  private static final String VIEWS =
      """
      SELECT format('CREATE OR REPLACE VIEW %s%s AS %s', v.oid::regclass,
                    CASE WHEN v.reloptions IS NULL THEN ''
                         ELSE ' WITH (' || array_to_string(v.reloptions, ', ') || ')' END,
                    pg_get_viewdef(v.oid))
        FROM pg_class v
       WHERE v.relkind = 'v'
         AND v.oid IN (SELECT r.ev_class FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid
                        WHERE d.classid = 'pg_rewrite'::regclass
                          AND d.refclassid = 'pg_class'::regclass AND d.refobjid = ?
                          AND r.rulename = '_RETURN')
       ORDER BY v.oid
      """;

  CarryOver {
    onStage = List.copyOf(onStage);
    rebinding = List.copyOf(rebinding);
    onTarget = List.copyOf(onTarget);
  }

  /**
   * Reads everything.
   *
   * @param oldOid the table that goes
   * @param stageOid the table that comes
   */
  static CarryOver read(
      Connection jdbc,
      long oldOid,
      long stageOid,
      TableName stage,
      TableName target,
      TableDesign design)
      throws SQLException {
    String[] names = design.columns().stream().map(column -> column.name()).toArray(String[]::new);
    Array columns = jdbc.createArrayOf("text", names);
    List<String> onStage = new ArrayList<>();
    onStage.addAll(Sql.strings(jdbc, DEFAULTS, stage.quoted(), oldOid, columns));
    onStage.addAll(Sql.strings(jdbc, NOT_NULL, stage.quoted(), oldOid, columns));
    onStage.addAll(Sql.strings(jdbc, CHECKS, stage.quoted(), oldOid, columns));
    List<OldIndex> indexes = OldIndex.read(jdbc, oldOid, columns);
    indexes.forEach(index -> onStage.add(index.creation(stage)));
    List<String> onTarget = new ArrayList<>();
    indexes.forEach(index -> onTarget.add(index.adoption(stage, target)));
    onTarget.addAll(Sql.strings(jdbc, LATE_CONSTRAINTS, target.quoted(), oldOid, columns));
    onTarget.addAll(Attributes.read(jdbc, oldOid, stageOid, target, columns));
    return new CarryOver(onStage, Sql.strings(jdbc, VIEWS, oldOid), onTarget);
  }

  /**
   * An index of the old table.
   *
   * @param name its name, and that of its constraint
   * @param unique it is unique
   * @param definition its definition from {@code USING} on
   * @param constraint the words for a constraint that it carries, or null
   */
  private record OldIndex(
      String name, boolean unique, String definition, @Nullable String constraint) {
    private static final String READ =
        """
        SELECT c.relname::text AS name, i.indisunique,
               substr(pg_get_indexdef(i.indexrelid),
                      length(format('CREATE %sINDEX %I ON %s ',
                                    CASE WHEN i.indisunique THEN 'UNIQUE ' ELSE '' END,
                                    c.relname, i.indrelid::regclass)) + 1) AS definition,
               CASE x.contype WHEN 'p' THEN 'PRIMARY KEY' WHEN 'u' THEN 'UNIQUE' END AS kind,
               CASE WHEN x.condeferrable THEN ' DEFERRABLE' ELSE '' END
               || CASE WHEN x.condeferred THEN ' INITIALLY DEFERRED' ELSE '' END AS deferral
          FROM pg_index i
          JOIN pg_class c ON c.oid = i.indexrelid
          LEFT JOIN pg_constraint x
            ON x.conindid = i.indexrelid AND x.conrelid = i.indrelid AND x.contype IN ('p','u','x')
         WHERE i.indrelid = ? AND i.indisvalid AND x.contype IS DISTINCT FROM 'x'
           AND NOT EXISTS (
             SELECT FROM pg_depend d
               JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
              WHERE d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid
                AND d.refclassid = 'pg_class'::regclass AND d.refobjid = i.indrelid
                AND a.attname::text <> ALL (?))
           AND NOT EXISTS (
             SELECT FROM pg_attribute a
              WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey::int2[])
                AND a.attnum > 0 AND a.attname::text <> ALL (?))
         ORDER BY x.contype = 'p' DESC NULLS LAST, c.relname
        """;

    static List<OldIndex> read(Connection jdbc, long oldOid, Array columns) throws SQLException {
      List<OldIndex> indexes = new ArrayList<>();
      try (PreparedStatement statement = jdbc.prepareStatement(READ)) {
        statement.setLong(1, oldOid);
        statement.setArray(2, columns);
        statement.setArray(3, columns);
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            String kind = row.getString("kind");
            indexes.add(
                new OldIndex(
                    row.getString("name"),
                    row.getBoolean("indisunique"),
                    row.getString("definition"),
                    kind == null ? null : kind + " USING INDEX %s" + row.getString("deferral")));
          }
        }
      }
      return indexes;
    }

    String creation(TableName stage) {
      return "CREATE "
          + (unique ? "UNIQUE " : "")
          + "INDEX "
          + PgIdentifiers.quote(temporaryName(stage))
          + " ON "
          + stage.quoted()
          + " "
          + definition;
    }

    String adoption(TableName stage, TableName target) {
      String temporary = temporaryName(stage);
      if (constraint == null) {
        return "ALTER INDEX "
            + PgIdentifiers.quote(target.schema(), temporary)
            + " RENAME TO "
            + PgIdentifiers.quote(name);
      }
      return "ALTER TABLE "
          + target.quoted()
          + " ADD CONSTRAINT "
          + PgIdentifiers.quote(name)
          + " "
          + constraint.formatted(PgIdentifiers.quote(temporary));
    }

    private String temporaryName(TableName stage) {
      return Names.RESERVED_PREFIX + "_i_" + Names.hash(stage.name() + " " + name);
    }
  }
}
