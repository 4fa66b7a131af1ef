package io.millrace.server.connection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.http.Caller;
import org.jdbi.v3.core.Handle;

/** Is told when somebody has changed which streams a connection syncs, and how. */
@FunctionalInterface
public interface StreamsListener {
  /**
   * Takes note of a change, within the transaction that makes it.
   *
   * @param connection the connection as it is after the change
   * @param diff the change, as the API's {@code AirbyteCatalogDiff}
   * @param caller who did it
   */
  void streamsChanged(Handle tx, Connection connection, ObjectNode diff, Caller caller);
}
