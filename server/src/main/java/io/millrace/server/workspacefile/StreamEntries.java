package io.millrace.server.workspacefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.config.Secret;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
  private static final String CURSOR = "cursor_field";
  private static final String KEY = "primary_key";

  /** Empty, these say the same as a workspace that has nothing there. */
  private static final Set<String> MAY_BE_EMPTY = Set.of(MAPPERS, CURSOR, KEY);

  /** The keys of an entry. */
  static final List<String> KEYS =
      List.of("name", "namespace", "sync_mode", CURSOR, KEY, "columns", MAPPERS);

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
      entry.put(CURSOR, cursor.path(0).asText());
    } else if (mayBring(stream, "defaultCursorField")) {
      entry.putArray(CURSOR);
    }
    JsonNode key = config.path("primaryKey");
    if (!key.isEmpty() || mayBring(stream, "sourceDefinedPrimaryKey")) {
      ArrayNode fields = entry.putArray(KEY);
      key.forEach(path -> fields.add(path.path(0).asText()));
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

  /** Leaving a choice out of a file means the source's own, of which there may be one. */
  private static boolean mayBring(JsonNode stream, String offer) {
    JsonNode offered = stream.path("stream").path(offer);
    return !offered.isArray() || !offered.isEmpty();
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

  /** A cursor is said as one name, or as a list when there is none. */
  private static ArrayNode list(JsonNode cursor) {
    ArrayNode list = Documents.MAPPER.createArrayNode();
    if (cursor.isArray()) {
      cursor.forEach(list::add);
    } else if (cursor.isValueNode() && !cursor.isNull()) {
      list.add(cursor.asText());
    }
    return list;
  }

  /** Knows what a file cannot see. */
  interface Server {
    /** Tells whether a stream has these mappers; what looks different may be a key's mask. */
    boolean hasMappers(JsonNode stream, JsonNode mappers) throws InterruptedException;
  }

  /**
   * Tells whether a connection's streams are as a file wants them, in whatever order: the same
   * streams, and of each what the file says.
   */
  static boolean same(JsonNode wanted, JsonNode known, Server server) throws InterruptedException {
    if (wanted.size() != known.size()) {
      return false;
    }
    for (JsonNode one : wanted) {
      boolean found = false;
      for (JsonNode other : known) {
        found = found || says(one, other, server);
      }
      if (!found) {
        return false;
      }
    }
    return true;
  }

  private static boolean says(JsonNode wanted, JsonNode known, Server server)
      throws InterruptedException {
    boolean masked = false;
    for (var property : wanted.properties()) {
      String key = property.getKey();
      JsonNode said =
          switch (key) {
            case MAPPERS -> withoutIds(property.getValue());
            case CURSOR -> list(property.getValue());
            default -> property.getValue();
          };
      JsonNode is = key.equals(CURSOR) ? list(known.path(key)) : known.path(key);
      boolean neither = MAY_BE_EMPTY.contains(key) && said.isEmpty() && is.isEmpty();
      if (!neither && !Documents.same(WorkspaceExport.sorted(said), WorkspaceExport.sorted(is))) {
        if (!key.equals(MAPPERS) || !is.findValuesAsText("key").contains(Secret.MASK)) {
          return false;
        }
        masked = true;
      }
    }
    // Without columns a file means all of them, without mappers none.
    return (wanted.has("columns") || !known.has("columns"))
        && (wanted.has(MAPPERS) || !known.has(MAPPERS))
        && (!masked || server.hasMappers(known, wanted.path(MAPPERS)));
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

  /**
   * Sees that an entry can be read.
   *
   * @throws ConfigException when it cannot
   */
  static void check(JsonNode entry) {
    mode(entry);
    for (String key : List.of(KEY, "columns")) {
      if (entry.hasNonNull(key) && !entry.path(key).isArray()) {
        throw new ConfigException(
            "workspace_file",
            "Stream " + entry.path("name").asText() + ": " + key + ": expected a list of fields.");
      }
    }
    for (String key : List.of(CURSOR, KEY, "columns")) {
      checkNames(entry, key);
    }
  }

  /** A list within the list would be a field without a name to the server. */
  private static void checkNames(JsonNode entry, String key) {
    JsonNode given = entry.path(key);
    JsonNode wrong = given.isObject() ? given : null;
    for (JsonNode field : given) {
      if (wrong == null && (field.isContainerNode() || field.isNull())) {
        wrong = field;
      }
    }
    if (wrong != null) {
      throw new ConfigException(
          "workspace_file",
          "Stream "
              + entry.path("name").asText()
              + ": "
              + key
              + ": expected names of top-level fields, not "
              + ConnectorException.outside(wrong.toString())
              + ".");
    }
  }

  /** Returns a discovered stream with the configuration of an entry. */
  static ObjectNode configured(JsonNode entry, ObjectNode discovered) {
    ObjectNode stream = discovered.deepCopy();
    JsonNode given = stream.get("config");
    ObjectNode config = given instanceof ObjectNode object ? object : stream.putObject("config");
    String[] both = mode(entry);
    config.put("selected", true).put("syncMode", both[0]).put("destinationSyncMode", both[1]);
    if (entry.hasNonNull(CURSOR)) {
      config.set("cursorField", list(entry.path(CURSOR)));
    }
    if (entry.hasNonNull(KEY)) {
      ArrayNode key = config.putArray("primaryKey");
      entry.path(KEY).forEach(field -> key.addArray().add(field.asText()));
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
