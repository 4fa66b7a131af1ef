package io.millrace.server.workspacefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.action.Chains;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who starts whom when a file is applied: nobody may start itself, on the way there neither. */
final class PlannedChains {
  private final Map<String, List<String>> starts = new LinkedHashMap<>();

  /**
   * Makes it.
   *
   * @param connections as they will be, by name, with those that are deleted at the end
   */
  PlannedChains(Map<String, ObjectNode> connections) {
    connections.forEach((name, entry) -> starts.put(name, targets(entry)));
  }

  private static List<String> targets(ObjectNode entry) {
    List<String> targets = new ArrayList<>();
    for (JsonNode one : entry.path("after_success")) {
      if (one.has("connection")) {
        targets.add(one.path("connection").asText());
      }
    }
    return targets;
  }

  /** Remembers each ring through one of these connections, once. */
  void look(Set<String> names, Problems problems) {
    Set<String> said = new HashSet<>();
    for (String name : names) {
      if (!said.contains(name)) {
        Chains.cycle(starts, name)
            .ifPresent(
                way -> {
                  said.addAll(way);
                  problems.add("connection " + name, Chains.refusal(way));
                });
      }
    }
  }

  /** Sorts steps so that the server sees no ring after any of them. */
  void sort(List<Step.PutActions> steps) {
    Map<String, Integer> places = new HashMap<>();
    Chains.lastFirst(starts).forEach(name -> places.put(name, places.size()));
    steps.sort(Comparator.comparingInt(step -> places.getOrDefault(step.connection(), 0)));
  }
}
