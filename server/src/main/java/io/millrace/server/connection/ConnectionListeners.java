package io.millrace.server.connection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.schema.SchemaChange;
import io.millrace.server.connection.schema.SchemaListener;
import io.millrace.server.http.Caller;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Everybody who is told of changes, in the order in which they asked. Thread-safe. */
public final class ConnectionListeners
    implements ConnectionListener, StreamsListener, SchemaListener {
  private final List<ConnectionListener> connections = new CopyOnWriteArrayList<>();
  private final List<StreamsListener> streams = new CopyOnWriteArrayList<>();
  private final List<SchemaListener> schemas = new CopyOnWriteArrayList<>();

  /** Tells this listener of every change of a connection from now on. */
  public ConnectionListeners add(ConnectionListener listener) {
    connections.add(listener);
    return this;
  }

  /** Tells this listener of every change of streams from now on. */
  public ConnectionListeners addForStreams(StreamsListener listener) {
    streams.add(listener);
    return this;
  }

  /** Tells this listener of every change of a schema from now on. */
  public ConnectionListeners addForSchemas(SchemaListener listener) {
    schemas.add(listener);
    return this;
  }

  @Override
  public void changed(Handle tx, @Nullable Connection before, Connection after, Caller caller) {
    connections.forEach(listener -> listener.changed(tx, before, after, caller));
  }

  @Override
  public void streamsChanged(Handle tx, Connection connection, ObjectNode diff, Caller caller) {
    streams.forEach(listener -> listener.streamsChanged(tx, connection, diff, caller));
  }

  @Override
  public void schemaChanged(Handle tx, Connection connection, SchemaChange change) {
    schemas.forEach(listener -> listener.schemaChanged(tx, connection, change));
  }
}
