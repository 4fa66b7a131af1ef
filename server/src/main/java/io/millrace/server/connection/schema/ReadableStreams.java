package io.millrace.server.connection.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.StreamJson;
import io.millrace.spi.StreamName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Leaves out of a connection's streams what its source has lost. Pure. */
final class ReadableStreams {
  private ReadableStreams() {}

  static List<ConnectionStream> of(List<ConnectionStream> streams, List<ObjectNode> discovered) {
    Map<StreamName, ObjectNode> found = new HashMap<>();
    discovered.forEach(stream -> found.put(StreamJson.name(stream), stream));
    List<ConnectionStream> readable = new ArrayList<>();
    for (ConnectionStream stream : streams) {
      ObjectNode now = found.get(stream.name());
      if (stream.selected() && now != null) {
        readable.add(without(stream, now));
      }
    }
    return readable;
  }

  private static ConnectionStream without(ConnectionStream stream, ObjectNode now) {
    Set<String> lost = new HashSet<>(StreamJson.fields(stream.stream()));
    StreamJson.fields(now).forEach(lost::remove);
    if (lost.isEmpty()) {
      return stream;
    }
    ObjectNode narrowed = stream.stream().deepCopy();
    if (narrowed.path("jsonSchema").path("properties") instanceof ObjectNode properties) {
      properties.remove(lost);
    }
    ObjectNode config = stream.config().deepCopy();
    if (config.has("selectedFields")) {
      List<String> selected = new ArrayList<>(StreamJson.selectedFields(config));
      selected.removeAll(lost);
      config.set("selectedFields", StreamJson.selectedFields(selected));
    }
    return new ConnectionStream(stream.name(), true, narrowed, config);
  }
}
