package io.millrace.server.connection;

import io.millrace.server.http.Caller;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Is told of every change of a connection, within the transaction that makes it. */
@FunctionalInterface
public interface ConnectionListener {
  /**
   * Takes note of a change. What it throws undoes the change.
   *
   * @param before how it was; null for a new one
   * @param after how it is; deprecated when it was deleted
   * @param caller who did it
   */
  void changed(Handle tx, @Nullable Connection before, Connection after, Caller caller);
}
