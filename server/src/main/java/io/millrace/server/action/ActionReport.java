package io.millrace.server.action;

import io.millrace.server.connection.ConnectionId;

/** Tells people how actions went: in the job's log, and in the connection's timeline. */
public interface ActionReport {
  /** An action is done. */
  void succeeded(ConnectionId connection, long job, String action);

  /**
   * An action failed.
   *
   * @param message why, in a sentence without secrets
   * @param last no further try follows
   */
  void failed(ConnectionId connection, long job, String action, String message, boolean last);
}
