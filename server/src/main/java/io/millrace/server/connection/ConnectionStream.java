package io.millrace.server.connection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.StreamName;

/**
 * A stream of a connection.
 *
 * @param name its name at the source
 * @param selected it is synced
 * @param stream the API's {@code AirbyteStream}, with the schema it was configured with
 * @param config the API's {@code AirbyteStreamConfiguration}
 */
public record ConnectionStream(
    StreamName name, boolean selected, ObjectNode stream, ObjectNode config) {
  /** Returns this stream, synced or not. */
  public ConnectionStream select(boolean sync) {
    return sync == selected
        ? this
        : new ConnectionStream(name, sync, stream, config.deepCopy().put("selected", sync));
  }
}
