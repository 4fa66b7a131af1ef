package io.millrace.connectors.postgres.destination;

import io.millrace.spi.ConnectorException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Failures of a COPY that are a row's own fault: the other rows could be stored. */
final class RowErrors {
  /**
   * Data exceptions, violated constraints, limits of a row or value, and what triggers raise
   * (PostgreSQL's documentation, appendix A).
   */
  private static final List<String> STATES = List.of("22", "23", "54", "P0");

  private RowErrors() {}

  static boolean isRowError(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return serverMessage(failure) != null && STATES.stream().anyMatch(state::startsWith);
  }

  /** Returns the server's words, for the reason of a refused row. */
  static String reason(SQLException failure) {
    ServerErrorMessage message = serverMessage(failure);
    String said = message == null ? failure.getMessage() : message.getMessage();
    return "PostgreSQL refused the row: " + ConnectorException.outside(said) + ".";
  }

  /** Returns the server's details about the value. */
  static String detail(SQLException failure) {
    ServerErrorMessage message = serverMessage(failure);
    if (message == null) {
      return "";
    }
    String detail = message.getDetail();
    return ConnectorException.outside(detail == null ? message.getWhere() : detail);
  }

  /** Returns the column the server named, if it did. */
  static @Nullable String column(SQLException failure) {
    ServerErrorMessage message = serverMessage(failure);
    return message == null ? null : message.getColumn();
  }

  private static @Nullable ServerErrorMessage serverMessage(SQLException failure) {
    return failure instanceof PSQLException server ? server.getServerErrorMessage() : null;
  }
}
