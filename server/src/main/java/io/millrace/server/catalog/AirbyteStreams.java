package io.millrace.server.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.codec.JsonSchemas;
import io.millrace.server.json.Documents;
import io.millrace.spi.StreamDescriptor;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Streams of sources as the API's {@code AirbyteStream}, and its forms elsewhere. */
public final class AirbyteStreams {
  private static final Map<String, String> PROTOCOL_NAMES =
      Map.of(
          "jsonSchema", "json_schema",
          "supportedSyncModes", "supported_sync_modes",
          "sourceDefinedCursor", "source_defined_cursor",
          "defaultCursorField", "default_cursor_field",
          "sourceDefinedPrimaryKey", "source_defined_primary_key",
          "isResumable", "is_resumable",
          "isFileBased", "is_file_based");

  private static final Pattern NOT_PLAIN = Pattern.compile("[^A-Za-z0-9]");

  private AirbyteStreams() {}

  /** Returns the {@code AirbyteStream} of a stream. */
  public static ObjectNode of(StreamDescriptor found) {
    ObjectNode json = Documents.empty().put("name", found.name().name());
    if (found.name().namespace() != null) {
      json.put("namespace", found.name().namespace());
    }
    json.set("jsonSchema", Documents.MAPPER.valueToTree(JsonSchemas.of(found.schema())));
    ArrayNode modes = json.putArray("supportedSyncModes").add("full_refresh");
    if (found.incremental()) {
      modes.add("incremental");
    }
    json.put("sourceDefinedCursor", found.sourceDefinedCursor());
    ArrayNode cursor = json.putArray("defaultCursorField");
    found.cursorFields().stream().limit(1).forEach(cursor::add);
    ArrayNode key = json.putArray("sourceDefinedPrimaryKey");
    found.primaryKey().forEach(field -> key.addArray().add(field));
    return json.put("isResumable", true).put("isFileBased", false);
  }

  /**
   * Returns the {@code AirbyteStreamConfiguration} that a stream has before anybody chose: merged
   * by key where the source knows cursor and key, added to where it can only be read by a cursor
   * that the source knows, otherwise replaced as a whole. Nothing is chosen that the stream does
   * not say it can; one that says nothing is read as a whole.
   *
   * @param selected whether it is synced
   */
  public static ObjectNode defaultConfig(ObjectNode stream, boolean selected) {
    JsonNode modes = stream.path("supportedSyncModes");
    boolean full = modes.isEmpty() || has(modes, "full_refresh");
    boolean key = !stream.path("sourceDefinedPrimaryKey").isEmpty();
    boolean incremental =
        stream.path("sourceDefinedCursor").asBoolean()
            && has(modes, "incremental")
            && (key || !full);
    String write = key ? "append_dedup" : "append";
    ObjectNode config =
        Documents.empty()
            .put("syncMode", incremental ? "incremental" : "full_refresh")
            .put("destinationSyncMode", incremental ? write : "overwrite");
    config.set("cursorField", list(stream.path("defaultCursorField")).deepCopy());
    config.set("primaryKey", list(stream.path("sourceDefinedPrimaryKey")).deepCopy());
    return config
        .put("aliasName", alias(stream.path("name").asText()))
        .put("selected", selected)
        .put("suggested", false)
        .put("fieldSelectionEnabled", false);
  }

  /** Returns a stream's name as plain letters, digits and underscores. */
  public static String alias(String name) {
    return NOT_PLAIN.matcher(name).replaceAll("_");
  }

  /** Returns a stream by the names of the protocol. */
  static ObjectNode protocol(ObjectNode stream) {
    ObjectNode json = Documents.empty();
    stream
        .properties()
        .forEach(
            entry ->
                json.set(
                    PROTOCOL_NAMES.getOrDefault(entry.getKey(), entry.getKey()), entry.getValue()));
    return json;
  }

  /**
   * Returns the public API's {@code StreamProperties}.
   *
   * @param syncModes the combinations that source and destination can do; empty where no
   *     destination was named
   */
  static ObjectNode properties(ObjectNode stream, List<String> syncModes) {
    ObjectNode json = Documents.empty().put("streamName", stream.path("name").asText());
    if (stream.has("namespace")) {
      json.put("streamnamespace", stream.path("namespace").asText());
    }
    if (!syncModes.isEmpty()) {
      syncModes.forEach(json.putArray("syncModes")::add);
    }
    json.set("defaultCursorField", list(stream.path("defaultCursorField")));
    json.put("sourceDefinedCursorField", stream.path("sourceDefinedCursor").asBoolean());
    json.set("sourceDefinedPrimaryKey", list(stream.path("sourceDefinedPrimaryKey")));
    ArrayNode fields = json.putArray("propertyFields");
    stream
        .path("jsonSchema")
        .path("properties")
        .fieldNames()
        .forEachRemaining(name -> fields.addArray().add(name));
    return json;
  }

  /** Tells whether a list of modes has one. */
  static boolean has(JsonNode modes, String mode) {
    for (JsonNode one : modes) {
      if (one.asText().equals(mode)) {
        return true;
      }
    }
    return false;
  }

  private static JsonNode list(JsonNode list) {
    return list.isArray() ? list : Documents.MAPPER.createArrayNode();
  }
}
