package io.millrace.server.actor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connector.ApiNames;
import io.millrace.server.connector.Definitions;
import io.millrace.server.connector.Side;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConnectorDefinition;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Sources and destinations in the shapes of the two APIs, their secrets masked. */
public final class ActorJson {
  /** The key of {@link Actor#details} for what a client gave under the same name. */
  public static final String ALLOCATION = "resourceAllocation";

  private final Definitions definitions;
  private final Configurations configurations;

  /** Makes it. */
  public ActorJson(Definitions definitions, Configurations configurations) {
    this.definitions = definitions;
    this.configurations = configurations;
  }

  /** Returns a {@code SourceRead} or {@code DestinationRead}. */
  public ObjectNode config(Actor actor) {
    ObjectNode json =
        snippet(actor)
            .put("workspaceId", actor.workspace().toString())
            .put("createdAt", actor.createdAt().getEpochSecond())
            .put("isVersionOverrideApplied", false)
            .put("isEntitled", true)
            .put("supportState", connector(actor).isPresent() ? "supported" : "unsupported");
    json.set("connectionConfiguration", configurations.masked(actor.configuration()));
    addAllocation(json, actor);
    return json;
  }

  ObjectNode config(Actor actor, ActorUse use) {
    ObjectNode json =
        config(actor)
            .put("status", use.active() > 0 ? "active" : "inactive")
            .put("numConnections", use.connections());
    if (use.lastSync() != null) {
      json.put("lastSync", use.lastSync().getEpochSecond());
    }
    ObjectNode jobs = json.putObject("connectionJobStatuses");
    new TreeMap<>(use.jobs()).forEach(jobs::put);
    return json;
  }

  /** Returns a {@code SourceSnippetRead} or {@code DestinationSnippetRead}. */
  public ObjectNode snippet(Actor actor) {
    String side = actor.side().label();
    return Documents.empty()
        .put(side + "Id", actor.id().toString())
        .put(side + "DefinitionId", actor.definition().toString())
        .put("name", actor.name())
        .put(side + "Name", definitionName(actor));
  }

  /** Returns a {@code SourceResponse} or {@code DestinationResponse}. */
  ObjectNode publicly(Actor actor) {
    String side = actor.side().label();
    String type = connector(actor).map(ApiNames::brief).orElse("");
    ObjectNode json =
        Documents.empty()
            .put(side + "Id", actor.id().toString())
            .put("name", actor.name())
            .put(side + "Type", type)
            .put("definitionId", actor.definition().toString())
            .put("workspaceId", actor.workspace().toString())
            .put("createdAt", actor.createdAt().getEpochSecond());
    // The SDKs choose the class of the configuration by the type within it.
    json.putObject("configuration")
        .put(typeKey(actor.side()), type)
        .setAll(configurations.masked(actor.configuration()));
    addAllocation(json, actor);
    return json;
  }

  /** Adds what of the actor's configuration is kept and not used, where there is any such field. */
  ObjectNode warned(Actor actor, ObjectNode json) {
    List<String> warnings =
        connector(actor)
            .map(one -> configurations.warnings(one, actor.configuration()))
            .orElse(List.of());
    if (!warnings.isEmpty()) {
      warnings.forEach(json.putArray("warnings")::add);
    }
    return json;
  }

  /** Returns the key within a public configuration that names its connector. */
  static String typeKey(Side side) {
    return side.label() + "Type";
  }

  /** Returns the display name of an actor's connector. */
  String definitionName(Actor actor) {
    return connector(actor).map(one -> ApiNames.display(one.info())).orElse("Unknown connector");
  }

  private Optional<ConnectorDefinition<?>> connector(Actor actor) {
    return definitions.find(actor.side(), actor.definition());
  }

  private static void addAllocation(ObjectNode json, Actor actor) {
    if (actor.details().has(ALLOCATION)) {
      json.set(ALLOCATION, actor.details().get(ALLOCATION));
    }
  }
}
