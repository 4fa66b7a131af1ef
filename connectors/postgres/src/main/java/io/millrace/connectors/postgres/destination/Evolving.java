package io.millrace.connectors.postgres.destination;

import io.millrace.connectors.postgres.destination.table.Evolution;
import io.millrace.connectors.postgres.destination.table.Sql;
import io.millrace.connectors.postgres.destination.table.TableName;
import io.millrace.spi.ConfigException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Changes a target's columns in place, and says in words why that may not be possible. */
final class Evolving {
  private static final List<String> NOT_POSSIBLE = List.of("0A000", "2BP01", "42804", "42846");
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  private Evolving() {}

  static void run(Connection jdbc, Evolution evolution, TableName table) throws SQLException {
    String sql = evolution.statement(table.quoted());
    try {
      Sql.execute(jdbc, sql);
    } catch (SQLException failure) {
      String state = String.valueOf(failure.getSQLState());
      String said = ConfigException.outside(failure.getMessage());
      if (NOT_POSSIBLE.contains(state)) {
        throw new ConfigException(
            "column_in_use",
            "The columns of %s cannot be changed as the stream needs it: %s. Drop what uses the column"
                    .formatted(table.display(), said)
                + " and make it again after the sync, or choose another target.",
            sql,
            failure);
      }
      if (state.equals(INSUFFICIENT_PRIVILEGE)) {
        throw new ConfigException(
            "no_rights",
            "The stream has new columns or wider types, and this user may not change the table %s. Ask"
                    .formatted(table.display())
                + " its owner to run: "
                + sql,
            sql,
            failure);
      }
      throw failure;
    }
  }
}
