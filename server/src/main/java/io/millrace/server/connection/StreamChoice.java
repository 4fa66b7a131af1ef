package io.millrace.server.connection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.http.Mistakes;
import io.millrace.spi.StreamName;
import java.util.List;
import java.util.Set;

/** The streams that a client asks for, before they are matched with those of the source. */
public interface StreamChoice {
  /** Tells whether matching needs the source's streams; without, they may be unknown. */
  boolean needsCatalog();

  /**
   * Tells whether the streams are described well enough to be kept as they are where the source
   * cannot be reached.
   */
  boolean describesStreams();

  /**
   * Returns the streams as they are kept, in a stable order; without those that cannot be told.
   *
   * @param before the connection's streams until now; none for a new one
   * @param discovered the source's streams, the API's {@code AirbyteStream}; empty where unknown
   * @param writeModes the destination's sync modes by the API's names
   * @param mistakes where what is wrong is added: one is no stream of the source, or cannot be
   *     synced as asked
   */
  List<ConnectionStream> match(
      List<ConnectionStream> before,
      List<ObjectNode> discovered,
      Set<String> writeModes,
      Mistakes mistakes);

  /**
   * Returns where the configuration of a matched stream stands in the request, for messages: {@code
   * syncCatalog.streams[0].config}.
   */
  String place(StreamName stream);
}
