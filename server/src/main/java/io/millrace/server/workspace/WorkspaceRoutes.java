package io.millrace.server.workspace;

import io.millrace.server.http.Routes;
import io.millrace.server.store.Database;
import java.util.function.UnaryOperator;

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
      UnaryOperator<String> seal) {
    new InstanceEndpoints(database, workspaces, settings, changes).addTo(routes);
    new WorkspaceEndpoints(database, workspaces, limits, seal).addTo(routes);
    new WorkspaceResources(workspaces).addTo(routes);
    new PeopleEndpoints(database, workspaces, changes).addTo(routes);
    new PeopleResources(database).addTo(routes);
  }
}
