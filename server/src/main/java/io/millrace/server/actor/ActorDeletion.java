package io.millrace.server.actor;

import io.millrace.server.http.Caller;
import org.jdbi.v3.core.Handle;

/** Ends what uses a source or destination that is deleted: its connections. */
@FunctionalInterface
public interface ActorDeletion {
  /**
   * Deletes the connections, in the transaction that deletes the actor.
   *
   * @return what is to be done once that transaction has committed, such as cancelling jobs
   */
  Runnable delete(Handle tx, ActorId id, Caller caller);
}
