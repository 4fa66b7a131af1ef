package io.millrace.server.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Caller;
import io.millrace.server.http.Fault;
import io.millrace.server.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Makes, changes and deletes workspaces. Thread-safe. */
public final class Workspaces {
  private final WorkspaceStore store = new WorkspaceStore();
  private final Installations installations = new Installations();
  private final Database database;
  private final Clock clock;
  private final ChangeRecorder changes;
  private final WorkspaceDeletion deletion;

  /** Makes the service. */
  public Workspaces(
      Database database, Clock clock, ChangeRecorder changes, WorkspaceDeletion deletion) {
    this.database = database;
    this.clock = clock;
    this.changes = changes;
    this.deletion = deletion;
  }

  /**
   * A name and details to store.
   *
   * @param name the workspace's name
   * @param details see {@link Workspace}
   */
  record Content(String name, ObjectNode details) {}

  static Workspace fresh(WorkspaceId id, String name, ObjectNode details, Instant now) {
    return new Workspace(id, name, id.toString(), details, now, now, null);
  }

  /**
   * Returns a workspace.
   *
   * @throws ApiException 404 when there is none, or it is deleted
   */
  public Workspace get(Handle tx, WorkspaceId id) {
    return store.get(tx, id);
  }

  /** Returns a workspace, be it deleted. */
  Workspace getEvenDeleted(WorkspaceId id) {
    return database.read(
        tx -> store.find(tx, id).orElseThrow(() -> ApiException.notFound("workspace", id)));
  }

  Workspace get(WorkspaceId id) {
    return database.read(tx -> get(tx, id));
  }

  /**
   * Which workspaces to list.
   *
   * @param ids only these; empty for all
   * @param deleted also the deleted ones
   * @param nameContains only those whose name has this text, or null
   */
  record Filter(List<WorkspaceId> ids, boolean deleted, @Nullable String nameContains) {
    static final Filter ALL = new Filter(List.of(), false, null);

    boolean takes(Workspace workspace) {
      String part = nameContains == null ? "" : nameContains.toLowerCase(Locale.ROOT);
      return (ids.isEmpty() || ids.contains(workspace.id()))
          && workspace.name().toLowerCase(Locale.ROOT).contains(part);
    }
  }

  /** Returns the workspaces that a filter takes, oldest first. */
  List<Workspace> list(Filter filter) {
    return database.read(tx -> filter.deleted() ? store.all(tx) : store.list(tx)).stream()
        .filter(filter::takes)
        .toList();
  }

  Workspace create(Content content, Caller caller) {
    return database.write(
        tx -> {
          Workspace made =
              fresh(WorkspaceId.random(), content.name(), content.details(), clock.instant());
          store.insert(tx, made);
          record(tx, made, "create", caller);
          return made;
        });
  }

  /** Changes a workspace; what is to change is decided in the transaction. */
  Workspace update(WorkspaceId id, UnaryOperator<Content> change, Caller caller) {
    return database.write(
        tx -> {
          Workspace old = get(tx, id);
          Content content = change.apply(new Content(old.name(), old.details().deepCopy()));
          Workspace changed =
              new Workspace(
                  id,
                  content.name(),
                  old.slug(),
                  content.details(),
                  old.createdAt(),
                  clock.instant(),
                  null);
          store.update(tx, changed);
          record(tx, changed, "update", caller);
          return changed;
        });
  }

  void delete(WorkspaceId id, Caller caller) {
    Runnable afterwards =
        database.write(
            tx -> {
              Workspace old = get(tx, id);
              List<Workspace> others =
                  store.list(tx).stream().filter(one -> !one.id().equals(id)).toList();
              if (others.isEmpty()) {
                throw new ApiException(
                    Fault.STATE_CONFLICT,
                    "This is the last workspace; make another one before you delete it.");
              }
              Runnable after = deletion.delete(tx, id, caller);
              Instant now = clock.instant();
              Workspace deleted =
                  new Workspace(
                      id, old.name(), old.slug(), old.details(), old.createdAt(), now, now);
              store.update(tx, deleted);
              Installation installation = installations.read(tx);
              if (installation.workspace().equals(id)) {
                installations.save(tx, installation.withWorkspace(others.getFirst().id()));
              }
              record(tx, deleted, "delete", caller);
              return after;
            });
    afterwards.run();
  }

  private void record(Handle tx, Workspace workspace, String action, Caller caller) {
    changes.changed(
        tx,
        "workspace",
        workspace.id().toString(),
        action,
        WorkspaceJson.recorded(workspace),
        caller);
  }
}
