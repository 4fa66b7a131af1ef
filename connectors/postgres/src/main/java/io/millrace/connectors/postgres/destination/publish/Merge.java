package io.millrace.connectors.postgres.destination.publish;

import io.millrace.connectors.postgres.connect.PgIdentifiers;
import io.millrace.connectors.postgres.destination.table.Sql;
import io.millrace.connectors.postgres.destination.table.TableDesign;
import io.millrace.connectors.postgres.destination.table.TableName;
import io.millrace.connectors.postgres.destination.table.TargetColumn;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The newest row of each key: among staged rows, and between them and the target's.
 *
 * <p>The row with the largest cursor wins; a null cursor loses against any other; among equal ones
 * the row extracted last. Texts are compared by code points, whatever the database's collation.
 */
public final class Merge {
  /** What a sort or hash may take, whatever the server's default. */
  private static final String WORK_MEMORY = "128MB";

  private static final String SEQUENCE = PgIdentifiers.quote(TableDesign.SEQUENCE_COLUMN);

  private final TableDesign design;
  private final List<TargetColumn> key;
  private final @Nullable TargetColumn cursor;

  /**
   * Prepares statements.
   *
   * @param key the columns that identify a row
   * @param cursor the column that orders rows of one key, or null
   */
  public Merge(TableDesign design, List<TargetColumn> key, @Nullable TargetColumn cursor) {
    this.design = design;
    this.key = List.copyOf(key);
    this.cursor = cursor;
  }

  /** Returns the names of the key's columns. */
  public List<String> keyNames() {
    return key.stream().map(TargetColumn::name).toList();
  }

  /** Returns the statement that removes all staged rows but the newest of each key. */
  public String thinning(TableName stage) {
    String order = cursor == null ? "" : comparable(cursor, "") + " DESC NULLS LAST, ";
    return """
        DELETE FROM %1$s WHERE ctid IN (SELECT id FROM (
          SELECT ctid AS id, row_number() OVER (PARTITION BY %2$s ORDER BY %3$s%4$s DESC) AS place
            FROM %1$s) AS ranked WHERE place > 1)"""
        .formatted(stage.quoted(), keyList(), order, SEQUENCE);
  }

  /** Returns the statement that brings the thinned rows into the target. */
  public String merging(TableName stage, TableName target) {
    String names = design.nameList();
    // In the order of the key, each page of a large target is fetched once.
    return """
        INSERT INTO %1$s AS t (%2$s) OVERRIDING SYSTEM VALUE
        SELECT %2$s FROM %3$s ORDER BY %4$s ON CONFLICT (%4$s) %5$s"""
        .formatted(target.quoted(), names, stage.quoted(), keyList(), resolution());
  }

  /**
   * Removes all staged rows but the newest of each key.
   *
   * @return how many were removed
   */
  public long thin(Connection jdbc, TableName stage) throws SQLException {
    Sql.execute(jdbc, "SET LOCAL work_mem = '" + WORK_MEMORY + "'");
    Sql.execute(jdbc, "ANALYZE " + stage.quoted());
    // Where every table is published, rows without a replica identity cannot be deleted.
    Sql.execute(jdbc, "ALTER TABLE " + stage.quoted() + " REPLICA IDENTITY FULL");
    long removed = Sql.update(jdbc, thinning(stage));
    Sql.execute(jdbc, "ALTER TABLE " + stage.quoted() + " REPLICA IDENTITY DEFAULT");
    return removed;
  }

  /**
   * Merges the thinned rows into the target.
   *
   * @return how many rows were inserted or updated
   */
  public long run(Connection jdbc, TableName stage, TableName target) throws SQLException {
    Sql.execute(jdbc, "SET LOCAL row_security = off");
    return Sql.update(jdbc, merging(stage, target));
  }

  private String resolution() {
    List<TargetColumn> others =
        design.columns().stream().filter(column -> !key.contains(column)).toList();
    if (others.isEmpty()) {
      return "DO NOTHING";
    }
    String changes =
        others.stream()
            .map(column -> PgIdentifiers.quote(column.name()))
            .map(name -> name + " = EXCLUDED." + name)
            .collect(Collectors.joining(", "));
    TargetColumn by = cursor;
    if (by == null || key.contains(by)) {
      return "DO UPDATE SET " + changes;
    }
    return "DO UPDATE SET %s WHERE t.%s IS NULL OR %s >= %s"
        .formatted(
            changes,
            PgIdentifiers.quote(by.name()),
            comparable(by, "EXCLUDED."),
            comparable(by, "t."));
  }

  private String keyList() {
    return key.stream()
        .map(column -> PgIdentifiers.quote(column.name()))
        .collect(Collectors.joining(", "));
  }

  private static String comparable(TargetColumn column, String prefix) {
    String name = prefix + PgIdentifiers.quote(column.name());
    return column.type().family().takesText() ? name + " COLLATE \"C\"" : name;
  }
}
