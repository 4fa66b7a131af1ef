package io.millrace.server.schedule;

import io.millrace.server.connection.ConnectionId;

/** Starts the sync of a connection whose time has come. */
@FunctionalInterface
public interface JobStarter {
  /**
   * Starts a sync, in a transaction of its own. What it throws is logged and it is called again
   * soon.
   *
   * @return whether a job was made; false where the connection may not run or has a job that has
   *     not ended
   */
  boolean start(ConnectionId connection);
}
