package io.millrace.server.actor;

import io.millrace.server.connector.DefinitionJson;
import io.millrace.server.connector.Definitions;
import io.millrace.server.connector.Side;
import io.millrace.server.http.Routes;
import io.millrace.server.store.Database;
import java.time.Clock;

/** Every route of sources and destinations but those that discover streams. */
public final class ActorRoutes {
  private ActorRoutes() {}

  /** Adds the routes. */
  public static void add(
      Routes routes,
      Database database,
      Actors actors,
      Definitions definitions,
      Configurations configurations,
      ConnectorCalls calls,
      Clock clock) {
    DefinitionJson definitionJson = new DefinitionJson(definitions, clock);
    OAuthResources.addTo(routes);
    Checks checks = new Checks(configurations, calls, clock);
    for (Side side : Side.values()) {
      new ActorEndpoints(side, database, actors, definitions, configurations)
          .addTo(routes, definitionJson);
      new CheckEndpoints(side, actors, definitions, configurations, checks).addTo(routes);
      new ActorResources(side, database, actors, definitions, configurations).addTo(routes);
    }
  }
}
