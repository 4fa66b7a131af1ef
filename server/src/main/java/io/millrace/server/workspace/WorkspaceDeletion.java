package io.millrace.server.workspace;

import io.millrace.server.http.Caller;
import org.jdbi.v3.core.Handle;

/** Deletes what belongs to a workspace: its connections, destinations and sources. */
@FunctionalInterface
public interface WorkspaceDeletion {
  /**
   * Deletes it all, in the transaction that deletes the workspace.
   *
   * @return what is to be done once that transaction has committed, such as cancelling jobs
   */
  Runnable delete(Handle tx, WorkspaceId id, Caller caller);
}
