package io.millrace.server.job.run;

import io.millrace.engine.SyncStore;
import io.millrace.server.connection.ConnectionId;

/** Finds where a connection remembers its states. */
@FunctionalInterface
public interface SyncStores {
  /** Returns the connection's store; the queue sees to it that one attempt at a time uses it. */
  SyncStore of(ConnectionId connection);
}
