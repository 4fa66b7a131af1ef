package io.millrace.connectors.postgres.destination.publish;

import io.millrace.connectors.postgres.connect.PgIdentifiers;
import io.millrace.connectors.postgres.destination.table.Names;
import io.millrace.connectors.postgres.destination.table.PgType;
import io.millrace.connectors.postgres.destination.table.Sql;
import io.millrace.connectors.postgres.destination.table.TableName;
import io.millrace.connectors.postgres.destination.table.TargetColumn;
import io.millrace.spi.ConfigException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/** The unique index that a merge by key needs. */
public final class KeyIndex {
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String INSUFFICIENT_PRIVILEGE = "42501";
  private static final String UNDEFINED_FUNCTION = "42883";

  private static final String FIND =
      """
      SELECT EXISTS (
        SELECT FROM pg_catalog.pg_index i
         WHERE i.indrelid = ?::regclass AND i.indisunique AND i.indisvalid AND i.indimmediate
           AND i.indpred IS NULL AND i.indexprs IS NULL
           AND (SELECT array_agg(a.attname::text ORDER BY a.attname::text)
                  FROM pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY AS k(number, place)
                  JOIN pg_catalog.pg_attribute a
                    ON a.attrelid = i.indrelid AND a.attnum = k.number
                 WHERE k.place <= i.indnkeyatts)
               = (SELECT array_agg(n ORDER BY n) FROM pg_catalog.unnest(?::text[]) AS n))
      """;

  private KeyIndex() {}

  /** Tells whether a table has an index that a merge by these columns can use. */
  public static boolean exists(Connection jdbc, TableName table, List<String> key)
      throws SQLException {
    return Sql.isTrue(
        jdbc, FIND, table.quoted(), jdbc.createArrayOf("text", key.toArray(String[]::new)));
  }

  /** Returns the statement that makes one. */
  public static String creation(TableName on, TableName target, List<String> key) {
    return "CREATE UNIQUE INDEX %s ON %s (%s)"
        .formatted(
            PgIdentifiers.quote(
                Names.relation(target.name() + "_merge_key_" + Names.hash(String.join("\0", key)))),
            on.quoted(),
            key.stream().map(PgIdentifiers::quote).collect(Collectors.joining(", ")));
  }

  /**
   * Makes the index unless there is one.
   *
   * @throws ConfigException when rows share a key, or the user lacks the right
   */
  public static void ensure(Connection jdbc, TableName target, List<String> key)
      throws SQLException {
    if (exists(jdbc, target, key)) {
      return;
    }
    String sql = creation(target, target, key);
    try {
      Sql.execute(jdbc, sql);
    } catch (SQLException failure) {
      throw explained(failure, target, key, sql);
    }
  }

  /**
   * Refuses a key or cursor of a type that has no order.
   *
   * @param use {@code key} or {@code cursor}
   */
  public static void requireOrder(Connection jdbc, TargetColumn column, String use)
      throws SQLException {
    PgType type = column.type();
    Savepoint before = jdbc.setSavepoint();
    try {
      Sql.string(jdbc, "SELECT NULL::%1$s < NULL::%1$s".formatted(type.sql()));
      jdbc.releaseSavepoint(before);
    } catch (SQLException failure) {
      if (!UNDEFINED_FUNCTION.equals(failure.getSQLState())) {
        throw failure;
      }
      jdbc.rollback(before);
      throw new ConfigException(
          "no_order",
          "The column %s is of type %s, which has no order, so it cannot be the %s. Choose another"
                  .formatted(column.name(), type.sql(), use)
              + " one.");
    }
  }

  private static SQLException explained(
      SQLException failure, TableName target, List<String> key, String sql) {
    String state = String.valueOf(failure.getSQLState());
    String columns = String.join(", ", key);
    if (state.equals(UNIQUE_VIOLATION)) {
      throw new ConfigException(
          "duplicate_keys",
          "The table %s has several rows with the same key (%s), so rows cannot be merged by it.%s"
                  .formatted(target.display(), columns, detail(failure))
              + " Remove the duplicates, or choose another key.",
          sql,
          failure);
    }
    if (state.equals(INSUFFICIENT_PRIVILEGE)) {
      throw new ConfigException(
          "no_rights",
          "The table %s needs a unique index on its key (%s), and this user may not make one. Ask its"
                  .formatted(target.display(), columns)
              + " owner to run: "
              + sql,
          sql,
          failure);
    }
    return failure;
  }

  private static String detail(SQLException failure) {
    @Nullable String detail =
        failure instanceof PSQLException server && server.getServerErrorMessage() != null
            ? server.getServerErrorMessage().getDetail()
            : null;
    return detail == null ? "" : " (" + ConfigException.outside(detail) + ")";
  }
}
