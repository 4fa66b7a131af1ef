package io.millrace.connectors.postgres.source;

import static io.millrace.connectors.postgres.connect.PgIdentifiers.quote;

import io.millrace.connectors.postgres.connect.PgSession;
import io.millrace.spi.ConfigException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Logs in, looks at the schemas and reads a row. */
final class Check {
  private static final String SCHEMA =
      """
      SELECT pg_catalog.has_schema_privilege(oid, 'USAGE') FROM pg_catalog.pg_namespace
       WHERE nspname = ?
      """;

  private static final String TABLES =
      """
      SELECT n.nspname, c.relname
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
         AND (pg_catalog.cardinality(?::text[]) = 0 OR n.nspname = ANY (?::text[]))
       ORDER BY pg_catalog.has_schema_privilege(n.oid, 'USAGE')
                AND pg_catalog.has_table_privilege(c.oid, 'SELECT') DESC LIMIT 1
      """;

  private final Sessions sessions;
  private final PostgresSourceConfig config;

  Check(Sessions sessions, PostgresSourceConfig config) {
    this.sessions = sessions;
    this.config = config;
  }

  void run() throws InterruptedException {
    PgSession session = sessions.borrow();
    boolean done = false;
    try {
      for (String schema : config.schemas()) {
        session.call("look at the schema " + schema, jdbc -> requireSchema(jdbc, schema));
      }
      session.call("read a row of " + config.database(), this::readOne);
      done = true;
    } finally {
      if (done) {
        sessions.giveBack(session);
      } else {
        sessions.discard(session);
      }
    }
  }

  private static boolean requireSchema(Connection jdbc, String schema) throws SQLException {
    try (PreparedStatement statement = jdbc.prepareStatement(SCHEMA)) {
      statement.setString(1, schema);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new ConfigException(
              "no_such_schema",
              "The schema `" + schema + "` does not exist in the database. Check `schemas`.");
        }
        if (!row.getBoolean(1)) {
          throw new ConfigException(
              "no_rights",
              "The user may not use the schema `"
                  + schema
                  + "`. Grant it: GRANT USAGE ON SCHEMA "
                  + quote(schema)
                  + " TO ...");
        }
        return true;
      }
    }
  }

  private boolean readOne(Connection jdbc) throws SQLException {
    try (PreparedStatement statement = jdbc.prepareStatement(TABLES)) {
      java.sql.Array schemas = jdbc.createArrayOf("text", config.schemas().toArray());
      statement.setArray(1, schemas);
      statement.setArray(2, schemas);
      try (ResultSet row = statement.executeQuery();
          Statement read = jdbc.createStatement()) {
        if (row.next()) {
          read.execute("SELECT 1 FROM " + quote(row.getString(1), row.getString(2)) + " LIMIT 1");
        }
        return true;
      }
    }
  }
}
