package io.millrace.server.actor;

import io.millrace.server.connector.Side;
import io.millrace.server.store.Rows;
import io.millrace.server.workspace.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The sources and destinations in the store. Stateless. */
public final class ActorStore {
  /** Adds an actor. */
  public void insert(Handle tx, Actor actor) {
    tx.createUpdate(
            "INSERT INTO actor (id, workspace_id, side, definition_id, name, configuration,"
                + " details, created_at, updated_at, deleted_at) VALUES (:id, :workspace, :side,"
                + " :definition, :name, :configuration, :details, :created, :updated, :deleted)")
        .bind("workspace", actor.workspace().toString())
        .bind("side", actor.side().label())
        .bind("definition", actor.definition().toString())
        .bind("created", actor.createdAt().toEpochMilli())
        .bindMap(changing(actor))
        .execute();
  }

  /** Replaces what may change of an actor. */
  public void update(Handle tx, Actor actor) {
    tx.createUpdate(
            "UPDATE actor SET name = :name, configuration = :configuration, details = :details,"
                + " updated_at = :updated, deleted_at = :deleted WHERE id = :id")
        .bindMap(changing(actor))
        .execute();
  }

  /** Deletes what was found at an actor, but what its former connections were made with. */
  void forgetCatalogs(Handle tx, ActorId id) {
    tx.createUpdate(
            "DELETE FROM catalog WHERE actor_id = :id AND id NOT IN (SELECT catalog_id FROM"
                + " connection WHERE catalog_id IS NOT NULL)")
        .bind("id", id.toString())
        .execute();
  }

  /** Returns an actor of one side, be it deleted. */
  public Optional<Actor> find(Handle tx, Side side, ActorId id) {
    return tx.createQuery("SELECT * FROM actor WHERE id = :id AND side = :side")
        .bind("id", id.toString())
        .bind("side", side.label())
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Returns the actors of one side of a workspace that are not deleted, by name. */
  public List<Actor> list(Handle tx, Side side, WorkspaceId workspace) {
    return tx.createQuery(
            "SELECT * FROM actor WHERE workspace_id = :workspace AND side = :side"
                + " AND deleted_at IS NULL ORDER BY name, id")
        .bind("workspace", workspace.toString())
        .bind("side", side.label())
        .map((row, context) -> read(row))
        .list();
  }

  /**
   * Returns one page of the actors of a side, oldest first.
   *
   * @param workspaces only of these; empty for all
   * @param deleted also the deleted ones
   */
  List<Actor> page(
      Handle tx, Side side, List<WorkspaceId> workspaces, boolean deleted, int limit, int offset) {
    boolean all = workspaces.isEmpty();
    Query query =
        tx.createQuery(
                "SELECT * FROM actor WHERE side = :side"
                    + (all ? "" : " AND workspace_id IN (<workspaces>)")
                    + (deleted ? "" : " AND deleted_at IS NULL")
                    + " ORDER BY created_at, id LIMIT :limit OFFSET :offset")
            .bind("side", side.label())
            .bind("limit", limit)
            .bind("offset", offset);
    return (all
            ? query
            : query.bindList("workspaces", workspaces.stream().map(WorkspaceId::toString).toList()))
        .map((row, context) -> read(row))
        .list();
  }

  /** Returns which connectors a workspace has actors of. */
  public Set<UUID> definitions(Handle tx, Side side, UUID workspace) {
    return tx.createQuery(
            "SELECT DISTINCT definition_id FROM actor WHERE workspace_id = :workspace"
                + " AND side = :side AND deleted_at IS NULL")
        .bind("workspace", workspace.toString())
        .bind("side", side.label())
        .map((row, context) -> UUID.fromString(row.getString("definition_id")))
        .set();
  }

  /** Returns how the actors of a side of a workspace are used; one that is not used is missing. */
  Map<ActorId, ActorUse> use(Handle tx, Side side, WorkspaceId workspace) {
    Map<ActorId, ActorUse> use = new HashMap<>();
    uses(tx, side, "c.workspace_id = :id", workspace.toString())
        .forEach(one -> use.merge(one.getKey(), one.getValue(), ActorUse::plus));
    return use;
  }

  /** Returns how an actor is used. */
  ActorUse use(Handle tx, Actor actor) {
    String condition = "c." + actor.side().label() + "_id = :id";
    return uses(tx, actor.side(), condition, actor.id().toString()).stream()
        .map(Map.Entry::getValue)
        .reduce(ActorUse.NONE, ActorUse::plus);
  }

  /** Returns an entry for each connection, with its newest sync. */
  private static List<Map.Entry<ActorId, ActorUse>> uses(
      Handle tx, Side side, String condition, String id) {
    return tx.createQuery(
            "SELECT c."
                + side.label()
                + "_id AS actor, c.status AS status, j.status AS job, j.created_at AS job_at"
                + " FROM connection c LEFT JOIN job j ON j.id = (SELECT id FROM job WHERE"
                + " connection_id = c.id AND config_type = 'sync' ORDER BY id DESC LIMIT 1)"
                + " WHERE c.status <> 'deprecated' AND "
                + condition)
        .bind("id", id)
        .map(
            (row, context) ->
                Map.entry(
                    ActorId.of(row.getString("actor")),
                    ActorUse.of(
                        row.getString("status").equals("active"),
                        row.getString("job"),
                        Rows.instantOrNull(row, "job_at"))))
        .list();
  }

  /** Tells whether there ever was a source or destination. */
  public boolean any(Handle tx) {
    return tx.createQuery("SELECT id FROM actor LIMIT 1").mapTo(String.class).findOne().isPresent();
  }

  /** Returns the actors of these ids, of both sides, be they deleted. */
  public Map<ActorId, Actor> findAll(Handle tx, Collection<ActorId> ids) {
    Map<ActorId, Actor> found = new HashMap<>();
    if (ids.isEmpty()) {
      return found;
    }
    tx.createQuery("SELECT * FROM actor WHERE id IN (<ids>)")
        .bindList("ids", ids.stream().map(ActorId::toString).toList())
        .map((row, context) -> read(row))
        .forEach(actor -> found.put(actor.id(), actor));
    return found;
  }

  private static Map<String, @Nullable Object> changing(Actor actor) {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("id", actor.id().toString());
    values.put("name", actor.name());
    values.put("configuration", Rows.text(actor.configuration()));
    values.put("details", Rows.text(actor.details()));
    values.put("updated", actor.updatedAt().toEpochMilli());
    values.put("deleted", Rows.millis(actor.deletedAt()));
    return values;
  }

  private static Actor read(ResultSet row) throws SQLException {
    return new Actor(
        ActorId.of(row.getString("id")),
        WorkspaceId.of(row.getString("workspace_id")),
        row.getString("side").equals(Side.SOURCE.label()) ? Side.SOURCE : Side.DESTINATION,
        UUID.fromString(row.getString("definition_id")),
        row.getString("name"),
        Rows.object(row, "configuration"),
        Rows.object(row, "details"),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "updated_at"),
        Rows.instantOrNull(row, "deleted_at"));
  }
}
