package io.millrace.server.connection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Streams as a discover finds them. */
public final class TestStreams {
  private TestStreams() {}

  /** Returns a stream with a key {@code id}, a cursor {@code updated_at} and these other fields. */
  public static ObjectNode table(@Nullable String namespace, String name, String... fields) {
    ObjectNode stream = Documents.empty().put("name", name);
    if (namespace != null) {
      stream.put("namespace", namespace);
    }
    ObjectNode properties =
        stream.putObject("jsonSchema").put("type", "object").putObject("properties");
    properties.putObject("id").put("type", "integer");
    properties.putObject("updated_at").put("type", "string").put("format", "date-time");
    for (String field : fields) {
      properties.putObject(field).put("type", "string");
    }
    stream.putArray("supportedSyncModes").add("full_refresh").add("incremental");
    stream.put("sourceDefinedCursor", false);
    stream.putArray("defaultCursorField").add("updated_at");
    stream.putArray("sourceDefinedPrimaryKey").addArray().add("id");
    return stream;
  }

  /** Returns a stream's configuration. */
  public static ObjectNode config(String read, String write) {
    ObjectNode config = Documents.empty().put("syncMode", read).put("destinationSyncMode", write);
    config.putArray("cursorField").add("updated_at");
    config.putArray("primaryKey").addArray().add("id");
    return config.put("selected", true).put("fieldSelectionEnabled", false);
  }

  /** Returns a selected stream of a connection. */
  public static ConnectionStream stream(ObjectNode table, String read, String write) {
    return new ConnectionStream(StreamJson.name(table), true, table, config(read, write));
  }

  /** Returns a configuration in which only these fields are selected. */
  public static ObjectNode selecting(ObjectNode config, String... fields) {
    config.put("fieldSelectionEnabled", true);
    config.set("selectedFields", StreamJson.selectedFields(List.of(fields)));
    return config;
  }
}
