package io.millrace.server.action;

import io.millrace.server.connection.ConnectionId;
import org.jdbi.v3.core.Handle;

/** Starts a connection because another one has succeeded. */
@FunctionalInterface
public interface ChainStarter {
  /**
   * Starts a sync within the transaction.
   *
   * @return whether a job was made; false where the connection has a job that has not ended
   */
  boolean start(Handle tx, ConnectionId connection);
}
