package io.millrace.server.workspace;

import io.millrace.server.http.Routes;
import io.millrace.server.store.Database;

/** Every route of workspaces, the installation and its people. */
public final class WorkspaceRoutes {
  private WorkspaceRoutes() {}

  /** Adds the routes. */
  public static void add(
      Routes routes,
      Database database,
      Workspaces workspaces,
      InstanceSettings settings,
      ChangeRecorder changes) {
    new InstanceEndpoints(database, workspaces, settings, changes).addTo(routes);
    new WorkspaceEndpoints(database, workspaces).addTo(routes);
    new WorkspaceResources(workspaces).addTo(routes);
    new PeopleEndpoints(database, workspaces, changes).addTo(routes);
    new PeopleResources(database).addTo(routes);
  }
}
