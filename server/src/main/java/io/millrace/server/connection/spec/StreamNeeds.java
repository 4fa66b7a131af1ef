package io.millrace.server.connection.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.StreamJson;
import io.millrace.server.http.Mistake;
import java.util.ArrayList;
import java.util.List;

/** The fields that the way in which a stream is synced cannot do without. Pure. */
final class StreamNeeds {
  private static final String CURSOR = "cursorField";
  private static final String KEY = "primaryKey";

  private StreamNeeds() {}

  /**
   * Returns what is missing: the cursor of an incremental read and the key of rows that are told
   * apart, where neither the user nor the source names one, and fields that the stream has not.
   *
   * @param place what stands before the names of fields
   */
  static List<Mistake> mistakes(String place, ConnectionStream stream) {
    List<Mistake> mistakes = new ArrayList<>();
    ObjectNode config = stream.config();
    ObjectNode offered = stream.stream();
    List<String> fields = StreamJson.fields(offered);
    boolean incremental = config.path("syncMode").asText().equals("incremental");
    boolean unknown = config.path("syncMode").isNull();
    if ((incremental || unknown) && !offered.path("sourceDefinedCursor").asBoolean()) {
      List<String> cursor = StreamJson.texts(config.path(CURSOR));
      if (incremental && cursor.isEmpty() && offered.path("defaultCursorField").isEmpty()) {
        mistakes.add(new Mistake(place + CURSOR, null, "the field that says what is new"));
      }
      known(place + CURSOR, cursor, fields, mistakes);
    }
    if (config.path("destinationSyncMode").asText().endsWith("_dedup")) {
      List<List<String>> key = StreamJson.paths(config.path(KEY));
      if (key.isEmpty() && offered.path("sourceDefinedPrimaryKey").isEmpty()) {
        mistakes.add(new Mistake(place + KEY, null, "the fields that tell its rows apart"));
      }
      key.forEach(path -> known(place + KEY, path, fields, mistakes));
    }
    return mistakes;
  }

  private static void known(
      String place, List<String> path, List<String> fields, List<Mistake> mistakes) {
    if (!path.isEmpty() && !fields.isEmpty() && !fields.contains(path.getFirst())) {
      mistakes.add(new Mistake(place, String.join(".", path), "a field of the stream"));
    }
  }
}
