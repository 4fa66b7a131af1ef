package io.millrace.connectors.postgres.connect;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A piece of work on a connection, run by {@link PgSession#call}.
 *
 * @param <T> what it returns
 */
@FunctionalInterface
public interface SqlWork<T> {
  /** Does the work. */
  T on(Connection connection) throws SQLException;
}
