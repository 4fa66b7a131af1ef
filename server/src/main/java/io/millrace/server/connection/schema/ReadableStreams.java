package io.millrace.server.connection.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.StreamJson;
import io.millrace.spi.StreamName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        left(stream, now).ifPresent(readable::add);
      }
    }
    return readable;
  }

  /** Returns what is left of a stream, or nothing where none of its selected fields is. */
  private static Optional<ConnectionStream> left(ConnectionStream stream, ObjectNode now) {
    Set<String> there = Set.copyOf(StreamJson.fields(now));
    ObjectNode narrowed = stream.stream().deepCopy();
    if (narrowed.path("jsonSchema").path("properties") instanceof ObjectNode properties) {
      properties.retain(there);
    }
    ObjectNode config = stream.config().deepCopy();
    List<String> selected = new ArrayList<>(StreamJson.selectedFields(config));
    if (!selected.isEmpty()) {
      selected.retainAll(there);
      if (selected.isEmpty()) {
        return Optional.empty();
      }
      config.set("selectedFields", StreamJson.selectedFields(selected));
    }
    // A full refresh merely prefers newer rows by its cursor; an incremental read needs it.
    List<String> cursor = StreamJson.texts(config.path("cursorField"));
    if (!config.path("syncMode").asText().equals("incremental")
        && !cursor.isEmpty()
        && !there.contains(cursor.getFirst())) {
      config.putArray("cursorField");
    }
    return Optional.of(new ConnectionStream(stream.name(), true, narrowed, config));
  }
}
