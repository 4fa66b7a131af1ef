package io.millrace.server.e2e;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A table of its own in PostgreSQL, of which a tenth changes with each generation. */
final class KillSource {
  static final String TABLE = "kept";

  private static final int CHANGED_PART = 10;

  private final String database = Shop.server().newDatabase();
  private final int rows;

  KillSource(int rows) {
    this.rows = rows;
    Shop.server()
        .execute(
            database,
            "CREATE TABLE "
                + TABLE
                + " (id bigint PRIMARY KEY, v text, amount numeric(12,2), updated_at timestamptz)");
  }

  String database() {
    return database;
  }

  String uri() {
    return "postgresql://postgres@localhost:" + Shop.port() + "/" + database;
  }

  /** Changes some rows and adds some; all of them have the generation in their text. */
  void change(int generation) {
    String values =
        "'g%d-' || md5(i::text), i * 0.25, timestamptz '2025-01-01Z' + %d * interval '1 day' + i *"
                .formatted(generation, generation)
            + " interval '1 ms'";
    int first = generation == 0 ? 1 : rows + (generation - 1) * (rows / CHANGED_PART) + 1;
    int last = rows + generation * (rows / CHANGED_PART);
    Shop.server()
        .execute(
            database,
            "UPDATE kept SET (v, amount, updated_at) = (SELECT %s FROM (SELECT id AS i) one)"
                    .formatted(values)
                + " WHERE id %% %d = %d".formatted(CHANGED_PART, generation % CHANGED_PART),
            "INSERT INTO kept SELECT i, %s FROM generate_series(%d, %d) i"
                .formatted(values, first, last),
            "ANALYZE kept");
  }

  /** Returns all rows as sorted lines. */
  List<String> rows() {
    return lines("true");
  }

  /** Returns the rows that a generation changed, as sorted lines. */
  List<String> changedIn(int generation) {
    return lines("v LIKE 'g" + generation + "-%'");
  }

  private List<String> lines(String condition) {
    try (Connection connection = Shop.server().connect(database)) {
      return lines(
          connection, line("(extract(epoch FROM updated_at) * 1000000)::bigint"), condition);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> lines(Connection connection, String line, String condition)
      throws SQLException {
    return KillTarget.sorted(
        connection, "SELECT " + line + " FROM " + TABLE + " WHERE " + condition);
  }

  /** Returns the expression that makes a line of a row. */
  static String line(String epochMicros) {
    return "id || '|' || v || '|' || amount || '|' || " + epochMicros;
  }
}
