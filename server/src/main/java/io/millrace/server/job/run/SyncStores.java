package io.millrace.server.job.run;

import io.millrace.engine.SyncStore;
import io.millrace.server.connection.ConnectionId;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Finds where a connection remembers its states. */
@FunctionalInterface
public interface SyncStores {
  /**
   * Returns the connection's store; the queue sees to it that one attempt at a time uses it.
   *
   * @param fence begins the transaction of everything that is saved; throws where nothing may be
   *     saved any more
   */
  SyncStore of(ConnectionId connection, Consumer<Handle> fence);
}
