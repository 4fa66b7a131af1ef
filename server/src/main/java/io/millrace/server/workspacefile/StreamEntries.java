package io.millrace.server.workspacefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConfigException;
import java.util.List;
import java.util.Map;

/** A connection's streams as a file says them, and as the API does. */
final class StreamEntries {
  private static final Map<String, String[]> MODES =
      Map.of(
          "full_refresh_overwrite", new String[] {"full_refresh", "overwrite"},
          "full_refresh_append", new String[] {"full_refresh", "append"},
          "full_refresh_overwrite_dedup", new String[] {"full_refresh", "overwrite_dedup"},
          "incremental_append", new String[] {"incremental", "append"},
          "incremental_append_dedup", new String[] {"incremental", "append_dedup"});

  private static final String MAPPERS = "mappers";

  /** The keys of an entry. */
  static final List<String> KEYS =
      List.of("name", "namespace", "sync_mode", "cursor_field", "primary_key", "columns", MAPPERS);

  private StreamEntries() {}

  /** Returns a stream of the API as an entry of a file. */
  static ObjectNode entry(JsonNode stream) {
    JsonNode config = stream.path("config");
    ObjectNode entry = Documents.empty();
    entry.put("name", stream.path("stream").path("name").asText());
    if (stream.path("stream").hasNonNull("namespace")) {
      entry.put("namespace", stream.path("stream").path("namespace").asText());
    }
    entry.put(
        "sync_mode",
        config.path("syncMode").asText() + "_" + config.path("destinationSyncMode").asText());
    JsonNode cursor = config.path("cursorField");
    if (!cursor.isEmpty()) {
      entry.put("cursor_field", cursor.path(0).asText());
    }
    if (!config.path("primaryKey").isEmpty()) {
      ArrayNode key = entry.putArray("primary_key");
      config.path("primaryKey").forEach(path -> key.add(path.path(0).asText()));
    }
    if (config.path("fieldSelectionEnabled").asBoolean()) {
      ArrayNode columns = entry.putArray("columns");
      config.path("selectedFields").forEach(f -> columns.add(f.path("fieldPath").path(0).asText()));
    }
    if (!config.path(MAPPERS).isEmpty()) {
      entry.set(MAPPERS, withoutIds(config.path(MAPPERS)));
    }
    return entry;
  }

  /** An id says nothing of what a mapper does, and differs from server to server. */
  private static ArrayNode withoutIds(JsonNode mappers) {
    ArrayNode bare = Documents.MAPPER.createArrayNode();
    for (JsonNode mapper : mappers) {
      bare.add(mapper.deepCopy());
      if (bare.get(bare.size() - 1) instanceof ObjectNode object) {
        object.remove("id");
      }
    }
    return bare;
  }

  /** Tells whether an entry names a stream of the API. */
  static boolean names(JsonNode entry, JsonNode stream) {
    JsonNode known = stream.path("stream");
    boolean sameName = entry.path("name").asText().equals(known.path("name").asText());
    boolean sameNamespace =
        !entry.hasNonNull("namespace")
            || entry.path("namespace").asText().equals(known.path("namespace").asText());
    return sameName && sameNamespace;
  }

  /**
   * Tells whether a connection's streams are as a file wants them, in whatever order: the same
   * streams, and of each what the file says.
   */
  static boolean same(JsonNode wanted, JsonNode known) {
    if (wanted.size() != known.size()) {
      return false;
    }
    for (JsonNode one : wanted) {
      boolean found = false;
      for (JsonNode other : known) {
        found |= says(one, other);
      }
      if (!found) {
        return false;
      }
    }
    return true;
  }

  private static boolean says(JsonNode wanted, JsonNode known) {
    for (var property : wanted.properties()) {
      boolean mappers = property.getKey().equals(MAPPERS);
      JsonNode said = mappers ? withoutIds(property.getValue()) : property.getValue();
      JsonNode is = known.path(property.getKey());
      boolean neither = mappers && said.isEmpty() && is.isEmpty();
      if (!neither && !Documents.same(WorkspaceExport.sorted(said), WorkspaceExport.sorted(is))) {
        return false;
      }
    }
    // Without columns a file means all of them, without mappers none.
    return (wanted.has("columns") || !known.has("columns"))
        && (wanted.has(MAPPERS) || !known.has(MAPPERS));
  }

  /**
   * Returns how an entry's stream is read and written, by the API's names.
   *
   * @throws ConfigException when there is no such mode
   */
  static String[] mode(JsonNode entry) {
    String mode = entry.path("sync_mode").asText("full_refresh_overwrite");
    String[] both = MODES.get(mode);
    if (both == null) {
      throw new ConfigException(
          "workspace_file",
          "Stream "
              + entry.path("name").asText()
              + ": there is no sync mode \""
              + mode
              + "\"; known are "
              + String.join(", ", MODES.keySet().stream().sorted().toList())
              + ".");
    }
    return both;
  }

  /** Returns a discovered stream with the configuration of an entry. */
  static ObjectNode configured(JsonNode entry, ObjectNode discovered) {
    ObjectNode stream = discovered.deepCopy();
    JsonNode given = stream.get("config");
    ObjectNode config = given instanceof ObjectNode object ? object : stream.putObject("config");
    String[] both = mode(entry);
    config.put("selected", true).put("syncMode", both[0]).put("destinationSyncMode", both[1]);
    if (entry.hasNonNull("cursor_field")) {
      config.putArray("cursorField").add(entry.path("cursor_field").asText());
    }
    if (entry.hasNonNull("primary_key")) {
      ArrayNode key = config.putArray("primaryKey");
      entry.path("primary_key").forEach(field -> key.addArray().add(field.asText()));
    }
    if (entry.hasNonNull("columns")) {
      config.put("fieldSelectionEnabled", true);
      ArrayNode selected = config.putArray("selectedFields");
      entry
          .path("columns")
          .forEach(f -> selected.addObject().putArray("fieldPath").add(f.asText()));
    } else {
      config.put("fieldSelectionEnabled", false);
      config.remove("selectedFields");
    }
    // The older form of hashing mappers would bring back what the file leaves out.
    config.remove(List.of("hashedFields", MAPPERS));
    if (!entry.path(MAPPERS).isEmpty()) {
      config.set(MAPPERS, entry.get(MAPPERS));
    }
    return stream;
  }
}
