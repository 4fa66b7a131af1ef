package io.millrace.server.catalog;

import io.millrace.server.actor.ActorId;
import io.millrace.server.store.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The catalogs in the store. Stateless. */
public final class CatalogStore {
  private static final int BATCH_ROWS = 500;

  /** How many catalogs of a source are kept beside those that connections were made with. */
  private static final int UNUSED_MAX = 5;

  /** Adds a catalog with its streams. */
  void insert(Handle tx, Catalog catalog, List<FoundStream> streams) {
    tx.createUpdate(
            "INSERT INTO catalog (id, actor_id, config_hash, connector_version, content_hash,"
                + " created_at, found_at) VALUES (:id, :source, :config, :version, :content,"
                + " :created, :found)")
        .bind("id", catalog.id().toString())
        .bind("source", catalog.source().toString())
        .bind("config", catalog.configHash())
        .bind("version", catalog.connectorVersion())
        .bind("content", catalog.contentHash())
        .bind("created", catalog.createdAt().toEpochMilli())
        .bind("found", catalog.foundAt().toEpochMilli())
        .execute();
    for (int from = 0; from < streams.size(); from += BATCH_ROWS) {
      PreparedBatch batch =
          tx.prepareBatch(
              "INSERT INTO catalog_stream (catalog_id, position, namespace, name, stream)"
                  + " VALUES (?, ?, ?, ?, ?)");
      for (int i = from; i < Math.min(from + BATCH_ROWS, streams.size()); i++) {
        FoundStream one = streams.get(i);
        String namespace = one.name().namespace();
        batch.add(
            catalog.id().toString(),
            i,
            namespace == null ? "" : namespace,
            one.name().name(),
            one.json());
      }
      batch.execute();
    }
  }

  /** Notes that a discover found a catalog again. */
  void foundAgain(Handle tx, UUID id, String configHash, String version, Instant at) {
    tx.createUpdate(
            "UPDATE catalog SET config_hash = :config, connector_version = :version,"
                + " found_at = :at WHERE id = :id")
        .bind("config", configHash)
        .bind("version", version)
        .bind("at", at.toEpochMilli())
        .bind("id", id.toString())
        .execute();
  }

  /** Deletes the oldest catalogs of a source that no connection was made with. */
  void prune(Handle tx, ActorId source) {
    tx.createUpdate(
            "DELETE FROM catalog WHERE actor_id = :source AND id NOT IN (SELECT id FROM catalog"
                + " WHERE actor_id = :source ORDER BY found_at DESC, id LIMIT :kept) AND id NOT IN"
                + " (SELECT catalog_id FROM connection WHERE catalog_id IS NOT NULL)")
        .bind("source", source.toString())
        .bind("kept", UNUSED_MAX)
        .execute();
  }

  /** Returns the catalog of a source that was found last. */
  Optional<Catalog> newest(Handle tx, ActorId source) {
    return tx.createQuery(
            "SELECT * FROM catalog WHERE actor_id = :source ORDER BY found_at DESC, id LIMIT 1")
        .bind("source", source.toString())
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Returns the id of each source's newest catalog, of those that have one. */
  Map<ActorId, UUID> newestIds(Handle tx, Collection<ActorId> sources) {
    Map<ActorId, UUID> ids = new HashMap<>();
    if (!sources.isEmpty()) {
      tx.createQuery(
              "SELECT actor_id, id FROM catalog WHERE actor_id IN (<sources>)"
                  + " ORDER BY found_at, id DESC")
          .bindList("sources", sources.stream().map(ActorId::toString).toList())
          .map(
              (row, context) ->
                  Map.entry(
                      ActorId.of(row.getString("actor_id")), UUID.fromString(row.getString("id"))))
          .forEach(entry -> ids.put(entry.getKey(), entry.getValue()));
    }
    return ids;
  }

  /** Returns a catalog. */
  Optional<Catalog> find(Handle tx, UUID id) {
    return tx.createQuery("SELECT * FROM catalog WHERE id = :id")
        .bind("id", id.toString())
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Returns the streams of a catalog as text, in their order. */
  List<String> texts(Handle tx, UUID id) {
    return tx.createQuery(
            "SELECT stream FROM catalog_stream WHERE catalog_id = :id ORDER BY position")
        .bind("id", id.toString())
        .mapTo(String.class)
        .list();
  }

  private static Catalog read(ResultSet row) throws SQLException {
    return new Catalog(
        UUID.fromString(row.getString("id")),
        ActorId.of(row.getString("actor_id")),
        row.getString("config_hash"),
        row.getString("connector_version"),
        row.getString("content_hash"),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "found_at"));
  }
}
