package io.millrace.server.connection.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.StreamJson;
import io.millrace.server.json.Documents;
import io.millrace.spi.StreamName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a user has changed in the streams of a connection, as the API's timeline shows it. Pure. */
public final class CatalogConfigDiff {
  private static final List<String> LISTS =
      List.of(
          "streamsEnabled",
          "streamsDisabled",
          "fieldsEnabled",
          "fieldsDisabled",
          "primaryKeysChanged",
          "cursorFieldsChanged",
          "syncModesChanged");

  private final ObjectNode json = Documents.empty();
  private boolean empty = true;

  private CatalogConfigDiff() {
    LISTS.forEach(json::putArray);
  }

  /** Returns the {@code AirbyteCatalogDiff}, or null where nothing has changed. */
  public static @Nullable ObjectNode between(
      List<ConnectionStream> before, List<ConnectionStream> after) {
    CatalogConfigDiff diff = new CatalogConfigDiff();
    Map<StreamName, ConnectionStream> old = selected(before);
    selected(after)
        .forEach(
            (name, stream) -> {
              ConnectionStream was = old.remove(name);
              if (was == null) {
                diff.stream("streamsEnabled", stream, true);
              } else {
                diff.configs(was, stream);
              }
            });
    old.values().forEach(stream -> diff.stream("streamsDisabled", stream, false));
    if (diff.empty) {
      return null;
    }
    ObjectNode whole = Documents.empty();
    whole.set("catalogDiff", CatalogDiffJson.of(SchemaDiff.NONE));
    whole.set("catalogConfigDiff", diff.json);
    return whole;
  }

  private static Map<StreamName, ConnectionStream> selected(List<ConnectionStream> streams) {
    Map<StreamName, ConnectionStream> selected = new LinkedHashMap<>();
    streams.stream()
        .filter(ConnectionStream::selected)
        .forEach(stream -> selected.put(stream.name(), stream));
    return selected;
  }

  private void stream(String list, ConnectionStream stream, boolean enabled) {
    fields(list, stream, fieldsOf(stream), enabled);
  }

  private void configs(ConnectionStream was, ConnectionStream is) {
    List<String> gained = new ArrayList<>(fieldsOf(is));
    gained.removeAll(fieldsOf(was));
    List<String> lost = new ArrayList<>(fieldsOf(was));
    lost.removeAll(fieldsOf(is));
    if (!gained.isEmpty()) {
      fields("fieldsEnabled", is, gained, true);
    }
    if (!lost.isEmpty()) {
      fields("fieldsDisabled", is, lost, false);
    }
    changed("primaryKeysChanged", "primaryKey", was, is);
    changed("cursorFieldsChanged", "cursorField", was, is);
    modes(was, is);
  }

  private void fields(String list, ConnectionStream stream, List<String> fields, boolean enabled) {
    ObjectNode one = add(list, stream).put("status", enabled ? "enabled" : "disabled");
    one.set("fields", StreamJson.texts(fields));
  }

  private void changed(String list, String member, ConnectionStream was, ConnectionStream is) {
    JsonNode before = orNone(was.config().path(member));
    JsonNode after = orNone(is.config().path(member));
    if (!before.equals(after)) {
      ObjectNode one = add(list, is);
      one.set("prev", before);
      one.set("current", after);
    }
  }

  private void modes(ConnectionStream was, ConnectionStream is) {
    ObjectNode before = was.config();
    ObjectNode after = is.config();
    String read = "syncMode";
    String write = "destinationSyncMode";
    if (before.path(read).equals(after.path(read))
        && before.path(write).equals(after.path(write))) {
      return;
    }
    add("syncModesChanged", is)
        .put("prevSourceSyncMode", before.path(read).asText())
        .put("prevDestinationSyncMode", before.path(write).asText())
        .put("currentSourceSyncMode", after.path(read).asText())
        .put("currentDestinationSyncMode", after.path(write).asText());
  }

  private ObjectNode add(String list, ConnectionStream stream) {
    empty = false;
    ObjectNode one = ((ArrayNode) json.get(list)).addObject();
    one.put("streamName", stream.name().name());
    if (stream.name().namespace() != null) {
      one.put("streamNamespace", stream.name().namespace());
    }
    return one;
  }

  private static List<String> fieldsOf(ConnectionStream stream) {
    return stream.config().path("fieldSelectionEnabled").asBoolean()
        ? StreamJson.selectedFields(stream.config())
        : StreamJson.fields(stream.stream());
  }

  private static JsonNode orNone(JsonNode list) {
    return list.isArray() ? list : Documents.MAPPER.createArrayNode();
  }
}
