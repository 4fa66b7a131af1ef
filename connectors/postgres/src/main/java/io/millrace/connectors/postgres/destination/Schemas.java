package io.millrace.connectors.postgres.destination;

import io.millrace.connectors.postgres.connect.PgIdentifiers;
import io.millrace.connectors.postgres.destination.table.Sql;
import io.millrace.spi.ConfigException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;

/** The schema that tables go into. */
final class Schemas {
  private static final String EXISTS =
      "SELECT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = ?)";
  private static final String INSUFFICIENT_PRIVILEGE = "42501";
  private static final String DUPLICATE_SCHEMA = "42P06";
  private static final String UNIQUE_VIOLATION = "23505";

  private Schemas() {}

  /** Returns the statement that makes a schema. */
  static String creation(String schema) {
    return "CREATE SCHEMA " + PgIdentifiers.quote(schema);
  }

  static boolean exists(Connection jdbc, String schema) throws SQLException {
    return Sql.isTrue(jdbc, EXISTS, schema);
  }

  /**
   * Makes the schema where it is missing, within the transaction.
   *
   * @throws ConfigException when it is missing and the user may not make it, or may not make tables
   *     in it
   */
  static void ensure(Connection jdbc, String schema) throws SQLException {
    if (!exists(jdbc, schema)) {
      create(jdbc, schema);
    }
    if (!Sql.isTrue(jdbc, "SELECT pg_catalog.has_schema_privilege(?, 'CREATE, USAGE')", schema)
        || !Sql.isTrue(jdbc, "SELECT pg_catalog.has_schema_privilege(?, 'CREATE')", schema)) {
      throw refused(
          "This user may not create tables in the schema %s. Ask its owner to run: GRANT USAGE, CREATE"
                  .formatted(schema)
              + " ON SCHEMA %s TO %s; or choose another `schema`."
                  .formatted(
                      PgIdentifiers.quote(schema),
                      Sql.string(jdbc, "SELECT pg_catalog.quote_ident(current_user)")),
          null);
    }
  }

  private static void create(Connection jdbc, String schema) throws SQLException {
    Savepoint before = jdbc.setSavepoint();
    try {
      Sql.execute(jdbc, creation(schema));
      jdbc.releaseSavepoint(before);
    } catch (SQLException failure) {
      jdbc.rollback(before);
      String state = String.valueOf(failure.getSQLState());
      if (state.equals(INSUFFICIENT_PRIVILEGE)) {
        throw refused(
            "The schema %s does not exist, and this user may not create it. Ask the database's owner to"
                    .formatted(schema)
                + " create it, or choose another `schema`.",
            failure);
      }
      // Another session was faster.
      if (!state.equals(DUPLICATE_SCHEMA) && !state.equals(UNIQUE_VIOLATION)) {
        throw failure;
      }
    }
  }

  private static ConfigException refused(String sentence, @Nullable SQLException cause) {
    return new ConfigException("no_rights", sentence, sentence, cause);
  }
}
