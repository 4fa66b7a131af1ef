package io.millrace.connectors.postgres.source;

import static io.millrace.connectors.postgres.connect.PgIdentifiers.quote;

import io.millrace.spi.StreamName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks, before rows are read, how many there are, where, and how far their cursor goes. */
final class Probe {
  private static final int VERSION_WITH_MAX_OF_CTID = 14;

  private Probe() {}

  /**
   * New rows of one table.
   *
   * @param oid the table
   * @param rows how many
   * @param from the page of the first
   * @param to the page behind that of the last; {@link Place#END} where that is not known
   */
  record Found(long oid, long rows, long from, long to) {}

  /**
   * What is new in a relation.
   *
   * @param cursor the largest cursor of all rows, the new ones included, or null
   */
  record News(List<Found> found, @Nullable String cursor) {}

  /** Returns the largest cursor, and how many rows have it, of the rows that a filter takes. */
  static Ahead ahead(
      Connection jdbc, StreamName relation, Filter filter, String field, boolean ties)
      throws SQLException {
    String column = Cursor.column(field);
    String from = " FROM " + quote(relation.namespace(), relation.name()) + " t";
    String count =
        ties ? "(SELECT count(*)" + from + Statements.where(column + " = m.largest") + ")" : "-1";
    String sql =
        "SELECT m.largest::text, "
            + count
            + " FROM (SELECT max("
            + column
            + ") AS largest"
            + from
            + Statements.where(filter.condition())
            + ") m";
    try (Statement statement = jdbc.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return new Ahead(row.getString(1), row.getLong(2));
    }
  }

  /**
   * Finds the new rows of a relation by the transactions that wrote them.
   *
   * @param field the cursor field, or null where there is none
   */
  static News news(
      Connection jdbc, int serverVersion, Relation relation, Filter filter, @Nullable String field)
      throws SQLException {
    String pages =
        serverVersion >= VERSION_WITH_MAX_OF_CTID
            ? "min(t.ctid)::text, max(t.ctid)::text"
            : "NULL::text, NULL::text";
    String sql =
        "SELECT t.tableoid::int8, count(*), "
            + pages
            + ", "
            + (field == null ? "NULL::text" : largest(filter, field))
            + " FROM "
            + quote(relation.name().namespace(), relation.name().name())
            + " t"
            + Statements.where(filter.condition())
            + " GROUP BY t.tableoid";
    try (Statement statement = jdbc.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<Found> found = new ArrayList<>();
      @Nullable String cursor = null;
      while (row.next()) {
        found.add(found(row));
        cursor = row.getString(5);
      }
      return new News(found, cursor);
    }
  }

  private static Found found(ResultSet row) throws SQLException {
    @Nullable String first = row.getString(3);
    @Nullable String last = row.getString(4);
    return new Found(
        row.getLong(1),
        row.getLong(2),
        first == null ? 0 : page(first),
        last == null ? Place.END : page(last) + 1);
  }

  private static long page(String ctid) {
    return Long.parseLong(ctid.substring(1, ctid.indexOf(',')));
  }

  private static String largest(Filter filter, String field) {
    String max = "max(max(" + Cursor.column(field) + ")) OVER ()";
    @Nullable Cursor before = filter.cursor();
    return "("
        + (before == null ? max : "greatest(" + max + ", " + before.constant() + ")")
        + ")::text";
  }
}
