package io.millrace.server.workspacefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connector.Side;
import io.millrace.server.json.Documents;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes what a workspace holds into a document, everything by name and in a fixed order. */
final class WorkspaceExport {
  /** The version of the form of these files. */
  static final int VERSION = 1;

  /** What of a connection is said under the API's own names. */
  static final List<String> SETTINGS =
      List.of(
          "nonBreakingChangesPreference",
          "backfillPreference",
          "notifySchemaChanges",
          "notifySchemaChangesByEmail",
          "resourceRequirements",
          "syncSettings");

  private final WorkspaceApi api;
  private final Map<String, String> names = new HashMap<>();

  WorkspaceExport(WorkspaceApi api) {
    this.api = api;
  }

  ObjectNode document() throws InterruptedException {
    ObjectNode file = Documents.empty().put("version", VERSION);
    ObjectNode workspace = file.putObject("workspace");
    workspace.put("name", api.workspace().path("name").asText());
    for (String key : List.of("email", "notificationSettings")) {
      if (api.workspace().hasNonNull(key)) {
        workspace.set(key, api.workspace().get(key));
      }
    }
    ArrayNode tags = file.putArray("tags");
    api.tags()
        .forEach(
            (name, tag) ->
                tags.addObject().put("name", name).put("color", tag.path("color").asText()));
    for (Side side : Side.values()) {
      actors(side, file.putArray(side.label() + "s"));
    }
    ArrayNode connections = file.putArray("connections");
    Map<String, JsonNode> known = api.connections();
    Map<String, String> connectionNames = new HashMap<>();
    known.forEach((name, one) -> connectionNames.put(one.path("connectionId").asText(), name));
    for (JsonNode one : known.values()) {
      connections.add(actions(one, connection(one), connectionNames));
    }
    return file;
  }

  private void actors(Side side, ArrayNode list) throws InterruptedException {
    Map<String, String> connectors = api.connectors(side);
    api.actors(side)
        .forEach(
            (name, actor) -> {
              names.put(actor.path(side.label() + "Id").asText(), name);
              String definition = actor.path(side.label() + "DefinitionId").asText();
              ObjectNode entry = list.addObject().put("name", name);
              entry.put("connector", connectors.getOrDefault(definition, definition));
              entry.set("config", sorted(actor.path("connectionConfiguration")));
            });
  }

  private ObjectNode connection(JsonNode one) {
    ObjectNode entry = Documents.empty().put("name", one.path("name").asText());
    entry.put("source", names.get(one.path("sourceId").asText()));
    entry.put("destination", names.get(one.path("destinationId").asText()));
    entry.put("status", one.path("status").asText());
    entry.set("schedule", ScheduleEntry.of(one));
    entry.put("namespace", namespace(one));
    entry.put("prefix", one.path("prefix").asText(""));
    List<String> tags = new ArrayList<>();
    one.path("tags").forEach(tag -> tags.add(tag.path("name").asText()));
    ArrayNode tagList = entry.putArray("tags");
    tags.stream().sorted().forEach(tagList::add);
    ObjectNode settings = Documents.empty();
    SETTINGS.forEach(
        key -> {
          if (one.hasNonNull(key)) {
            settings.set(key, one.get(key));
          }
        });
    if (!settings.isEmpty()) {
      entry.set("settings", settings);
    }
    entry.set("streams", streams(one));
    return entry;
  }

  private ObjectNode actions(JsonNode connection, ObjectNode entry, Map<String, String> names)
      throws InterruptedException {
    ObjectNode id = Documents.empty().put("connectionId", connection.path("connectionId").asText());
    JsonNode actions = api.call("/connections/actions/get", id);
    for (String key : List.of("after_success", "after_failure")) {
      String member = Objects.requireNonNull(ActionEntries.OUTCOMES.get(key));
      entry.set(key, ActionEntries.of(actions.path(member), names));
    }
    return entry;
  }

  private static ArrayNode streams(JsonNode connection) {
    List<ObjectNode> entries = new ArrayList<>();
    for (JsonNode stream : connection.path("syncCatalog").path("streams")) {
      if (stream.path("config").path("selected").asBoolean(true)) {
        entries.add(StreamEntries.entry(stream));
      }
    }
    entries.sort(
        Comparator.comparing((ObjectNode entry) -> entry.path("namespace").asText())
            .thenComparing(entry -> entry.path("name").asText()));
    ArrayNode list = Documents.MAPPER.createArrayNode();
    entries.forEach(list::add);
    return list;
  }

  private static String namespace(JsonNode connection) {
    String rule = connection.path("namespaceDefinition").asText("source");
    return rule.equals("customformat") ? connection.path("namespaceFormat").asText("") : rule;
  }

  /** Keys in one order, whatever order the configuration was given in. */
  static JsonNode sorted(JsonNode json) {
    if (json instanceof ArrayNode array) {
      ArrayNode list = Documents.MAPPER.createArrayNode();
      array.forEach(one -> list.add(sorted(one)));
      return list;
    }
    if (!(json instanceof ObjectNode object)) {
      return json;
    }
    ObjectNode sorted = Documents.empty();
    List<String> keys = new ArrayList<>();
    object.fieldNames().forEachRemaining(keys::add);
    keys.stream().sorted().forEach(key -> sorted.set(key, sorted(object.get(key))));
    return sorted;
  }
}
