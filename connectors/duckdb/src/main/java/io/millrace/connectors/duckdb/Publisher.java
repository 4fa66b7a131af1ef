package io.millrace.connectors.duckdb;

import io.millrace.spi.SystemException;
import io.millrace.spi.WriteMode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Publishes what is staged. Each step is one transaction that may be repeated: DuckDB does not let
 * one transaction change a table's rows and its form.
 */
final class Publisher {
  private static final String WINNERS = "_millrace_winners";

  private final Session session;
  private final Target target;
  private Map<String, String> stagedColumns = Map.of();

  Publisher(Session session, Target target) {
    this.session = session;
    this.target = target;
  }

  /** Publishes and returns how many rows this sync brought into the table. */
  long publish() throws InterruptedException {
    OptionalLong done = session.call(target.log()::published);
    if (done.isPresent()) {
      return done.getAsLong();
    }
    if (target.plan().writeMode() == WriteMode.APPEND) {
      return session.call(target.log()::rows);
    }
    if (target.replaces()) {
      return replace();
    }
    return session.transact(this::merge);
  }

  private long replace() throws InterruptedException {
    session.transact(this::prepareReplacement);
    session.transact(this::dropPlaces);
    return session.transact(this::swap);
  }

  /** Makes a missing table, proves that every committed row is there, and keeps the winners. */
  private boolean prepareReplacement(Session open) throws SQLException {
    Map<String, String> columns = lookAtStaging(open);
    if (columns.isEmpty()) {
      requireRows(target.log().rows(open), 0);
      for (String statement : target.change().statements()) {
        open.execute(statement);
      }
      return true;
    }
    boolean mayHaveLosers = columns.containsKey(StagingNames.POSITION);
    if (!target.ordered() || mayHaveLosers) {
      requireRows(target.log().rows(open), count(open, target.staging().sql()));
    }
    if (mayHaveLosers) {
      findWinners(open);
      if (count(open, Sql.name(WINNERS)) < count(open, target.staging().sql())) {
        open.execute(
            "DELETE FROM %s AS s WHERE NOT EXISTS (SELECT 1 FROM %s AS w WHERE w.id = s.rowid)"
                .formatted(target.staging().sql(), Sql.name(WINNERS)));
      }
      open.execute("DROP TABLE " + Sql.name(WINNERS));
    }
    return true;
  }

  /** Finds the staging table's columns, and which of them each field landed in. */
  private Map<String, String> lookAtStaging(Session open) throws SQLException {
    Map<String, String> columns = target.staging().columns(open);
    Map<String, String> ofFields = new LinkedHashMap<>(columns);
    ofFields.remove(StagingNames.ORDINAL);
    ofFields.remove(StagingNames.POSITION);
    stagedColumns = stagedColumns(target, ofFields);
    return columns;
  }

  private boolean dropPlaces(Session open) throws SQLException {
    Map<String, String> columns = target.staging().columns(open);
    for (String column : List.of(StagingNames.ORDINAL, StagingNames.POSITION)) {
      if (columns.containsKey(column)) {
        open.execute("ALTER TABLE " + target.staging().sql() + " DROP COLUMN " + Sql.name(column));
      }
    }
    return true;
  }

  private long swap(Session open) throws SQLException {
    long rows = count(open, target.staging().sql());
    open.execute("DROP TABLE IF EXISTS " + target.table().sql());
    open.execute(
        "ALTER TABLE " + target.staging().sql() + " RENAME TO " + Sql.name(target.table().name()));
    target.log().publish(open, rows);
    return rows;
  }

  private long merge(Session open) throws SQLException {
    Map<String, String> staged = lookAtStaging(open);
    long committed = target.log().rows(open);
    if (staged.isEmpty()) {
      requireRows(committed, 0);
      return 0;
    }
    requireRows(committed, count(open, target.staging().sql()));
    findWinners(open);
    String winners =
        "(SELECT s.* FROM %s AS s WHERE s.rowid IN (SELECT id FROM %s))"
            .formatted(target.staging().sql(), Sql.name(WINNERS));
    open.execute(
        "DELETE FROM %s AS t USING %s AS n WHERE %s AND %s"
            .formatted(target.table().sql(), winners, sameKey("t", "n"), olderOrEqual("t", "n")));
    long rows = open.update(insertMissing(winners));
    open.execute("DROP TABLE " + Sql.name(WINNERS));
    target.log().publish(open, rows);
    open.execute("DROP TABLE " + target.staging().sql());
    return rows;
  }

  private String insertMissing(String winners) {
    return "INSERT INTO %s (%s) SELECT %s FROM %s AS n WHERE NOT EXISTS (SELECT 1 FROM %s AS t WHERE %s)"
        .formatted(
            target.table().sql(),
            Sql.names(target.change().columns().stream().map(Column::name).toList()),
            target.change().columns().stream()
                .map(column -> "n." + Sql.name(stagedColumn(column.field())))
                .collect(Collectors.joining(", ")),
            winners,
            target.table().sql(),
            sameKey("t", "n"));
  }

  /** Keeps, in a temporary table, the row ids of the newest staged row of each key. */
  private void findWinners(Session open) throws SQLException {
    String order = Sql.name(StagingNames.ORDINAL) + ", " + Sql.name(StagingNames.POSITION);
    String cursor = target.plan().cursorField();
    if (cursor != null) {
      // Nulls within a row compare as the largest value, but a missing cursor is the oldest.
      String column = Sql.name(stagedColumn(cursor));
      order = column + " IS NOT NULL, " + column + ", " + order;
    }
    open.execute(
        "CREATE OR REPLACE TEMPORARY TABLE %s AS SELECT arg_max(rowid, row(%s)) AS id FROM %s GROUP BY %s"
            .formatted(
                Sql.name(WINNERS),
                order,
                target.staging().sql(),
                Sql.names(target.plan().primaryKey().stream().map(this::stagedColumn).toList())));
  }

  private String sameKey(String old, String fresh) {
    List<String> terms = new ArrayList<>();
    for (String field : target.plan().primaryKey()) {
      terms.add(
          old
              + "."
              + Sql.name(column(field))
              + " = "
              + fresh
              + "."
              + Sql.name(stagedColumn(field)));
    }
    return String.join(" AND ", terms);
  }

  private String olderOrEqual(String old, String fresh) {
    String cursor = target.plan().cursorField();
    if (cursor == null) {
      return "true";
    }
    String before = old + "." + Sql.name(column(cursor));
    String now = fresh + "." + Sql.name(stagedColumn(cursor));
    return "(%s IS NULL OR %s >= %s)".formatted(before, now, before);
  }

  private String column(String field) {
    return target.columnsOf(List.of(field)).getFirst();
  }

  private String stagedColumn(String field) {
    return stagedColumns.getOrDefault(field, field);
  }

  private static Map<String, String> stagedColumns(Target target, Map<String, String> existing) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Column column :
        TableChange.plan(target.staging(), target.plan().schema(), existing).columns()) {
      names.put(column.field(), column.name());
    }
    return names;
  }

  private static long count(Session open, String table) throws SQLException {
    return open.query("SELECT count(*) FROM " + table, row -> row.getLong(1)).getFirst();
  }

  private void requireRows(long committed, long present) {
    if (committed != present) {
      throw new SystemException(
          "rows_missing",
          "%d rows of %s were committed and %d are staged; nothing was published."
              .formatted(committed, target.table().display(), present));
    }
  }
}
