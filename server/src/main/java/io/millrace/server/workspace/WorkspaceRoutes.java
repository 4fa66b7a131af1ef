package io.millrace.server.workspace;

import io.millrace.server.http.Routes;
import io.millrace.server.store.Database;
import io.millrace.server.store.TextSeal;

/** Every route of workspaces, the installation and its people. */
public final class WorkspaceRoutes {
  private WorkspaceRoutes() {}

  /**
   * Adds the routes.
   *
   * @param limits what a workspace may hold
   * @param seal encrypts what the store must not hold as it is
   */
  public static void add(
      Routes routes,
      Database database,
      Workspaces workspaces,
      InstanceSettings settings,
      ChangeRecorder changes,
      WorkspaceLimits limits,
      TextSeal seal) {
    new InstanceEndpoints(database, workspaces, settings, changes).addTo(routes);
    new WorkspaceEndpoints(database, workspaces, limits, seal).addTo(routes);
    new WorkspaceResources(workspaces, seal).addTo(routes);
    new PeopleEndpoints(database, workspaces, changes, seal).addTo(routes);
    new PeopleResources(database).addTo(routes);
  }
}
