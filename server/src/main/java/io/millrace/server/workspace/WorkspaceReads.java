package io.millrace.server.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.store.Database;
import io.millrace.server.store.TextSeal;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Shows workspaces together with what they hold. Thread-safe. */
final class WorkspaceReads {
  private final Database database;
  private final WorkspaceLimits limits;
  private final TextSeal seal;
  private final WorkspaceStore store = new WorkspaceStore();

  WorkspaceReads(Database database, WorkspaceLimits limits, TextSeal seal) {
    this.database = database;
    this.limits = limits;
    this.seal = seal;
  }

  /** Returns a {@code WorkspaceRead}. */
  ObjectNode of(Workspace workspace) {
    return database.read(tx -> of(tx, workspace));
  }

  /** Returns each as a {@code WorkspaceRead}. */
  List<ObjectNode> of(List<Workspace> workspaces) {
    return database.read(tx -> workspaces.stream().map(one -> of(tx, one)).toList());
  }

  private ObjectNode of(Handle tx, Workspace workspace) {
    WorkspaceStore.Use use = store.use(tx, workspace.id());
    ObjectNode json = WorkspaceJson.config(workspace, seal).put("feedbackDone", false);
    // Old jobs are removed some day; then nobody knows whether one of them had succeeded.
    if (use.completed() || !use.begun()) {
      json.put("firstCompletedSync", use.completed());
    }
    ObjectNode shown = json.putObject("workspaceLimits");
    limit(shown, "sources", use.sources(), limits.sources());
    limit(shown, "destinations", use.destinations(), limits.destinations());
    limit(shown, "activeConnections", use.connections(), limits.connections());
    return json;
  }

  private static void limit(ObjectNode shown, String name, long current, long max) {
    shown.putObject(name).put("current", current).put("max", max);
  }
}
