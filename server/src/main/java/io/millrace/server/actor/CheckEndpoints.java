package io.millrace.server.actor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connector.Definitions;
import io.millrace.server.connector.Side;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Names;
import io.millrace.server.http.Routes;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConnectorDefinition;
import java.util.UUID;

/** Checks of one side: of what is stored, before a change, and before anything is stored. */
final class CheckEndpoints {
  private static final String CONFIGURATION = "connectionConfiguration";

  private final Side side;
  private final Actors actors;
  private final Definitions definitions;
  private final Configurations configurations;
  private final Checks checks;

  CheckEndpoints(
      Side side,
      Actors actors,
      Definitions definitions,
      Configurations configurations,
      Checks checks) {
    this.side = side;
    this.actors = actors;
    this.definitions = definitions;
    this.configurations = configurations;
    this.checks = checks;
  }

  void addTo(Routes routes) {
    String base = "/" + side.label() + "s";
    routes
        .config(Access.EDIT, base + "/check_connection", this::check)
        .config(Access.EDIT, base + "/check_connection_for_update", this::checkForUpdate)
        .config(Access.EDIT, "/scheduler" + base + "/check_connection", this::checkUnsaved);
  }

  private Answer check(Call call) throws InterruptedException {
    Body body = call.body();
    ActorId id = new ActorId(body.id(side.label() + "Id"));
    body.check();
    Actor actor = actors.get(side, id);
    return Answer.ok(checks.check(side, actors.connector(actor), actor.configuration()));
  }

  private Answer checkForUpdate(Call call) throws InterruptedException {
    Body body = call.body();
    ActorId id = new ActorId(body.id(side.label() + "Id"));
    ObjectNode values = body.object(CONFIGURATION).json();
    Names.readOrNull(body, "name");
    ActorEndpoints.details(Documents.empty(), body);
    body.check();
    Actor actor = actors.get(side, id);
    ConnectorDefinition<?> connector = actors.connector(actor);
    ObjectNode accepted =
        configurations.accept(
            new Configurations.Given(connector, values, CONFIGURATION), actor.configuration());
    return Answer.ok(checks.check(side, connector, accepted));
  }

  private Answer checkUnsaved(Call call) throws InterruptedException {
    Body body = call.body();
    UUID definition = body.id(side.label() + "DefinitionId");
    UUID stored = body.idOrNull(side.label() + "Id");
    body.idOrNull("workspaceId");
    Names.readOrNull(body, "name");
    ObjectNode values = body.object(CONFIGURATION).json();
    body.check();
    ConnectorDefinition<?> connector = definitions.get(side, definition);
    ObjectNode accepted =
        configurations.accept(
            new Configurations.Given(connector, values, CONFIGURATION),
            actors.storedFor(side, stored));
    return Answer.ok(checks.check(side, connector, accepted));
  }
}
