package io.millrace.server.workspacefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.workspace.NotificationEvent;
import io.millrace.server.workspace.NotificationSettings;
import io.millrace.spi.config.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The keys of a workspace file: a misspelt one would otherwise be left out without a word. */
final class WorkspaceKeys {
  private static final String WORKSPACE = "workspace";
  private static final String NOTIFICATIONS = "notificationSettings";
  private static final List<String> TOP = List.of("version", WORKSPACE);
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

  private final Problems problems;

  private WorkspaceKeys(Problems problems) {
    this.problems = problems;
  }

  private static Map<String, List<String>> kinds() {
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    kinds.put("tags", List.of("name", "color"));
    kinds.put("sources", ACTOR);
    kinds.put("destinations", ACTOR);
    kinds.put(CONNECTIONS, CONNECTION);
    return kinds;
  }

  /**
   * Sees that a file has no key that nobody reads, and that what has a name has one of its own.
   *
   * @param problems hears of what is wrong
   */
  static void check(ObjectNode file, Problems problems) {
    new WorkspaceKeys(problems).look(file);
  }

  private void look(ObjectNode file) {
    List<String> top = new ArrayList<>(TOP);
    top.addAll(KINDS.keySet());
    check("a workspace file", file, top);
    workspace(file.path(WORKSPACE));
    KINDS.forEach(
        (kind, keys) -> {
          list(kind, file.path(kind));
          names(kind, file.path(kind));
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

  private void workspace(JsonNode workspace) {
    if (!workspace.isMissingNode() && !workspace.isNull() && !workspace.isObject()) {
      problems.add(WORKSPACE, "expected its name, email or " + NOTIFICATIONS + ".");
    }
    check(WORKSPACE, workspace, List.of("name", "email", NOTIFICATIONS));
    JsonNode settings = workspace.path(NOTIFICATIONS);
    String place = WORKSPACE + ", " + NOTIFICATIONS;
    check(
        place,
        settings,
        Arrays.stream(NotificationEvent.values()).map(NotificationEvent::settingsKey).toList());
    for (NotificationEvent event : NotificationEvent.values()) {
      String key = event.settingsKey();
      Map<String, List<String>> keys = NotificationSettings.keys(event);
      check(place + "." + key, settings.path(key), List.copyOf(keys.keySet()));
      keys.forEach(
          (name, within) -> {
            if (!within.isEmpty()) {
              check(place + "." + key + "." + name, settings.path(key).path(name), within);
            }
          });
    }
  }

  private void list(String where, JsonNode value) {
    if (!value.isMissingNode() && !value.isNull() && !value.isArray()) {
      problems.add(where, "expected a list, an entry for each: - {name: ...}.");
    }
  }

  private void names(String kind, JsonNode entries) {
    Set<String> seen = new HashSet<>();
    Set<String> twice = new TreeSet<>();
    for (JsonNode entry : entries) {
      String name = entry.path("name").asText();
      if (name.isBlank() || !entry.isObject()) {
        problems.add(kind, "one of them has no name.");
      } else if (!seen.add(name)) {
        twice.add(name);
      }
    }
    twice.forEach(
        name -> problems.add(kind, "several are named \"" + name + "\"; rename all but one."));
  }

  private void check(String where, JsonNode object, List<String> known) {
    for (Map.Entry<String, JsonNode> one : object.properties()) {
      if (!known.contains(one.getKey())) {
        problems.add(
            where,
            "there is no key \""
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
