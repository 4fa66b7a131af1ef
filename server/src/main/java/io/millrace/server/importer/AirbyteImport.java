package io.millrace.server.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connector.Side;
import io.millrace.server.json.Documents;
import io.millrace.server.workspacefile.WorkspaceApi;
import io.millrace.spi.ConfigException;
import io.millrace.spi.config.Secret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies sources, destinations, connections and their state from one server's workspace into
 * another's. Connections arrive switched off, so that nothing runs twice; what exists under the
 * same name is left alone, so that a second run goes on where the first stopped.
 */
public final class AirbyteImport {
  private static final List<String> COPIED =
      List.of(
          "name",
          "namespaceDefinition",
          "namespaceFormat",
          "prefix",
          "scheduleType",
          "scheduleData",
          "syncCatalog",
          "nonBreakingChangesPreference",
          "backfillPreference",
          "notifySchemaChanges",
          "notifySchemaChangesByEmail",
          "resourceRequirements");

  private static final String TO_BE_SET = "to-be-set-by-hand";

  private final WorkspaceApi from;
  private final WorkspaceApi to;
  private final List<String> made = new ArrayList<>();
  private final List<String> kept = new ArrayList<>();
  private final List<String> secrets = new ArrayList<>();
  private final List<String> left = new ArrayList<>();

  /** Ids of the old server's sources and destinations with those of the new one. */
  private final Map<String, String> ids = new HashMap<>();

  /** Copies from one workspace into another. */
  public AirbyteImport(WorkspaceApi from, WorkspaceApi to) {
    this.from = from;
    this.to = to;
  }

  /**
   * Copies everything that can be.
   *
   * @throws io.millrace.spi.ConnectorException when a server cannot be reached or refuses to be
   *     read
   */
  public ImportReport run() throws InterruptedException {
    for (Side side : Side.values()) {
      actors(side);
    }
    Map<String, JsonNode> known = to.connections();
    for (JsonNode one : from.connections().values()) {
      String name = one.path("name").asText();
      if (known.containsKey(name)) {
        kept.add("connection " + name);
      } else {
        connection(name, one);
      }
    }
    return new ImportReport(made, kept, secrets, left);
  }

  private void actors(Side side) throws InterruptedException {
    String idKey = side.label() + "Id";
    String definitionKey = side.label() + "DefinitionId";
    Map<String, String> connectors = to.connectors(side);
    Map<String, JsonNode> known = to.actors(side);
    for (JsonNode one : from.actors(side).values()) {
      String name = one.path("name").asText();
      String what = side.label() + " " + name;
      JsonNode before = known.get(name);
      if (before != null) {
        ids.put(one.path(idKey).asText(), before.path(idKey).asText());
        kept.add(what);
        continue;
      }
      if (!connectors.containsKey(one.path(definitionKey).asText())) {
        left.add(
            what
                + ": this server has no connector "
                + one.path(side.label() + "Name").asText()
                + ".");
        continue;
      }
      ObjectNode body = to.body().put("name", name);
      body.set(definitionKey, one.path(definitionKey));
      ObjectNode config = one.path("connectionConfiguration").deepCopy();
      make(
          what,
          () -> {
            String id = create(side, body, config);
            ids.put(one.path(idKey).asText(), id);
            noteSecrets(what, "", config);
          });
    }
  }

  /** Leaves secrets out; where the connector wants one, a word stands for it that cannot work. */
  private String create(Side side, ObjectNode body, ObjectNode config) throws InterruptedException {
    String path = "/" + side.label() + "s/create";
    body.set("connectionConfiguration", unmasked(config, null));
    JsonNode created;
    try {
      created = to.call(path, body);
    } catch (ConfigException e) {
      body.set("connectionConfiguration", unmasked(config, TO_BE_SET));
      created = to.call(path, body);
    }
    return created.path(side.label() + "Id").asText();
  }

  private void connection(String name, JsonNode one) throws InterruptedException {
    String what = "connection " + name;
    String source = ids.get(one.path("sourceId").asText());
    String destination = ids.get(one.path("destinationId").asText());
    if (source == null || destination == null) {
      left.add(what + ": its source or destination was not taken over.");
      return;
    }
    ObjectNode body = Documents.empty().put("sourceId", source).put("destinationId", destination);
    COPIED.forEach(
        key -> {
          if (one.hasNonNull(key)) {
            body.set(key, one.get(key));
          }
        });
    body.put("status", "inactive");
    make(
        what,
        () -> {
          String id = to.call("/connections/create", body).path("connectionId").asText();
          state(what, one.path("connectionId").asText(), id);
        });
  }

  private void state(String what, String oldId, String newId) throws InterruptedException {
    JsonNode state = from.call("/state/get", Documents.empty().put("connectionId", oldId));
    if (state.path("stateType").asText("not_set").equals("not_set")) {
      return;
    }
    ObjectNode moved = state.deepCopy();
    moved.put("connectionId", newId);
    ObjectNode body = Documents.empty().put("connectionId", newId);
    body.set("connectionState", moved);
    try {
      to.call("/state/create_or_update_safe", body);
    } catch (ConfigException e) {
      left.add("state of " + what + ": " + e.userMessage() + " Its first sync reads everything.");
    }
  }

  private void make(String what, Call call) throws InterruptedException {
    try {
      call.run();
      made.add(what);
    } catch (ConfigException e) {
      left.add(what + ": " + e.userMessage());
    }
  }

  /** Puts something else in the place of every mask, for which the new server has no value. */
  private static ObjectNode unmasked(ObjectNode config, @Nullable String instead) {
    ObjectNode copy = Documents.empty();
    config
        .properties()
        .forEach(
            property -> {
              if (property.getValue() instanceof ObjectNode inner) {
                copy.set(property.getKey(), unmasked(inner, instead));
              } else if (!property.getValue().asText().equals(Secret.MASK)) {
                copy.set(property.getKey(), property.getValue());
              } else if (instead != null) {
                copy.put(property.getKey(), instead);
              }
            });
    return copy;
  }

  private void noteSecrets(String what, String path, ObjectNode config) {
    config
        .properties()
        .forEach(
            property -> {
              String place = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
              if (property.getValue() instanceof ObjectNode inner) {
                noteSecrets(what, place, inner);
              } else if (property.getValue().asText().equals(Secret.MASK)) {
                secrets.add(what + ": " + place);
              }
            });
  }

  @FunctionalInterface
  private interface Call {
    void run() throws InterruptedException;
  }
}
