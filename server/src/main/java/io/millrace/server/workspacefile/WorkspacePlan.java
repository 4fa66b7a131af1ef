package io.millrace.server.workspacefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connector.Side;
import io.millrace.server.json.Documents;
import io.millrace.server.workspace.WorkspaceChange;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what must change so that a workspace is as a file says. What the file does not say of a
 * thing stays as it is; things that it does not name stay, too, unless they are to be pruned.
 */
final class WorkspacePlan {
  private final WorkspaceApi api;
  private final ObjectNode wanted;
  private final boolean prune;
  private final Problems problems = new Problems();

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
    TagPlan.add(named(wanted, "tags"), named(current, "tags").keySet(), steps, problems);
    ActorPlan actors = new ActorPlan(api, problems);
    for (Side side : Side.values()) {
      String kind = side.label() + "s";
      Map<String, String> ids = actors.steps(side, wanted.path(kind), named(current, kind), steps);
      prune(side.label(), ids, named(wanted, kind), deletions);
    }
    connections(current, actors, steps, deletions);
    problems.refuse();
    // Connections go before what they use.
    steps.addAll(deletions.reversed());
    return steps;
  }

  private void workspace(ObjectNode current, List<Step> steps) throws InterruptedException {
    if (wanted.get("workspace") instanceof ObjectNode given
        && current.get("workspace") instanceof ObjectNode before) {
      int wrong = problems.count();
      ObjectNode entry = WebhookMasks.fill(given, before, problems);
      if (problems.count() > wrong) {
        return;
      }
      problems.look(
          "workspace",
          () -> {
            // What the server would make of it counts: it adds to what is given, and keeps the
            // rest.
            List<String> keys = differing(WorkspaceChange.tried(before, entry), before);
            keys.removeIf(key -> !entry.has(key));
            if (!keys.isEmpty()) {
              steps.add(new Step.ChangeWorkspace(entry, keys));
            }
          });
    }
  }

  private void connections(
      ObjectNode current, ActorPlan actors, List<Step> steps, List<Step> deletions)
      throws InterruptedException {
    Map<String, String> ids = new HashMap<>();
    api.connections().forEach((name, one) -> ids.put(name, one.path("connectionId").asText()));
    Map<String, ObjectNode> known = named(current, "connections");
    Map<String, ObjectNode> entries = named(wanted, "connections");
    Map<String, ObjectNode> destinations = later(current, "destinations");
    Map<String, List<String>> warnings =
        new PlannedTargets(destinations, later(current, "connections")).warnings();
    Set<String> tags = new HashSet<>(named(current, "tags").keySet());
    tags.addAll(named(wanted, "tags").keySet());
    Set<String> sources = later(current, "sources").keySet();
    ConnectionCheck check =
        new ConnectionCheck(
            Map.of(Side.SOURCE, sources, Side.DESTINATION, destinations.keySet()),
            tags,
            later(current, "connections").keySet(),
            problems);
    ConnectionTrial trial =
        new ConnectionTrial(api, actors.sources(), actors.destinations(), problems);
    List<Step.PutActions> actions = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (JsonNode one : wanted.path("connections")) {
      if (one instanceof ObjectNode given) {
        String name = given.path("name").asText();
        ObjectNode before = known.get(name);
        String id = before == null ? null : ids.get(name);
        List<String> keys = before == null ? List.of() : changed(given, before, id);
        int wrong = problems.count();
        check.look(name, given, before);
        if (before != null && keys.isEmpty()) {
          continue;
        }
        ObjectNode entry = withEnds(given, before);
        if (problems.count() == wrong) {
          trial.look(name, entry, id, before == null || keys.contains("streams"));
        }
        // The second of a name is looked at only; that there are two is said already.
        if (entries.containsKey(name) && seen.add(name)) {
          steps.add(
              new Step.PutConnection(id, entry, keys, warnings.getOrDefault(name, List.of())));
        }
      }
    }
    entries.forEach((name, one) -> actions(name, one, known.get(name)).ifPresent(actions::add));
    PlannedChains chains = new PlannedChains(given(current, "connections"));
    chains.look(entries.keySet(), problems);
    chains.sort(actions);
    steps.addAll(actions);
    prune("connection", ids, entries, deletions);
  }

  /** An entry may leave out the ends of a connection that there is; they stay. */
  private static ObjectNode withEnds(ObjectNode entry, @Nullable ObjectNode before) {
    ObjectNode whole = entry.deepCopy();
    for (Side side : Side.values()) {
      if (before != null && !entry.has(side.label())) {
        whole.set(side.label(), before.path(side.label()));
      }
    }
    return whole;
  }

  /** Returns what of a connection differs, but for its actions. */
  private List<String> changed(ObjectNode entry, ObjectNode before, @Nullable String id)
      throws InterruptedException {
    List<String> keys = differing(entry, before);
    keys.removeAll(ActionEntries.OUTCOMES.keySet());
    if (keys.contains("streams")
        && StreamEntries.same(
            entry.path("streams"),
            before.path("streams"),
            (stream, mappers) -> hasMappers(id, stream, mappers))) {
      keys.remove("streams");
    }
    return keys;
  }

  private boolean hasMappers(@Nullable String id, JsonNode stream, JsonNode mappers)
      throws InterruptedException {
    ObjectNode body = Documents.empty().put("connectionId", id);
    ObjectNode descriptor = body.putObject("streamDescriptor");
    descriptor.put("name", stream.path("name").asText());
    if (stream.hasNonNull("namespace")) {
      descriptor.set("namespace", stream.get("namespace"));
    }
    body.set("mappers", mappers);
    try {
      return api.call("/web_backend/mappers/compare", body).path("same").asBoolean();
    } catch (ConfigException e) {
      // What is wrong with them is said where the connection is tried.
      return false;
    }
  }

  private static Optional<Step.PutActions> actions(
      String name, ObjectNode entry, @Nullable ObjectNode before) {
    ObjectNode given = Documents.empty();
    ObjectNode known = Documents.empty();
    for (String key : List.of("after_success", "after_failure")) {
      if (entry.has(key)) {
        given.set(key, ActionEntries.normal(entry.path(key)));
        known.set(key, before == null ? Documents.MAPPER.createArrayNode() : before.path(key));
      }
    }
    List<String> keys = differing(given, known);
    return keys.isEmpty() ? Optional.empty() : Optional.of(new Step.PutActions(name, given, keys));
  }

  /** Returns the things of a kind as they will be, by name. */
  private Map<String, ObjectNode> later(ObjectNode current, String kind) {
    Map<String, ObjectNode> later = given(current, kind);
    if (prune) {
      later.keySet().retainAll(named(wanted, kind).keySet());
    }
    return later;
  }

  /** Returns the things of a kind as they will be before some are deleted, by name. */
  private Map<String, ObjectNode> given(ObjectNode current, String kind) {
    Map<String, ObjectNode> given = named(current, kind);
    named(wanted, kind)
        .forEach(
            (name, entry) -> {
              ObjectNode before = given.get(name);
              given.put(name, before == null ? entry : before.deepCopy().setAll(entry));
            });
    return given;
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

  /** Returns the keys of an entry that say something else than what is known. */
  static List<String> differing(ObjectNode entry, JsonNode before) {
    List<String> keys = new ArrayList<>();
    entry
        .properties()
        .forEach(
            property -> {
              JsonNode wanted = WorkspaceExport.sorted(property.getValue());
              JsonNode known = WorkspaceExport.sorted(before.path(property.getKey()));
              if (!Documents.same(wanted, known)) {
                keys.add(property.getKey());
              }
            });
    return keys;
  }

  private static Map<String, ObjectNode> named(ObjectNode file, String kind) {
    Map<String, ObjectNode> entries = new LinkedHashMap<>();
    for (JsonNode one : file.path(kind)) {
      String name = one.path("name").asText();
      // Entries without a name, or of one name, are problems that the look at the keys has found.
      if (!name.isBlank() && one instanceof ObjectNode entry) {
        entries.putIfAbsent(name, entry);
      }
    }
    return entries;
  }

  private void checkKeys(ObjectNode file) {
    WorkspaceKeys.check(file, problems);
    String read = String.valueOf(WorkspaceExport.VERSION);
    JsonNode version = file.path("version");
    if (!version.isMissingNode() && !version.asText().equals(read)) {
      throw new ConfigException(
          "workspace_file",
          "The file's version is "
              + ConnectorException.outside(version.toString())
              + "; this program reads version "
              + read
              + ".");
    }
  }
}
