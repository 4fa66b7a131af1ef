package io.millrace.server.up;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.actor.Actor;
import io.millrace.server.actor.ActorJson;
import io.millrace.server.connector.DefinitionJson;
import io.millrace.server.json.Documents;
import io.millrace.server.webbackend.ActorViews;

/** Shows the two ends of a connection beside it. */
final class ActorPages implements ActorViews {
  private final Core core;
  private final ActorJson json;
  private final DefinitionJson definitions;

  ActorPages(Core core) {
    this.core = core;
    this.json = new ActorJson(core.definitions, core.configurations);
    this.definitions = new DefinitionJson(core.definitions, core.clock);
  }

  @Override
  public ObjectNode read(Actor actor) {
    return json.config(actor);
  }

  @Override
  public ObjectNode snippet(Actor actor) {
    return json.snippet(actor);
  }

  @Override
  public ObjectNode version(Actor actor) {
    return core.definitions
        .find(actor.side(), actor.definition())
        .map(definitions::version)
        .orElseGet(Documents::empty);
  }
}
