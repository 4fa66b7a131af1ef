package io.millrace.server.tag;

import io.millrace.server.http.ApiException;
import io.millrace.server.http.Fault;
import io.millrace.server.store.Database;
import io.millrace.server.workspace.WorkspaceId;
import io.millrace.server.workspace.WorkspaceStore;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Makes, changes and removes tags. Thread-safe. */
public final class TagService {
  private final Database database;
  private final WorkspaceStore workspaces = new WorkspaceStore();
  private final TagStore tags = new TagStore();

  /** Makes the service of a store. */
  public TagService(Database database) {
    this.database = database;
  }

  /**
   * Adds a tag.
   *
   * @throws ApiException when the name is too long or taken, the color is none, or the workspace
   *     has as many tags as it may have
   */
  public Tag create(WorkspaceId workspace, String name, String color) {
    return database.write(
        tx -> {
          workspaces.get(tx, workspace);
          check(tx, workspace, name, color, null);
          TagRules.checkCount(tags.list(tx, workspace).size() + 1);
          Tag tag = new Tag(UUID.randomUUID(), workspace, name, color);
          tags.insert(tx, tag);
          return tag;
        });
  }

  /**
   * Gives a tag another name and color.
   *
   * @param workspace where it must belong; null: anywhere
   * @throws ApiException as {@link #create}, or when there is no such tag
   */
  public Tag update(UUID id, @Nullable WorkspaceId workspace, String name, String color) {
    return database.write(
        tx -> {
          Tag before = find(tx, id, workspace);
          check(tx, before.workspace(), name, color, id);
          Tag after = new Tag(id, before.workspace(), name, color);
          tags.update(tx, after);
          return after;
        });
  }

  /** Removes a tag from its workspace and every connection. */
  public void delete(UUID id, @Nullable WorkspaceId workspace) {
    database.change(tx -> tags.delete(tx, find(tx, id, workspace).id()));
  }

  /** Returns a tag. */
  public Tag get(UUID id) {
    return database.read(tx -> find(tx, id, null));
  }

  /** Returns the tags of a workspace, by name; 404 without the workspace. */
  public List<Tag> list(WorkspaceId workspace) {
    return database.read(
        tx -> {
          workspaces.get(tx, workspace);
          return tags.list(tx, workspace);
        });
  }

  /**
   * Returns the tags of these workspaces, or of all where none is named, by name; 404 without one
   * of them.
   */
  public List<Tag> list(List<UUID> ofWorkspaces) {
    return database.read(
        tx -> {
          workspaces.refuseUnknown(tx, ofWorkspaces.stream().map(WorkspaceId::new).toList(), false);
          return tags.list(tx, ofWorkspaces);
        });
  }

  private Tag find(Handle tx, UUID id, @Nullable WorkspaceId workspace) {
    return tags.find(tx, id)
        .filter(tag -> workspace == null || tag.workspace().equals(workspace))
        .orElseThrow(() -> ApiException.notFound("tag", id));
  }

  private void check(
      Handle tx, WorkspaceId workspace, String name, String color, @Nullable UUID itself) {
    TagRules.check(name, color);
    boolean taken =
        tags.list(tx, workspace).stream()
            .anyMatch(tag -> tag.name().equals(name) && !tag.id().equals(itself));
    if (taken) {
      throw ApiException.typed(
          Fault.STATE_CONFLICT,
          "error:tag-already-exists",
          "The workspace has a tag \"" + name + "\" already.",
          Map.of());
    }
  }
}
