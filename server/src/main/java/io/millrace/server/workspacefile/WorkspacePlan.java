package io.millrace.server.workspacefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connector.Side;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConfigException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what must change so that a workspace is as a file says. What the file does not say of a
 * thing stays as it is; things that it does not name stay, too, unless they are to be pruned.
 */
final class WorkspacePlan {
  private static final String CONFIG = "config";

  private final WorkspaceApi api;
  private final ObjectNode wanted;
  private final boolean prune;

  WorkspacePlan(WorkspaceApi api, ObjectNode wanted, boolean prune) {
    this.api = api;
    this.wanted = wanted;
    this.prune = prune;
    checkKeys(wanted);
  }

  List<Step> steps() throws InterruptedException {
    ObjectNode current = new WorkspaceExport(api).document();
    List<Step> steps = new ArrayList<>();
    List<Step> deletions = new ArrayList<>();
    workspace(current, steps);
    Map<String, ObjectNode> tags = named(current, "tags");
    named(wanted, "tags")
        .forEach(
            (name, tag) -> {
              if (!tags.containsKey(name)) {
                steps.add(new Step.AddTag(name, tag.path("color").asText("1f5fbf")));
              }
            });
    for (Side side : Side.values()) {
      actors(side, current, steps, deletions);
    }
    connections(current, steps, deletions);
    // Connections go before what they use.
    steps.addAll(deletions.reversed());
    return steps;
  }

  private void workspace(ObjectNode current, List<Step> steps) {
    if (wanted.get("workspace") instanceof ObjectNode entry) {
      List<String> keys = differing(entry, current.path("workspace"));
      if (!keys.isEmpty()) {
        steps.add(new Step.ChangeWorkspace(entry, keys));
      }
    }
  }

  private void actors(Side side, ObjectNode current, List<Step> steps, List<Step> deletions)
      throws InterruptedException {
    Map<String, String> ids = new HashMap<>();
    api.actors(side).forEach((name, one) -> ids.put(name, one.path(side.label() + "Id").asText()));
    Map<String, ObjectNode> known = named(current, side.label() + "s");
    Map<String, ObjectNode> entries = named(wanted, side.label() + "s");
    for (Map.Entry<String, ObjectNode> one : entries.entrySet()) {
      ObjectNode entry = one.getValue();
      ObjectNode before = known.get(one.getKey());
      if (before == null) {
        steps.add(new Step.PutActor(side, null, entry, List.of()));
        continue;
      }
      refuseOtherConnector(side, one.getKey(), before, entry);
      String id = ids.getOrDefault(one.getKey(), "");
      List<String> keys = differing(entry, before);
      if (keys.contains(CONFIG) && same(side, id, entry)) {
        keys.remove(CONFIG);
      }
      if (!keys.isEmpty()) {
        steps.add(new Step.PutActor(side, id, entry, keys));
      }
    }
    prune(side.label(), ids, entries, deletions);
  }

  /** What looks different may be the secret behind its mask; the server alone can tell. */
  private boolean same(Side side, String id, ObjectNode entry) throws InterruptedException {
    ObjectNode body = Documents.empty().put(side.label() + "Id", id);
    body.set("connectionConfiguration", entry.path(CONFIG));
    return api.call("/" + side.label() + "s/compare", body).path("same").asBoolean();
  }

  private void connections(ObjectNode current, List<Step> steps, List<Step> deletions)
      throws InterruptedException {
    Map<String, String> ids = new HashMap<>();
    api.connections().forEach((name, one) -> ids.put(name, one.path("connectionId").asText()));
    Map<String, ObjectNode> known = named(current, "connections");
    Map<String, ObjectNode> entries = named(wanted, "connections");
    Map<String, List<String>> warnings =
        new PlannedTargets(later(current, "destinations"), later(current, "connections"))
            .warnings();
    entries.forEach(
        (name, entry) -> {
          List<String> told = warnings.getOrDefault(name, List.of());
          ObjectNode before = known.get(name);
          check(name, entry, before, current);
          List<String> keys = before == null ? List.of() : differing(entry, before);
          if (before == null) {
            steps.add(new Step.PutConnection(null, entry, keys, told));
          } else if (!keys.isEmpty()) {
            steps.add(new Step.PutConnection(ids.get(name), entry, keys, told));
          }
        });
    prune("connection", ids, entries, deletions);
  }

  /** What can be seen wrong is said before the first change is made. */
  private void check(
      String name, ObjectNode entry, @Nullable ObjectNode before, ObjectNode current) {
    try {
      if (entry.has("schedule")) {
        ScheduleEntry.into(Documents.empty(), entry.get("schedule"));
      }
      entry.path("streams").forEach(StreamEntries::mode);
    } catch (ConfigException e) {
      throw new ConfigException(e.code(), "connection " + name + ": " + e.userMessage());
    }
    for (Side side : Side.values()) {
      String kind = side.label() + "s";
      String end = entry.path(side.label()).asText();
      boolean kept = before != null && !entry.has(side.label());
      if (!kept
          && !named(current, kind).containsKey(end)
          && !named(wanted, kind).containsKey(end)) {
        throw new ConfigException(
            "workspace_file",
            "connection "
                + name
                + ": there is no "
                + side.label()
                + " named \""
                + end
                + "\", neither in the file nor on the server.");
      }
    }
  }

  /** Returns the things of a kind as they will be, by name. */
  private Map<String, ObjectNode> later(ObjectNode current, String kind) {
    Map<String, ObjectNode> entries = named(wanted, kind);
    Map<String, ObjectNode> later = named(current, kind);
    if (prune) {
      later.keySet().retainAll(entries.keySet());
    }
    entries.forEach(
        (name, entry) -> {
          ObjectNode before = later.get(name);
          later.put(name, before == null ? entry : before.deepCopy().setAll(entry));
        });
    return later;
  }

  private void prune(
      String kind, Map<String, String> ids, Map<String, ObjectNode> entries, List<Step> deletions) {
    if (prune) {
      ids.forEach(
          (name, id) -> {
            if (!entries.containsKey(name)) {
              deletions.add(new Step.Delete(kind, id, name));
            }
          });
    }
  }

  private static void refuseOtherConnector(
      Side side, String name, ObjectNode before, ObjectNode entry) {
    if (!entry.path("connector").asText().equals(before.path("connector").asText())) {
      throw new ConfigException(
          "workspace_file",
          "The "
              + side.label()
              + " "
              + name
              + " is a "
              + before.path("connector").asText()
              + " and cannot become a "
              + entry.path("connector").asText()
              + "; give the new one another name.");
    }
  }

  private static List<String> differing(ObjectNode entry, JsonNode before) {
    List<String> keys = new ArrayList<>();
    entry
        .properties()
        .forEach(
            property -> {
              JsonNode wanted = WorkspaceExport.sorted(property.getValue());
              JsonNode known = WorkspaceExport.sorted(before.path(property.getKey()));
              boolean same =
                  property.getKey().equals("streams")
                      ? StreamEntries.same(wanted, known)
                      : Documents.same(wanted, known);
              if (!same) {
                keys.add(property.getKey());
              }
            });
    return keys;
  }

  private static Map<String, ObjectNode> named(ObjectNode file, String kind) {
    Map<String, ObjectNode> entries = new LinkedHashMap<>();
    for (JsonNode one : file.path(kind)) {
      String name = one.path("name").asText();
      if (name.isBlank() || !(one instanceof ObjectNode entry)) {
        throw new ConfigException("workspace_file", "One of the " + kind + " has no name.");
      }
      if (entries.put(name, entry) != null) {
        throw new ConfigException(
            "workspace_file", "Two of the " + kind + " are named \"" + name + "\".");
      }
    }
    return entries;
  }

  private static void checkKeys(ObjectNode file) {
    WorkspaceKeys.check(file);
    int version = file.path("version").asInt(WorkspaceExport.VERSION);
    if (version != WorkspaceExport.VERSION) {
      throw new ConfigException(
          "workspace_file", "The file's version is " + version + "; this program reads version 1.");
    }
  }
}
