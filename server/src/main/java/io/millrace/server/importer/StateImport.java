package io.millrace.server.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import io.millrace.server.workspacefile.WorkspaceApi;
import io.millrace.spi.ConfigException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Copies where the next incremental reads begin. A stream whose state the connector here cannot go
 * on from begins at its beginning, and the report says so.
 */
final class StateImport {
  private static final String ID = "connectionId";
  private static final String TYPE = "stateType";
  private static final String NONE = "not_set";
  private static final String DESCRIPTOR = "streamDescriptor";
  private static final String STATE = "streamState";
  private static final String READS_ALL = " Its first sync reads everything.";

  private final WorkspaceApi to;
  private final ImportReport report;

  StateImport(WorkspaceApi to, ImportReport report) {
    this.to = to;
    this.report = report;
  }

  /** Tells whether a connection here has no state. */
  boolean missing(String id) throws InterruptedException {
    JsonNode state = to.call("/state/get", Documents.empty().put(ID, id));
    return state.path(TYPE).asText(NONE).equals(NONE);
  }

  /**
   * Sets the state of a connection.
   *
   * @param catalog its streams at the old server
   * @param old what the old server tells of its state; empty where its version cannot
   */
  void move(String what, JsonNode catalog, Optional<JsonNode> old, String id)
      throws InterruptedException {
    Set<JsonNode> incremental = incremental(catalog);
    if (incremental.isEmpty()) {
      return;
    }
    if (old.isEmpty()) {
      report.left("state of " + what + ": this version of Airbyte does not tell it." + READS_ALL);
      return;
    }
    List<ObjectNode> wanted = new ArrayList<>();
    switch (old.get().path(TYPE).asText(NONE)) {
      case "stream" -> old.get().path("streamState").forEach(one -> add(wanted, one));
      case "legacy" -> legacy(old.get().path("state")).forEach(one -> add(wanted, one));
      case NONE -> {}
      default -> {
        report.left(
            "state of "
                + what
                + ": it is one position in the source's log of changes, and this server keeps one"
                + " for each stream."
                + READS_ALL);
        return;
      }
    }
    wanted.removeIf(one -> !incremental.contains(key(one.path(DESCRIPTOR))));
    set(what, wanted, id);
  }

  /** A state of a full read has nothing to go on from. */
  private static Set<JsonNode> incremental(JsonNode catalog) {
    Set<JsonNode> names = new HashSet<>();
    for (JsonNode one : catalog.path("streams")) {
      JsonNode config = one.path("config");
      if (config.path("syncMode").asText().equals("incremental")
          && config.path("selected").asBoolean(true)) {
        names.add(key(one.path("stream")));
      }
    }
    return names;
  }

  private static JsonNode key(JsonNode stream) {
    ObjectNode key = Documents.empty().put("name", stream.path("name").asText());
    String namespace = stream.path("namespace").asText("");
    return namespace.isEmpty() || namespace.equals("null") ? key : key.put("namespace", namespace);
  }

  private static void add(List<ObjectNode> wanted, JsonNode one) {
    if (one instanceof ObjectNode state && !state.path(STATE).isEmpty()) {
      wanted.add(state);
    }
  }

  /** The form in which database sources once said it: all streams in one value. */
  private static List<ObjectNode> legacy(JsonNode state) {
    List<ObjectNode> states = new ArrayList<>();
    for (JsonNode one : state.path("streams")) {
      ObjectNode descriptor = Documents.empty().put("name", one.path("stream_name").asText());
      if (one.hasNonNull("stream_namespace")) {
        descriptor.set("namespace", one.get("stream_namespace"));
      }
      ObjectNode entry = Documents.empty();
      entry.set(DESCRIPTOR, descriptor);
      entry.set(STATE, one);
      states.add(entry);
    }
    return states;
  }

  private void set(String what, List<ObjectNode> wanted, String id) throws InterruptedException {
    if (wanted.isEmpty()) {
      return;
    }
    try {
      send(wanted, id);
    } catch (ConfigException together) {
      for (ObjectNode one : wanted) {
        try {
          send(List.of(one), id);
        } catch (ConfigException e) {
          String stream = one.path(DESCRIPTOR).path("name").asText();
          report.left("state of " + what + ", " + stream + ": " + e.userMessage() + READS_ALL);
        }
      }
    }
  }

  private void send(List<ObjectNode> states, String id) throws InterruptedException {
    ObjectNode state = Documents.empty().put(TYPE, "stream").put(ID, id);
    ArrayNode list = state.putArray("streamState");
    states.forEach(list::add);
    ObjectNode body = Documents.empty().put(ID, id);
    body.set("connectionState", state);
    to.call("/state/create_or_update_safe", body);
  }
}
