package io.millrace.server.tag;

import io.millrace.server.workspace.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The tags in the store. Stateless. */
public final class TagStore {
  void insert(Handle tx, Tag tag) {
    tx.execute(
        "INSERT INTO tag (id, workspace_id, name, color) VALUES (?, ?, ?, ?)",
        tag.id().toString(),
        tag.workspace().toString(),
        tag.name(),
        tag.color());
  }

  void update(Handle tx, Tag tag) {
    tx.execute(
        "UPDATE tag SET name = ?, color = ? WHERE id = ?",
        tag.name(),
        tag.color(),
        tag.id().toString());
  }

  void delete(Handle tx, UUID id) {
    tx.execute("DELETE FROM tag WHERE id = ?", id.toString());
  }

  /** Returns a tag. */
  public Optional<Tag> find(Handle tx, UUID id) {
    return tx.createQuery("SELECT * FROM tag WHERE id = :id")
        .bind("id", id.toString())
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Returns the tags of a workspace, by name. */
  public List<Tag> list(Handle tx, WorkspaceId workspace) {
    return tx.createQuery("SELECT * FROM tag WHERE workspace_id = :workspace ORDER BY name, id")
        .bind("workspace", workspace.toString())
        .map((row, context) -> read(row))
        .list();
  }

  /** Returns the tags of these workspaces, or of all where none is named, by name. */
  List<Tag> list(Handle tx, Collection<UUID> workspaces) {
    if (workspaces.isEmpty()) {
      return tx.createQuery("SELECT * FROM tag ORDER BY name, id")
          .map((row, context) -> read(row))
          .list();
    }
    return tx.createQuery("SELECT * FROM tag WHERE workspace_id IN (<ids>) ORDER BY name, id")
        .bindList("ids", workspaces.stream().map(UUID::toString).toList())
        .map((row, context) -> read(row))
        .list();
  }

  /** Reads a row of the table. */
  public static Tag read(ResultSet row) throws SQLException {
    return new Tag(
        UUID.fromString(row.getString("id")),
        WorkspaceId.of(row.getString("workspace_id")),
        row.getString("name"),
        row.getString("color"));
  }
}
