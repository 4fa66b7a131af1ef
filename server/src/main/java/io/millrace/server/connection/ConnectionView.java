package io.millrace.server.connection;

import io.millrace.server.tag.Tag;
import java.util.List;

/**
 * A connection as it is shown.
 *
 * @param connection the connection
 * @param streams its streams, in their order
 * @param tags its tags, by name
 */
public record ConnectionView(
    Connection connection, List<ConnectionStream> streams, List<Tag> tags) {
  public ConnectionView {
    streams = List.copyOf(streams);
    tags = List.copyOf(tags);
  }
}
