package io.millrace.server.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.actor.Actor;
import io.millrace.server.actor.ActorId;
import io.millrace.server.actor.Actors;
import io.millrace.server.actor.ConnectorCalls;
import io.millrace.server.connector.Definitions;
import io.millrace.server.connector.Side;
import io.millrace.server.http.Access;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Caller;
import io.millrace.server.http.Fault;
import io.millrace.server.store.Database;
import io.millrace.server.store.Rows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;

/** Discovers what sources offer, and keeps it. Thread-safe. */
public final class Catalogs {
  /** How long a catalog answers for its source, unless configuration or connector changed. */
  public static final Duration FRESH = Duration.ofHours(24);

  private static final int LOCKS = 64;

  private final Database database;
  private final Clock clock;
  private final Actors actors;
  private final Definitions definitions;
  private final Discovery discovery;
  private final CatalogStore store = new CatalogStore();
  private final ReentrantLock[] locks = new ReentrantLock[LOCKS];

  /** Makes the service. */
  public Catalogs(
      Database database,
      Clock clock,
      Actors actors,
      Definitions definitions,
      ConnectorCalls calls) {
    this.database = database;
    this.clock = clock;
    this.actors = actors;
    this.definitions = definitions;
    this.discovery = new Discovery(calls, clock);
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  /**
   * What a discover answers with.
   *
   * @param catalog the catalog
   * @param cached it was at hand already
   */
  record Found(Catalog catalog, boolean cached) {}

  /** Returns the catalog of a source that was found last, however old. */
  public Optional<Catalog> newest(Handle tx, ActorId source) {
    return store.newest(tx, source);
  }

  /** Like {@link #newest(Handle, ActorId)}, in a transaction of its own. */
  Optional<Catalog> newest(ActorId source) {
    return database.read(tx -> newest(tx, source));
  }

  /** Returns what tells a source's configuration from its earlier ones; 404 without a source. */
  String configHash(ActorId source) {
    return hash(actors.get(Side.SOURCE, source));
  }

  /**
   * Returns a catalog.
   *
   * @throws ApiException 404 when there is none
   */
  public Catalog get(Handle tx, UUID id) {
    return store.find(tx, id).orElseThrow(() -> ApiException.notFound("catalog", id));
  }

  /** Returns a catalog, or nothing where there is none of this id. */
  public Optional<Catalog> find(Handle tx, UUID id) {
    return store.find(tx, id);
  }

  /** Returns the id of each source's newest catalog, of those that have one. */
  public Map<ActorId, UUID> newestIds(Handle tx, Collection<ActorId> sources) {
    return store.newestIds(tx, sources);
  }

  /** Returns the streams of a catalog as {@code AirbyteStream} objects, in their order. */
  public List<ObjectNode> streams(Handle tx, UUID catalog) {
    return store.texts(tx, catalog).stream().map(Rows::object).toList();
  }

  /** Like {@link #streams}, as text: many streams are read one at a time. */
  List<String> texts(UUID catalog) {
    return database.read(tx -> store.texts(tx, catalog));
  }

  /**
   * Returns what a source offers. Connects to the source where the cache cannot answer; not to be
   * called in a transaction.
   *
   * @param useCache a catalog may answer that is fresh and of the same configuration and connector;
   *     otherwise only one of a look that began after this call
   * @throws ApiException 404 when there is no such source
   * @throws io.millrace.spi.ConnectorException when the source fails
   */
  public Catalog discover(ActorId source, boolean useCache) throws InterruptedException {
    return find(source, useCache).catalog();
  }

  /** Like {@link #discover}; who may change nothing sees what was found last, however old. */
  Found find(Caller caller, ActorId source, boolean useCache) throws InterruptedException {
    if (caller.may(Access.EDIT)) {
      return find(source, useCache);
    }
    Optional<Catalog> last = useCache ? newest(source) : Optional.empty();
    return last.map(catalog -> new Found(catalog, true))
        .orElseThrow(
            () ->
                new ApiException(
                    Fault.FORBIDDEN,
                    "Your role does not allow asking the source itself. What was found last can be"
                        + " seen with the cache, once somebody has asked."));
  }

  private Found find(ActorId source, boolean useCache) throws InterruptedException {
    Instant asked = clock.instant();
    Instant oldest = useCache ? asked.minus(FRESH) : asked;
    Optional<Catalog> cached = cached(source, oldest);
    if (cached.isPresent()) {
      return new Found(cached.get(), true);
    }
    // One discover of a source at a time; whoever waited may find the answer of one that began
    // after it had asked.
    ReentrantLock lock = locks[Math.floorMod(source.hashCode(), LOCKS)];
    lock.lockInterruptibly();
    try {
      cached = cached(source, oldest);
      return cached.isPresent() ? new Found(cached.get(), true) : new Found(run(source), false);
    } finally {
      lock.unlock();
    }
  }

  private Catalog run(ActorId source) throws InterruptedException {
    Actor actor = actors.get(Side.SOURCE, source);
    // What changes while the source is asked may be missing in its answer.
    Instant now = clock.instant();
    List<FoundStream> streams = discovery.run(actors.endpoint(actor));
    String content = Discovery.hash(streams);
    return database.write(
        tx -> {
          actors.get(tx, Side.SOURCE, source);
          Optional<Catalog> before = store.newest(tx, source);
          if (before.isPresent() && before.get().contentHash().equals(content)) {
            store.foundAgain(tx, before.get().id(), hash(actor), definitions.version(), now);
            return get(tx, before.get().id());
          }
          Catalog catalog =
              new Catalog(
                  UUID.randomUUID(), source, hash(actor), definitions.version(), content, now, now);
          store.insert(tx, catalog, streams);
          store.prune(tx, source);
          return catalog;
        });
  }

  private Optional<Catalog> cached(ActorId source, Instant oldest) {
    return database.read(
        tx -> {
          String hash = hash(actors.get(tx, Side.SOURCE, source));
          return store
              .newest(tx, source)
              .filter(catalog -> catalog.configHash().equals(hash))
              .filter(catalog -> catalog.connectorVersion().equals(definitions.version()))
              .filter(catalog -> catalog.foundAt().isAfter(oldest));
        });
  }

  /** Its secrets are encrypted, so that the hash tells nothing of them. */
  private static String hash(Actor actor) {
    return Discovery.hash(Rows.text(actor.configuration()));
  }
}
