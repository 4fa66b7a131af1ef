package io.millrace.server.connection.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.StreamJson;
import io.millrace.spi.StreamName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a source still has of a connection's selected streams. Pure.
 *
 * @param streams those that can be read, without the fields that are gone
 * @param lost the others
 */
record ReadableStreams(List<ConnectionStream> streams, List<LostStream> lost) {
  static ReadableStreams of(List<ConnectionStream> streams, List<ObjectNode> discovered) {
    Map<StreamName, ObjectNode> found = new HashMap<>();
    discovered.forEach(stream -> found.put(StreamJson.name(stream), stream));
    List<ConnectionStream> readable = new ArrayList<>();
    List<LostStream> lost = new ArrayList<>();
    for (ConnectionStream stream : streams) {
      if (!stream.selected()) {
        continue;
      }
      ObjectNode now = found.get(stream.name());
      if (now == null) {
        lost.add(LostStream.gone(stream));
        continue;
      }
      List<String> read = LostStream.read(stream);
      Set<String> there = Set.copyOf(StreamJson.fields(now));
      if (!read.isEmpty() && read.stream().noneMatch(there::contains)) {
        lost.add(LostStream.emptied(stream, read));
      } else {
        readable.add(left(stream, there));
      }
    }
    return new ReadableStreams(readable, lost);
  }

  private static ConnectionStream left(ConnectionStream stream, Set<String> there) {
    ObjectNode narrowed = stream.stream().deepCopy();
    if (narrowed.path("jsonSchema").path("properties") instanceof ObjectNode properties) {
      properties.retain(there);
    }
    ObjectNode config = stream.config().deepCopy();
    List<String> selected = new ArrayList<>(StreamJson.selectedFields(config));
    if (!selected.isEmpty()) {
      selected.retainAll(there);
      config.set("selectedFields", StreamJson.selectedFields(selected));
    }
    // A full refresh merely prefers newer rows by its cursor; an incremental read needs it.
    List<String> cursor = StreamJson.texts(config.path("cursorField"));
    if (!config.path("syncMode").asText().equals("incremental")
        && !cursor.isEmpty()
        && !there.contains(cursor.getFirst())) {
      config.putArray("cursorField");
    }
    return new ConnectionStream(stream.name(), true, narrowed, config);
  }
}
