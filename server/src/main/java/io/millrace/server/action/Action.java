package io.millrace.server.action;

import io.millrace.server.connection.ConnectionId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Something to do when a job has ended. */
public sealed interface Action {
  /** Starts another connection, of the same workspace. */
  record Start(ConnectionId connection) implements Action {}

  /**
   * Posts what happened, as JSON.
   *
   * @param url where to; a secret, as whoever has it can post
   */
  record Post(String url) implements Action {}

  /**
   * Runs statements at the connection's destination, in one transaction.
   *
   * @param statements one statement each
   * @param timeout they have so long together
   */
  record Sql(List<String> statements, Duration timeout) implements Action {
    public Sql {
      statements = List.copyOf(statements);
    }
  }

  /** Does what an operation of the Config API says; connections name them by themselves. */
  record Operation(UUID id) implements Action {}

  /** Returns the API's and the store's name of its kind. */
  default String kind() {
    return switch (this) {
      case Start ignored -> "connection";
      case Post ignored -> "webhook";
      case Sql ignored -> "sql";
      case Operation ignored -> "operation";
    };
  }

  /** Returns what messages call it; never a secret. */
  default String label() {
    return switch (this) {
      case Start start -> "start of connection " + start.connection();
      case Post ignored -> "webhook";
      case Operation operation -> "operation " + operation.id();
      case Sql sql -> "SQL of " + sql.statements().size() + " statements";
    };
  }
}
