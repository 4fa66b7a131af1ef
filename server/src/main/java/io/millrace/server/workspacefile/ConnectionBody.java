package io.millrace.server.workspacefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConfigException;
import java.util.function.Consumer;

/** What the API is told of a connection of a file. Pure. */
final class ConnectionBody {
  private ConnectionBody() {}

  /** Returns what an entry says, but for its ends, its tags and its streams. */
  static ObjectNode of(ObjectNode entry) {
    ObjectNode body = Documents.empty().put("name", entry.path("name").asText());
    if (entry.has("status")) {
      body.set("status", entry.get("status"));
    }
    if (entry.has("prefix")) {
      body.set("prefix", entry.get("prefix"));
    }
    if (entry.has("schedule")) {
      ScheduleEntry.into(body, entry.get("schedule"));
    }
    if (entry.has("namespace")) {
      String rule = entry.path("namespace").asText();
      boolean named = rule.equals("source") || rule.equals("destination");
      body.put("namespaceDefinition", named ? rule : "customformat");
      if (!named) {
        body.put("namespaceFormat", rule);
      }
    }
    if (entry.get("settings") instanceof ObjectNode settings) {
      WorkspaceExport.SETTINGS.forEach(
          key -> {
            if (settings.has(key)) {
              body.set(key, settings.get(key));
            }
          });
    }
    return body;
  }

  /**
   * Adds an entry's streams.
   *
   * @param discovered the streams of its source
   * @param missing hears of each that the source does not have
   */
  static void addStreams(
      ObjectNode body, ObjectNode entry, JsonNode discovered, Consumer<ConfigException> missing) {
    ArrayNode streams = body.putObject("syncCatalog").putArray("streams");
    for (JsonNode wanted : entry.path("streams")) {
      try {
        streams.add(StreamEntries.configured(wanted, pick(wanted, discovered, entry)));
      } catch (ConfigException e) {
        missing.accept(e);
      }
    }
  }

  private static ObjectNode pick(JsonNode wanted, JsonNode discovered, ObjectNode entry) {
    ObjectNode picked = null;
    for (JsonNode one : discovered) {
      if (StreamEntries.names(wanted, one) && one instanceof ObjectNode stream) {
        if (picked != null) {
          throw new ConfigException(
              "workspace_file",
              "Stream "
                  + wanted.path("name").asText()
                  + " is in several namespaces of "
                  + entry.path("source").asText()
                  + "; say which.");
        }
        picked = stream;
      }
    }
    if (picked == null) {
      throw new ConfigException(
          "workspace_file",
          "The source "
              + entry.path("source").asText()
              + " has no stream "
              + wanted.path("name").asText()
              + ".");
    }
    return picked;
  }
}
