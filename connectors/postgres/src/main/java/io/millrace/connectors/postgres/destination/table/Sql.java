package io.millrace.connectors.postgres.destination.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Short forms of JDBC for statements that are not about many rows. */
public final class Sql {
  private Sql() {}

  /** Runs a statement without parameters. */
  public static void execute(Connection jdbc, String sql) throws SQLException {
    try (Statement statement = jdbc.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Runs a statement and returns how many rows it changed. */
  public static long update(Connection jdbc, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = jdbc.prepareStatement(sql)) {
      bind(statement, values);
      return statement.executeLargeUpdate();
    }
  }

  /** Returns the first column of every row. */
  public static List<String> strings(Connection jdbc, String sql, @Nullable Object... values)
      throws SQLException {
    List<String> found = new ArrayList<>();
    try (PreparedStatement statement = jdbc.prepareStatement(sql)) {
      bind(statement, values);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
    }
    return found;
  }

  /** Returns the first column of the first row; null when there is no row, or it is null. */
  public static @Nullable String string(Connection jdbc, String sql, @Nullable Object... values)
      throws SQLException {
    List<String> found = strings(jdbc, sql, values);
    return found.isEmpty() ? null : found.getFirst();
  }

  /** Tells whether the first column of the first row is true. */
  public static boolean isTrue(Connection jdbc, String sql, @Nullable Object... values)
      throws SQLException {
    return "t".equals(string(jdbc, sql, values));
  }

  private static void bind(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}
