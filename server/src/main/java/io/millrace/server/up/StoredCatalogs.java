package io.millrace.server.up;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.actor.ActorId;
import io.millrace.server.catalog.Catalog;
import io.millrace.server.catalog.Catalogs;
import io.millrace.server.connection.CatalogSource;
import io.millrace.server.store.Database;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Gives connections the catalogs that discovers have found. */
final class StoredCatalogs implements CatalogSource {
  private final Database database;
  private final Catalogs catalogs;
  private final boolean useCache;

  /**
   * Gives them.
   *
   * @param useCache a discover may be answered by a catalog that is fresh enough for a sync
   */
  StoredCatalogs(Database database, Catalogs catalogs, boolean useCache) {
    this.database = database;
    this.catalogs = catalogs;
    this.useCache = useCache;
  }

  @Override
  public Optional<Found> newest(Handle tx, ActorId source) {
    return catalogs.newest(tx, source).map(catalog -> found(tx, catalog));
  }

  @Override
  public Map<ActorId, UUID> newestIds(Handle tx, Collection<ActorId> sources) {
    return catalogs.newestIds(tx, sources);
  }

  @Override
  public Optional<Found> find(Handle tx, UUID id) {
    return catalogs.find(tx, id).map(catalog -> found(tx, catalog));
  }

  @Override
  public boolean isOf(Handle tx, ActorId source, UUID id) {
    return catalogs.find(tx, id).filter(catalog -> catalog.source().equals(source)).isPresent();
  }

  @Override
  public Found discover(ActorId source) throws InterruptedException {
    Catalog catalog = catalogs.discover(source, useCache);
    List<ObjectNode> streams = database.read(tx -> catalogs.streams(tx, catalog.id()));
    return new Found(catalog.id(), streams);
  }

  private Found found(Handle tx, Catalog catalog) {
    return new Found(catalog.id(), catalogs.streams(tx, catalog.id()));
  }
}
