package io.millrace.server.connection.schema;

import io.millrace.server.connection.Connection;
import org.jdbi.v3.core.Handle;

/** Is told once of every change of a schema, within the transaction that deals with it. */
@FunctionalInterface
public interface SchemaListener {
  /**
   * Takes note of a change.
   *
   * @param connection the connection, as it is after the change
   */
  void schemaChanged(Handle tx, Connection connection, SchemaChange change);
}
