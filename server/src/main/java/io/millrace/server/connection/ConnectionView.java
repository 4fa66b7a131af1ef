package io.millrace.server.connection;

import io.millrace.server.tag.Tag;
import java.util.List;

/**
 * A connection as it is shown.
 *
 * @param connection the connection
 * @param streams its streams, in their order
 * @param tags its tags, by name
 * @param warnings what is to be known of it, a sentence each; lists have none
 */
public record ConnectionView(
    Connection connection, List<ConnectionStream> streams, List<Tag> tags, List<String> warnings) {
  public ConnectionView {
    warnings = List.copyOf(warnings);
    streams = List.copyOf(streams);
    tags = List.copyOf(tags);
  }

  /**
   * A stream as the store holds it, ready to be written into an answer.
   *
   * @param name its name at the source, without namespace
   * @param stream the text of its {@code AirbyteStream}
   * @param config the text of its {@code AirbyteStreamConfiguration}
   */
  public record Written(String name, String stream, String config) {}

  /**
   * A connection of a long list.
   *
   * @param view the connection, its streams left out
   * @param streams its selected streams, in their order
   */
  public record Listed(ConnectionView view, List<Written> streams) {
    public Listed {
      streams = List.copyOf(streams);
    }
  }
}
