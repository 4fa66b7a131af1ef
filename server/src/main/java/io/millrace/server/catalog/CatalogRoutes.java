package io.millrace.server.catalog;

import io.millrace.server.actor.Actors;
import io.millrace.server.actor.Configurations;
import io.millrace.server.actor.ConnectorCalls;
import io.millrace.server.connector.Definitions;
import io.millrace.server.http.Routes;
import io.millrace.server.store.Database;
import java.time.Clock;

/** Every route that tells what a source offers. */
public final class CatalogRoutes {
  private CatalogRoutes() {}

  /** Adds the routes. */
  public static void add(
      Routes routes,
      Database database,
      Clock clock,
      Actors actors,
      Configurations configurations,
      Definitions definitions,
      Catalogs catalogs,
      ConnectorCalls calls,
      SchemaLook look) {
    UnsavedDiscovery unsaved = new UnsavedDiscovery(actors, configurations, calls, clock);
    new CatalogEndpoints(database, clock, actors, catalogs, unsaved, definitions, look)
        .addTo(routes);
    new StreamResources(actors, catalogs, definitions).addTo(routes);
  }
}
