package io.millrace.server.workspacefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.schema.SchemaPreference;
import io.millrace.server.connector.Side;
import io.millrace.server.json.Documents;
import io.millrace.spi.config.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sees what is wrong with the connections of a file, as far as no server need be asked. */
final class ConnectionCheck {
  private static final List<String> STATUS = List.of("active", "inactive", "locked");
  private static final List<String> BACKFILL = List.of("enabled", "disabled");

  private final Map<Side, Set<String>> ends;
  private final Set<String> tags;
  private final Set<String> connections;
  private final Problems problems;

  /**
   * Makes it.
   *
   * @param ends the sources and destinations that there will be
   * @param tags the tags that there will be
   * @param connections the connections that there will be
   */
  ConnectionCheck(
      Map<Side, Set<String>> ends, Set<String> tags, Set<String> connections, Problems problems) {
    this.connections = connections;
    this.ends = ends;
    this.tags = tags;
    this.problems = problems;
  }

  /**
   * Remembers what is wrong.
   *
   * @param before the connection as it is, or null
   */
  void look(String name, ObjectNode entry, @Nullable ObjectNode before)
      throws InterruptedException {
    String place = "connection " + name;
    if (entry.has("schedule")) {
      problems.look(place, () -> ScheduleEntry.check(entry.path("schedule")));
    }
    for (JsonNode stream : entry.path("streams")) {
      problems.look(place, () -> StreamEntries.check(stream));
    }
    if (idle(entry, before) && (before == null || !idle(before, null))) {
      problems.add(
          place,
          "it is active and has no stream to sync; name some under streams, or give it the status"
              + " inactive.");
    }
    for (String outcome : List.of("after_success", "after_failure")) {
      if (entry.has(outcome)) {
        JsonNode known = before == null ? Documents.empty() : before.path(outcome);
        problems.look(
            place, () -> ActionEntries.check(outcome, entry.path(outcome), known, connections));
      }
    }
    for (JsonNode tag : entry.path("tags")) {
      if (!tags.contains(tag.asText())) {
        problems.add(
            place, "there is no tag \"" + tag.asText() + "\"; name it under tags, with its color.");
      }
    }
    choice(place, "status", entry.path("status"), STATUS);
    JsonNode settings = entry.path("settings");
    choice(place, "backfillPreference", settings.path("backfillPreference"), BACKFILL);
    choice(
        place,
        SchemaPreference.MEMBER,
        settings.path(SchemaPreference.MEMBER),
        Arrays.stream(SchemaPreference.values()).map(SchemaPreference::label).toList());
    for (Side side : Side.values()) {
      end(place, side, entry, before);
    }
  }

  /** Tells whether every sync would fail; what an entry leaves out is as before. */
  private static boolean idle(ObjectNode entry, @Nullable ObjectNode before) {
    JsonNode status = said("status", entry, before);
    JsonNode streams = said("streams", entry, before);
    boolean none = streams.isMissingNode() || streams.isNull() || streams.isArray();
    return status.asText("active").equals("active") && none && streams.isEmpty();
  }

  private static JsonNode said(String key, ObjectNode entry, @Nullable ObjectNode before) {
    return before == null || entry.has(key) ? entry.path(key) : before.path(key);
  }

  private void choice(String place, String key, JsonNode value, List<String> known) {
    if (!value.isMissingNode() && !known.contains(value.asText())) {
      problems.add(
          place,
          key
              + " is \""
              + value.asText()
              + "\""
              + Suggestion.of(value.asText(), known)
              + "; expected "
              + String.join(", ", known)
              + ".");
    }
  }

  private void end(String place, Side side, ObjectNode entry, @Nullable ObjectNode before) {
    JsonNode said = before == null || entry.has(side.label()) ? entry : before;
    String end = said.path(side.label()).asText();
    if (!ends.getOrDefault(side, Set.of()).contains(end)) {
      problems.add(
          place,
          "there is no "
              + side.label()
              + " named \""
              + end
              + "\", neither in the file nor on the server.");
    } else if (before != null && !end.equals(before.path(side.label()).asText())) {
      problems.add(place, "its " + side.label() + " cannot change; give the new one another name.");
    }
  }
}
