package io.millrace.server.workspacefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.LandingRule;
import io.millrace.server.connection.SharedTargets;
import io.millrace.spi.StreamName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds streams of several connections that would land in one table once a file is applied, as far
 * as file and workspace say the streams' namespaces. Pure.
 */
final class PlannedTargets {
  private record Place(String destination, LandingRule.Target target) {}

  private record Use(String connection, StreamName stream, boolean replaces) {}

  private final Map<Place, List<Use>> uses = new LinkedHashMap<>();

  /**
   * Makes it.
   *
   * @param destinations the destinations as they will be, by name
   * @param connections the connections as they will be, by name
   */
  PlannedTargets(Map<String, ObjectNode> destinations, Map<String, ObjectNode> connections) {
    connections.forEach(
        (name, connection) -> {
          if (connection.path("status").asText("active").equals("active")) {
            String destination = connection.path("destination").asText();
            JsonNode known = destinations.get(destination);
            String standard = known == null ? "" : known.path("config").path("schema").asText("");
            add(name, connection, destination, standard);
          }
        });
  }

  private void add(String name, ObjectNode connection, String destination, String standard) {
    String namespace = connection.path("namespace").asText("source");
    boolean named = namespace.equals("source") || namespace.equals("destination");
    LandingRule rule =
        new LandingRule(
            named ? namespace : "customformat",
            named ? null : namespace,
            connection.path("prefix").asText(""));
    for (JsonNode stream : connection.path("streams")) {
      StreamName known =
          new StreamName(
              stream.hasNonNull("namespace") ? stream.path("namespace").asText() : null,
              stream.path("name").asText());
      // What is wrong with a mode is said where the entry is looked at.
      String mode = stream.path("sync_mode").asText("full_refresh_overwrite");
      boolean replaces = mode.contains("_overwrite");
      uses.computeIfAbsent(
              new Place(destination, rule.target(known, standard)), place -> new ArrayList<>())
          .add(new Use(name, known, replaces));
    }
  }

  /** Returns what is to be known of each connection, a sentence each; nothing of most. */
  Map<String, List<String>> warnings() {
    Map<String, List<String>> warnings = new HashMap<>();
    Map<String, Integer> found = new HashMap<>();
    uses.forEach(
        (place, all) -> {
          for (Use one : all) {
            for (Use other : all) {
              if (!one.connection().equals(other.connection())) {
                warn(warnings, found, place, one, other);
              }
            }
          }
        });
    warnings.forEach(
        (connection, told) -> {
          int more = found.getOrDefault(connection, 0) - SharedTargets.TOLD_MAX;
          if (more > 0) {
            told.add(SharedTargets.rest(more));
          }
        });
    return warnings;
  }

  private static void warn(
      Map<String, List<String>> warnings,
      Map<String, Integer> found,
      Place place,
      Use one,
      Use other) {
    if (found.merge(one.connection(), 1, Integer::sum) <= SharedTargets.TOLD_MAX) {
      warnings
          .computeIfAbsent(one.connection(), name -> new ArrayList<>())
          .add(
              SharedTargets.sentence(
                  one.stream(),
                  place.target().display(),
                  other.connection(),
                  other.stream(),
                  one.replaces() || other.replaces()));
    }
  }
}
