package io.millrace.server.connection.schema;

import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.StreamJson;
import java.util.List;

/**
 * A selected stream of which the source has nothing left that is to be read.
 *
 * @param stream the stream, as the connection knows it
 * @param problem what is gone and what to do, for people
 */
public record LostStream(ConnectionStream stream, String problem) {
  private static final int NAMED_MAX = 3;

  /** The source has no such stream any more. */
  public static LostStream gone(ConnectionStream stream) {
    return new LostStream(
        stream,
        "The source no longer has stream "
            + stream.name().display()
            + ". Deselect it in the connection, or bring it back at the source.");
  }

  /** The source has the stream, but no field that the connection reads. */
  static LostStream emptied(ConnectionStream stream, List<String> fields) {
    String more = fields.size() > NAMED_MAX ? ", ..." : "";
    return new LostStream(
        stream,
        "Stream "
            + stream.name().display()
            + " no longer has any field that the connection reads ("
            + String.join(", ", fields.subList(0, Math.min(fields.size(), NAMED_MAX)))
            + more
            + "). Select others in the connection, deselect the stream, or bring them back at the"
            + " source.");
  }

  /** Returns the fields that the connection reads, none where it reads whatever there is. */
  static List<String> read(ConnectionStream stream) {
    List<String> selected = StreamJson.selectedFields(stream.config());
    boolean selects = stream.config().path("fieldSelectionEnabled").asBoolean();
    return selects && !selected.isEmpty() ? selected : StreamJson.fields(stream.stream());
  }
}
