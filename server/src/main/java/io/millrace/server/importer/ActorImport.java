package io.millrace.server.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connector.Side;
import io.millrace.server.workspacefile.WorkspaceApi;
import io.millrace.spi.ConfigException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies sources and destinations. */
final class ActorImport {
  private static final String CONFIGURATION = "connectionConfiguration";

  /** Stands for a secret that the connector cannot do without; it cannot work. */
  private static final String TO_BE_SET = "to-be-set-by-hand";

  private final OldWorkspace from;
  private final WorkspaceApi to;
  private final ImportReport report;

  /** Ids of the old server's sources and destinations with those of the new one. */
  private final Map<String, String> ids = new HashMap<>();

  ActorImport(OldWorkspace from, WorkspaceApi to, ImportReport report) {
    this.from = from;
    this.to = to;
    this.report = report;
  }

  /** Returns the new ids of what has been copied or was there already, by the old ones. */
  Map<String, String> ids() {
    return ids;
  }

  void run(Side side) throws InterruptedException {
    Map<String, String> connectors = to.connectors(side);
    Map<String, JsonNode> known = to.actors(side);
    for (Named one : from.actors(side)) {
      String what = side.label() + " " + one.name();
      String definition = one.json().path(side.label() + "DefinitionId").asText();
      JsonNode before = known.get(one.name());
      if (before != null) {
        keep(side, what, one.json(), before);
      } else if (connectors.containsKey(definition)) {
        make(side, what, one);
      } else {
        String name = one.json().path(side.label() + "Name").asText();
        report.left(what + ": this server has no connector \"" + name + "\".");
      }
    }
  }

  private void keep(Side side, String what, JsonNode old, JsonNode before) {
    String definition = side.label() + "DefinitionId";
    if (!before.path(definition).equals(old.path(definition))) {
      report.left(
          what
              + ": this server has one of that name with another connector, "
              + before.path(side.label() + "Name").asText()
              + "; rename it and run the import again.");
      return;
    }
    ids.put(old.path(side.label() + "Id").asText(), before.path(side.label() + "Id").asText());
    report.kept(what);
    for (String place : Masks.places(old.path(CONFIGURATION))) {
      if (before.path(CONFIGURATION).at(pointer(place)).isMissingNode()) {
        report.secret(what + ": " + place);
      }
    }
  }

  private static String pointer(String place) {
    return "/" + place.replace("[", "/").replace("]", "").replace('.', '/');
  }

  private void make(Side side, String what, Named one) throws InterruptedException {
    String definition = side.label() + "DefinitionId";
    ObjectNode body = to.body().put("name", one.name());
    body.set(definition, one.json().path(definition));
    JsonNode configuration = one.json().path(CONFIGURATION);
    List<String> secrets = Masks.places(configuration);
    try {
      String id = create(side, body, configuration, secrets.isEmpty());
      ids.put(one.json().path(side.label() + "Id").asText(), id);
      report.made(what);
      secrets.forEach(place -> report.secret(what + ": " + place));
    } catch (ConfigException e) {
      report.left(what + ": " + e.userMessage());
    }
  }

  /** Leaves secrets out; where the connector wants one, a word stands for it. */
  private String create(Side side, ObjectNode body, JsonNode configuration, boolean open)
      throws InterruptedException {
    try {
      return create(side, body, configuration, (String) null);
    } catch (ConfigException e) {
      if (open) {
        throw e;
      }
      return create(side, body, configuration, TO_BE_SET);
    }
  }

  private String create(Side side, ObjectNode body, JsonNode configuration, @Nullable String secret)
      throws InterruptedException {
    body.set(CONFIGURATION, Masks.replaced(configuration, place -> secret));
    return to.call("/" + side.label() + "s/create", body).path(side.label() + "Id").asText();
  }
}
