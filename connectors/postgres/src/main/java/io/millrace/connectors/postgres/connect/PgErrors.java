package io.millrace.connectors.postgres.connect;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.SystemException;
import io.millrace.spi.TransientException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.GT;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Turns failures of the driver and the server into the four kinds of {@link ConnectorException}.
 */
public final class PgErrors {
  private static final String CONNECTION_CLASS = "08";
  private static final int CAUSES_MAX = 10;

  private PgErrors() {}

  /**
   * Returns the exception to throw instead.
   *
   * @param what what was tried, as the rest of a sentence that begins with "Could not", such as
   *     {@code read public.orders}
   */
  public static ConnectorException translate(SQLException failure, String what) {
    @Nullable ConnectorException ours = cause(failure, ConnectorException.class);
    if (ours != null) {
      return ours;
    }
    PgErrorRule rule = rule(failure);
    String said = said(failure);
    String message =
        "Could not " + what + ": " + rule.advice() + (said.isEmpty() ? "" : " (" + said + ")");
    String internal = internal(failure, what);
    return switch (rule.kind()) {
      case CONFIG -> new ConfigException(rule.code(), message, internal, failure);
      case TRANSIENT -> new TransientException(rule.code(), message, internal, failure);
      case SYSTEM -> new SystemException(rule.code(), message, internal, failure);
    };
  }

  /** Tells whether the connection is gone, so that nobody knows what became of the statement. */
  public static boolean isConnectionLost(SQLException failure) {
    String state = state(failure);
    return state.startsWith(CONNECTION_CLASS)
        || state.startsWith("57P0")
        || cause(failure, IOException.class) != null;
  }

  static boolean isUnknownHost(Throwable failure) {
    return cause(failure, UnknownHostException.class) != null
        || cause(failure, UnresolvedAddressException.class) != null;
  }

  private static PgErrorRule rule(SQLException failure) {
    if (isUnknownHost(failure)) {
      return PgErrorRule.UNKNOWN_HOST;
    }
    if (cause(failure, ConnectException.class) != null
        || cause(failure, NoRouteToHostException.class) != null) {
      return PgErrorRule.CONNECTION_REFUSED;
    }
    if (cause(failure, SocketTimeoutException.class) != null) {
      return PgErrorRule.TIMED_OUT;
    }
    if (cause(failure, SSLException.class) != null
        && cause(failure, java.net.SocketException.class) == null) {
      return PgErrorRule.TLS;
    }
    // The driver's own words follow the process's language, and so does what they are compared
    // with.
    if (GT.tr("The server does not support SSL.").equals(failure.getMessage())) {
      return PgErrorRule.NO_ENCRYPTION;
    }
    @Nullable ServerErrorMessage server = serverMessage(failure);
    @Nullable String message = server == null ? null : words(server);
    return PgErrorRule.of(state(failure), message == null ? "" : message);
  }

  private static String state(SQLException failure) {
    String state = failure.getSQLState();
    return state == null ? "" : state;
  }

  private static String said(SQLException failure) {
    ServerErrorMessage server = serverMessage(failure);
    String line = ConnectorException.outside(server == null ? outsideOf(failure) : words(server));
    String state = state(failure).isEmpty() ? "" : "SQLSTATE " + state(failure);
    return line.isEmpty() || state.isEmpty() ? line + state : line + ", " + state;
  }

  private static @Nullable String words(ServerErrorMessage server) {
    return server.getMessage();
  }

  /** The driver's own words follow the process's language, so only those of Java are shown. */
  private static @Nullable String outsideOf(SQLException failure) {
    IOException io = cause(failure, IOException.class);
    return io == null ? "" : io.getMessage();
  }

  private static String internal(SQLException failure, String what) {
    ServerErrorMessage server = serverMessage(failure);
    String all = server == null ? failure.getMessage() : server.toString();
    return what + ": SQLSTATE " + state(failure) + ": " + ConnectorException.outside(all);
  }

  private static @Nullable ServerErrorMessage serverMessage(SQLException failure) {
    return failure instanceof PSQLException server ? server.getServerErrorMessage() : null;
  }

  private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
    Throwable at = failure;
    for (int depth = 0; at != null && depth < CAUSES_MAX; depth++) {
      if (type.isInstance(at)) {
        return type.cast(at);
      }
      at = at.getCause();
    }
    return null;
  }
}
