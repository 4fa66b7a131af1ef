package io.millrace.server.connector;

import io.millrace.server.http.Routes;
import io.millrace.server.store.Database;
import java.time.Clock;

/** Every route of connectors. */
public final class ConnectorRoutes {
  private ConnectorRoutes() {}

  /** Adds the routes. */
  public static void add(
      Routes routes,
      Database database,
      Definitions definitions,
      Clock clock,
      UsedDefinitions used) {
    DefinitionJson json = new DefinitionJson(definitions, clock);
    for (Side side : Side.values()) {
      new DefinitionEndpoints(side, database, definitions, json, used).addTo(routes);
    }
    new VersionEndpoints(definitions, json).addTo(routes);
    new DefinitionResources(database, definitions, json).addTo(routes);
  }
}
