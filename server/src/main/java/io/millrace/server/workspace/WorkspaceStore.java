package io.millrace.server.workspace;

import io.millrace.server.http.ApiException;
import io.millrace.server.store.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The workspaces in the store. Stateless; every call belongs to the transaction of its handle. */
public final class WorkspaceStore {
  /** Adds a workspace. */
  public void insert(Handle tx, Workspace workspace) {
    tx.createUpdate(
            "INSERT INTO workspace (id, name, slug, details, created_at, updated_at, deleted_at)"
                + " VALUES (:id, :name, :slug, :details, :created, :updated, :deleted)")
        .bind("created", workspace.createdAt().toEpochMilli())
        .bindMap(changing(workspace))
        .execute();
  }

  /** Replaces a workspace's row. */
  public void update(Handle tx, Workspace workspace) {
    tx.createUpdate(
            "UPDATE workspace SET name = :name, slug = :slug, details = :details,"
                + " updated_at = :updated, deleted_at = :deleted WHERE id = :id")
        .bindMap(changing(workspace))
        .execute();
  }

  /** Returns a workspace, be it deleted. */
  public Optional<Workspace> find(Handle tx, WorkspaceId id) {
    return tx.createQuery("SELECT * FROM workspace WHERE id = :id")
        .bind("id", id.toString())
        .map((row, context) -> read(row))
        .findOne();
  }

  /**
   * Returns a workspace.
   *
   * @throws ApiException 404 when there is none, or it is deleted
   */
  public Workspace get(Handle tx, WorkspaceId id) {
    return find(tx, id)
        .filter(workspace -> workspace.deletedAt() == null)
        .orElseThrow(() -> ApiException.notFound("workspace", id));
  }

  /**
   * Refuses a request that names a workspace that there is not.
   *
   * @param deleted whether a deleted one will do
   * @throws ApiException 404 that names the first
   */
  public void refuseUnknown(Handle tx, Collection<WorkspaceId> ids, boolean deleted) {
    for (WorkspaceId id : ids) {
      Optional<Workspace> found = find(tx, id);
      if (found.isEmpty() || (!deleted && found.get().deletedAt() != null)) {
        throw ApiException.notFound("workspace", id);
      }
    }
  }

  /** Returns the workspace of a slug, unless it is deleted. */
  Optional<Workspace> findBySlug(Handle tx, String slug) {
    return tx.createQuery("SELECT * FROM workspace WHERE slug = :slug AND deleted_at IS NULL")
        .bind("slug", slug)
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Returns the workspace of a connection, be it deleted. */
  Optional<Workspace> findByConnection(Handle tx, UUID connection) {
    return tx.createQuery(
            "SELECT w.* FROM workspace w JOIN connection c ON c.workspace_id = w.id"
                + " WHERE c.id = :connection")
        .bind("connection", connection.toString())
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Returns every workspace, be it deleted, oldest first. */
  List<Workspace> all(Handle tx) {
    return tx.createQuery("SELECT * FROM workspace ORDER BY created_at, id")
        .map((row, context) -> read(row))
        .list();
  }

  /** What a workspace holds. */
  record Content(boolean connections, boolean sources, boolean destinations) {}

  /** Tells what a workspace holds. */
  Content content(Handle tx, WorkspaceId id) {
    String actors =
        "EXISTS (SELECT 1 FROM actor WHERE workspace_id = :id AND deleted_at IS NULL AND side = ";
    return tx.createQuery(
            "SELECT EXISTS (SELECT 1 FROM connection WHERE workspace_id = :id"
                + " AND status <> 'deprecated') AS connections, "
                + actors
                + "'source') AS sources, "
                + actors
                + "'destination') AS destinations")
        .bind("id", id.toString())
        .map(
            (row, context) ->
                new Content(
                    row.getBoolean("connections"),
                    row.getBoolean("sources"),
                    row.getBoolean("destinations")))
        .one();
  }

  /**
   * How much a workspace holds, as it is counted against its limits.
   *
   * @param begun a connection of it has begun a sync
   * @param completed a sync that is remembered has succeeded
   */
  record Use(long sources, long destinations, long connections, boolean begun, boolean completed) {}

  /** Tells how much a workspace holds. */
  Use use(Handle tx, WorkspaceId id) {
    String actors =
        "(SELECT count(*) FROM actor WHERE workspace_id = :id AND deleted_at IS NULL AND side = ";
    String connections = "(SELECT 1 FROM connection c WHERE c.workspace_id = :id AND EXISTS ";
    return tx.createQuery(
            "SELECT "
                + actors
                + "'source') AS sources, "
                + actors
                + "'destination') AS destinations, (SELECT count(*) FROM connection WHERE"
                + " workspace_id = :id AND status <> 'deprecated') AS connections, EXISTS "
                + connections
                + "(SELECT 1 FROM sync_memory m WHERE m.connection_id = c.id)) AS begun, EXISTS "
                + connections
                + "(SELECT 1 FROM job j WHERE j.connection_id = c.id AND j.config_type = 'sync'"
                + " AND j.status = 'succeeded')) AS completed")
        .bind("id", id.toString())
        .map(
            (row, context) ->
                new Use(
                    row.getLong("sources"),
                    row.getLong("destinations"),
                    row.getLong("connections"),
                    row.getBoolean("begun"),
                    row.getBoolean("completed")))
        .one();
  }

  /** Returns the workspaces that are not deleted, oldest first. */
  public List<Workspace> list(Handle tx) {
    return tx.createQuery(
            "SELECT * FROM workspace WHERE deleted_at IS NULL ORDER BY created_at, id")
        .map((row, context) -> read(row))
        .list();
  }

  private static Map<String, @Nullable Object> changing(Workspace workspace) {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("id", workspace.id().toString());
    values.put("name", workspace.name());
    values.put("slug", workspace.slug());
    values.put("details", Rows.text(workspace.details()));
    values.put("updated", workspace.updatedAt().toEpochMilli());
    values.put("deleted", Rows.millis(workspace.deletedAt()));
    return values;
  }

  private static Workspace read(ResultSet row) throws SQLException {
    return new Workspace(
        WorkspaceId.of(row.getString("id")),
        row.getString("name"),
        row.getString("slug"),
        Rows.object(row, "details"),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "updated_at"),
        Rows.instantOrNull(row, "deleted_at"));
  }
}
