package io.millrace.server.workspacefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.ConfigException;
import io.millrace.spi.config.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys of a workspace file: a misspelt one would otherwise be left out without a word. */
final class WorkspaceKeys {
  private static final List<String> TOP = List.of("version", "workspace");
  private static final List<String> ACTOR = List.of("name", "connector", "config");
  private static final String CONNECTIONS = "connections";
  private static final String SETTINGS = "settings";
  private static final String STREAMS = "streams";
  private static final List<String> CONNECTION =
      List.of(
          "name",
          "source",
          "destination",
          "status",
          "schedule",
          "namespace",
          "prefix",
          "tags",
          SETTINGS,
          STREAMS,
          "after_success",
          "after_failure");

  /** The kinds of things, and the keys of an entry of each. */
  private static final Map<String, List<String>> KINDS = kinds();

  private WorkspaceKeys() {}

  private static Map<String, List<String>> kinds() {
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    kinds.put("tags", List.of("name", "color"));
    kinds.put("sources", ACTOR);
    kinds.put("destinations", ACTOR);
    kinds.put(CONNECTIONS, CONNECTION);
    return kinds;
  }

  /**
   * Sees that a file has no key that nobody reads.
   *
   * @throws ConfigException when it has
   */
  static void check(ObjectNode file) {
    List<String> top = new ArrayList<>(TOP);
    top.addAll(KINDS.keySet());
    check("a workspace file", file, top);
    check("workspace", file.path("workspace"), List.of("name", "email", "notificationSettings"));
    KINDS.forEach(
        (kind, keys) -> {
          list(kind, file.path(kind));
          for (JsonNode entry : file.path(kind)) {
            String name = kind.substring(0, kind.length() - 1) + " " + entry.path("name").asText();
            check(name, entry, keys);
          }
        });
    for (JsonNode entry : file.path(CONNECTIONS)) {
      String name = "connection " + entry.path("name").asText();
      check(name + ", settings", entry.path(SETTINGS), WorkspaceExport.SETTINGS);
      list(name + ", streams", entry.path(STREAMS));
      for (String outcome : ActionEntries.OUTCOMES.keySet()) {
        list(name + ", " + outcome, entry.path(outcome));
        for (JsonNode action : entry.path(outcome)) {
          check(name + ", " + outcome, action, ActionEntries.KEYS);
        }
      }
      for (JsonNode stream : entry.path(STREAMS)) {
        check(name + ", stream " + stream.path("name").asText(), stream, StreamEntries.KEYS);
      }
    }
  }

  private static void list(String where, JsonNode value) {
    if (!value.isMissingNode() && !value.isNull() && !value.isArray()) {
      throw new ConfigException(
          "workspace_file", where + ": expected a list, an entry for each: - {name: ...}.");
    }
  }

  private static void check(String where, JsonNode object, List<String> known) {
    for (Map.Entry<String, JsonNode> one : object.properties()) {
      if (!known.contains(one.getKey())) {
        throw new ConfigException(
            "workspace_file",
            where
                + ": there is no key \""
                + one.getKey()
                + "\""
                + Suggestion.of(one.getKey(), known)
                + "; known are "
                + String.join(", ", known)
                + ".");
      }
    }
  }
}
