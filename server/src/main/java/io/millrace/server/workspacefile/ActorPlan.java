package io.millrace.server.workspacefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connector.Side;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConfigException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what must change of sources and destinations; the server looks at configurations. */
final class ActorPlan {
  private static final String CONFIG = "config";

  private final WorkspaceApi api;
  private final Problems problems;
  private final SourceLooks sources;
  private final Map<String, String> destinations = new HashMap<>();

  ActorPlan(WorkspaceApi api, Problems problems) {
    this.api = api;
    this.problems = problems;
    this.sources = new SourceLooks(api);
  }

  /** Returns what the sources that were looked at will offer. */
  SourceLooks sources() {
    return sources;
  }

  /** Returns the definition of each destination that was looked at and is not wrong. */
  Map<String, String> destinations() {
    return destinations;
  }

  /**
   * Adds the steps of a side's entries, and what is wrong with them: with the second of a name, and
   * with one that has none, too.
   *
   * @param known what the workspace has, by name
   * @return the ids of what the workspace has, by name
   */
  Map<String, String> steps(
      Side side, JsonNode entries, Map<String, ObjectNode> known, List<Step> steps)
      throws InterruptedException {
    Map<String, String> ids = new HashMap<>();
    for (Map.Entry<String, JsonNode> one : api.actors(side).entrySet()) {
      String id = one.getValue().path(side.label() + "Id").asText();
      ids.put(one.getKey(), id);
      String definition = one.getValue().path(side.label() + "DefinitionId").asText();
      remember(side, one.getKey(), id, definition, null);
    }
    Map<String, String> connectors = api.connectors(side);
    Set<String> seen = new HashSet<>();
    for (JsonNode one : entries) {
      if (one instanceof ObjectNode entry) {
        String name = entry.path("name").asText();
        boolean first = !name.isBlank() && seen.add(name);
        ObjectNode before = known.get(name);
        String id = before == null ? null : ids.getOrDefault(name, "");
        int wrong = problems.count();
        problems.look(
            side.label() + " " + name,
            () -> actor(side, entry, before, id, connectors, first ? steps : null));
        if (problems.count() > wrong) {
          sources.wrong(side == Side.SOURCE ? name : "");
          destinations.remove(side == Side.DESTINATION ? name : "");
        }
      }
    }
    return ids;
  }

  private void remember(
      Side side, String name, @Nullable String id, String definition, @Nullable ObjectNode core) {
    switch (side) {
      case SOURCE -> {
        if (core != null) {
          sources.planned(name, core);
        } else if (id != null) {
          sources.stored(name, id);
        }
      }
      case DESTINATION -> destinations.put(name, definition);
    }
  }

  private void actor(
      Side side,
      ObjectNode entry,
      @Nullable ObjectNode before,
      @Nullable String id,
      Map<String, String> connectors,
      @Nullable List<Step> steps)
      throws InterruptedException {
    if (entry.hasNonNull(CONFIG) && !entry.path(CONFIG).isObject()) {
      throw new ConfigException("workspace_file", "config: expected the connector's options.");
    }
    JsonNode named = before == null || entry.has("connector") ? entry : before;
    String definition = WorkspaceApi.definition(connectors, named.path("connector").asText());
    List<String> keys = List.of();
    if (before != null && id != null) {
      refuseOtherConnector(before, connectors.getOrDefault(definition, definition));
      keys = WorkspacePlan.differing(entry, before);
      keys.remove("connector");
      if (keys.contains(CONFIG) && same(side, id, entry)) {
        keys.remove(CONFIG);
      }
      if (keys.isEmpty()) {
        return;
      }
    }
    ObjectNode core = core(side, definition, id, entry);
    api.call("/" + side.label() + "s/validate", core);
    if (steps != null) {
      remember(side, entry.path("name").asText(), id, definition, core);
      steps.add(new Step.PutActor(side, id, entry, keys));
    }
  }

  /** Returns what the server needs to look at a configuration as it will when it is applied. */
  private static ObjectNode core(
      Side side, String definition, @Nullable String id, ObjectNode entry) {
    ObjectNode core = Documents.empty().put(side.label() + "DefinitionId", definition);
    if (id != null) {
      core.put(side.label() + "Id", id);
    }
    String name = entry.path("name").asText();
    if (!name.isBlank()) {
      core.put("name", name);
    }
    JsonNode config = entry.path(CONFIG);
    core.set("connectionConfiguration", config.isObject() ? config : Documents.empty());
    return core;
  }

  /** What looks different may be the secret behind its mask; the server alone can tell. */
  private boolean same(Side side, String id, ObjectNode entry) throws InterruptedException {
    ObjectNode body = Documents.empty().put(side.label() + "Id", id);
    body.set("connectionConfiguration", entry.path(CONFIG));
    return api.call("/" + side.label() + "s/compare", body).path("same").asBoolean();
  }

  private static void refuseOtherConnector(ObjectNode before, String connector) {
    if (!connector.equals(before.path("connector").asText())) {
      throw new ConfigException(
          "workspace_file",
          "it is a "
              + before.path("connector").asText()
              + " and cannot become a "
              + connector
              + "; give the new one another name.");
    }
  }
}
