package io.millrace.server.store;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.TransientException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** Recognizes a PostgreSQL database that cannot be the store, and says what to do. */
final class RefusedStore {
  /** The oldest major version of PostgreSQL that can hold the store. */
  static final int VERSION_MIN = 13;

  private static final String CODE = "store_refused";

  private static final String NOT_OURS =
      " has tables that are not a Millrace store's. Give --database an empty database, or a schema"
          + " of its own with ?currentSchema=NAME.";

  private static final String READ_ONLY =
      " can only be read: it is a standby, or set to default_transaction_read_only. Give --database"
          + " one that can be written.";

  /** What the first step of every store is called in its history. */
  private static final String OURS =
      "SELECT count(*) FILTER (WHERE script = 'V1__core.sql') > 0 OR count(*) = 0"
          + " FROM schema_history";

  private RefusedStore() {}

  /**
   * Looks at a database before its first statement.
   *
   * @throws ConfigException when it cannot hold the store
   * @throws StoreAwayException when it does not answer
   */
  static void look(DataSource source, DatabaseUrl url, int versionMin) {
    try (Connection connection = source.getConnection()) {
      int version = connection.getMetaData().getDatabaseMajorVersion();
      if (version < versionMin) {
        throw refused(
            url,
            " is of a PostgreSQL "
                + version
                + "; the metadata store needs PostgreSQL "
                + versionMin
                + " or newer.",
            null);
      }
      if (text(connection, "SHOW transaction_read_only").equals("on")) {
        throw refused(url, READ_ONLY, null);
      }
      if (text(connection, "SELECT current_schema()").isEmpty()) {
        throw refused(
            url,
            " has no schema that its role may use ("
                + ConnectorException.outside(text(connection, "SHOW search_path"))
                + "). Make it (CREATE SCHEMA ... AUTHORIZATION the role), or correct"
                + " ?currentSchema= in --database.",
            null);
      }
      String history =
          "SELECT to_regclass(quote_ident(current_schema()) || '.schema_history') IS NOT NULL";
      if (text(connection, history).equals("t") && !text(connection, OURS).equals("t")) {
        throw refused(url, NOT_OURS, null);
      }
    } catch (SQLException e) {
      if (Patience.away(e)) {
        throw new StoreAwayException(e);
      }
      throw of(e, url).orElseGet(() -> Pools.failure(url, e));
    }
  }

  private static String text(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      String text = rows.getString(1);
      return text == null ? "" : text;
    }
  }

  /** Returns what to say of a failure that has such a reason. */
  static Optional<ConnectorException> of(Throwable failure, DatabaseUrl url) {
    for (@Nullable Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof FlywayException flyway
          && flyway.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
        return Optional.of(refused(url, NOT_OURS, failure));
      }
      if (url instanceof DatabaseUrl.Postgres && e instanceof SQLException sql) {
        return of(sql, String.valueOf(sql.getSQLState()), url);
      }
    }
    return Optional.empty();
  }

  private static Optional<ConnectorException> of(SQLException e, String state, DatabaseUrl url) {
    String said =
        " ("
            + ConnectorException.outside(String.valueOf(e.getMessage())).replaceFirst("\\.$", "")
            + ")";
    return Optional.ofNullable(
        switch (state) {
          case "42703" -> refused(url, NOT_OURS, e);
          case "25006" -> refused(url, READ_ONLY, e);
          case "42501" ->
              refused(
                  url,
                  " does not let its role make or use the store's tables"
                      + said
                      + ". As its owner: GRANT USAGE, CREATE ON SCHEMA ... TO the role; or give"
                      + " --database the role that owns them.",
                  e);
          case "28P01" ->
              refused(
                  url,
                  " refuses the login"
                      + said
                      + ". Correct user and password in --database, postgresql://USER:PASSWORD@...",
                  e);
          case "28000" ->
              refused(
                  url,
                  " does not let the role in"
                      + said
                      + ". Give --database a role that exists and may log in from this machine"
                      + " (pg_hba.conf), with ?sslmode=require where the server wants TLS.",
                  e);
          case "08004" ->
              refused(
                  url,
                  " refuses the connection"
                      + said
                      + ". Correct user, password or sslmode in --database.",
                  e);
          case "3D000" ->
              refused(url, " does not exist. Make it (CREATE DATABASE), or correct --database.", e);
          case "53300", "57P03" ->
              new TransientException(
                  "store_unreachable",
                  name(url) + " takes no connection now" + said + ". Try again when it does.",
                  e.toString(),
                  e);
          default -> null;
        });
  }

  private static ConfigException refused(DatabaseUrl url, String why, @Nullable Throwable cause) {
    return new ConfigException(
        CODE, name(url) + why, cause == null ? why : cause.toString(), cause);
  }

  private static String name(DatabaseUrl url) {
    return switch (url) {
      case DatabaseUrl.Sqlite ignored -> "The metadata store, millrace.db,";
      case DatabaseUrl.Postgres postgres -> "The database " + postgres;
    };
  }
}
