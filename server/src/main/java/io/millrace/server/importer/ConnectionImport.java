package io.millrace.server.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import io.millrace.server.workspacefile.WorkspaceApi;
import io.millrace.spi.ConfigException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Copies connections with their state. */
final class ConnectionImport {
  private static final List<String> COPIED =
      List.of(
          "namespaceDefinition",
          "namespaceFormat",
          "prefix",
          "nonBreakingChangesPreference",
          "backfillPreference",
          "notifySchemaChanges",
          "notifySchemaChangesByEmail",
          "resourceRequirements");

  private static final String ID = "connectionId";
  private static final String CATALOG = "syncCatalog";
  private static final String STATUS = "status";

  private final OldWorkspace from;
  private final WorkspaceApi to;
  private final Map<String, String> actors;
  private final ImportReport report;
  private final TagImport tags;
  private final StateImport states;

  ConnectionImport(
      OldWorkspace from, WorkspaceApi to, Map<String, String> actors, ImportReport report) {
    this.from = from;
    this.to = to;
    this.actors = actors;
    this.report = report;
    this.tags = new TagImport(to);
    this.states = new StateImport(to, report);
  }

  void run() throws InterruptedException {
    Map<String, JsonNode> known = to.connections();
    for (Named one : from.connections()) {
      JsonNode before = known.get(one.name());
      if (before == null) {
        make("connection " + one.name(), one);
      } else {
        keep("connection " + one.name(), one.json(), before);
      }
    }
  }

  /** An import that was cut off may have made the connection without its state. */
  private void keep(String what, JsonNode old, JsonNode before) throws InterruptedException {
    report.kept(what);
    new MapperKeys(what).report(before.path(CATALOG), report);
    String id = before.path(ID).asText();
    JsonNode seen = to.call("/web_backend/connections/get", Documents.empty().put(ID, id));
    boolean untouched =
        !before.path(STATUS).asText().equals("active") && !seen.has("latestSyncJobCreatedAt");
    if (untouched && states.missing(id)) {
      states.move(what, old.path(CATALOG), from.state(old.path(ID).asText()), id);
    }
  }

  private void make(String what, Named one) throws InterruptedException {
    JsonNode old = one.json();
    String source = actors.get(old.path("sourceId").asText());
    String destination = actors.get(old.path("destinationId").asText());
    if (source == null || destination == null) {
      report.left(what + ": its source or destination was not taken over.");
      return;
    }
    // Asked for first: what cannot be read whole is not begun.
    Optional<JsonNode> state = from.state(old.path(ID).asText());
    MapperKeys keys = new MapperKeys(what);
    ObjectNode body = body(one, keys).put("sourceId", source).put("destinationId", destination);
    try {
      body.set("tags", tags.of(old.path("tags")));
      String id = to.call("/connections/create", body).path(ID).asText();
      boolean ran = old.path(STATUS).asText("active").equals("active");
      report.made(what + (ran ? "" : " (switched off at the old server too)"));
      keys.report(body.path(CATALOG), report);
      operations(what, old.path("operationIds"));
      states.move(what, old.path(CATALOG), state, id);
    } catch (ConfigException e) {
      report.left(what + ": " + e.userMessage());
    }
  }

  private static ObjectNode body(Named one, MapperKeys keys) {
    ObjectNode body = Documents.empty().put("name", one.name()).put(STATUS, "inactive");
    JsonNode old = one.json();
    COPIED.forEach(key -> copy(old, body, key));
    if (old.hasNonNull("scheduleType")) {
      copy(old, body, "scheduleType");
      copy(old, body, "scheduleData");
    } else {
      copy(old, body, "schedule");
    }
    if (old.path(CATALOG) instanceof ObjectNode catalog) {
      body.set(CATALOG, keys.referred(catalog));
    }
    return body;
  }

  private static void copy(JsonNode old, ObjectNode body, String key) {
    if (old.hasNonNull(key)) {
      body.set(key, old.get(key));
    }
  }

  private void operations(String what, JsonNode ids) {
    if (ids instanceof ArrayNode some && !some.isEmpty()) {
      report.left(
          what
              + ": what follows its syncs ("
              + some.size()
              + (some.size() == 1 ? " operation" : " operations")
              + ") is to be set up anew.");
    }
  }
}
