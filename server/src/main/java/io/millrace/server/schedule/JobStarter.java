package io.millrace.server.schedule;

import io.millrace.server.connection.ConnectionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Starts the sync of a connection whose time has come. */
@FunctionalInterface
public interface JobStarter {
  /**
   * Starts a sync, in a transaction of its own. What it throws is logged and it is called again
   * soon.
   *
   * @param newest when the connection's newest job was made, as far as the caller knows; null for
   *     none
   * @return whether a job was made; false where the connection may not run, has a job that has not
   *     ended, or had one since the newest, such as of another server
   */
  boolean start(ConnectionId connection, @Nullable Instant newest);
}
