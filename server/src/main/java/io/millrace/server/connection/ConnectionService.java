package io.millrace.server.connection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.actor.Actor;
import io.millrace.server.actor.ActorId;
import io.millrace.server.actor.ActorStore;
import io.millrace.server.connection.mapper.StreamMappers;
import io.millrace.server.connection.schema.CatalogConfigDiff;
import io.millrace.server.connector.Side;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Caller;
import io.millrace.server.http.Fault;
import io.millrace.server.http.Mistake;
import io.millrace.server.http.Names;
import io.millrace.server.store.Database;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.StreamName;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Makes, changes and deletes connections, for both APIs. Thread-safe. */
public final class ConnectionService {
  private final Database database;
  private final CatalogSource catalogs;
  private final StreamMatching matching;
  private final ConnectionJobs jobs;
  private final StreamEdits edits;
  private final ConnectionListeners listeners;
  private final ConnectionRules rules;
  private final StreamMappers mappers;
  private final Clock clock;
  private final ActorStore actors = new ActorStore();
  private final ConnectionStore connections = new ConnectionStore();
  private final ConnectionTags tags = new ConnectionTags();
  private final ConnectionLists lists;

  /** Makes the service of a store. */
  public ConnectionService(
      Database database,
      CatalogSource catalogs,
      ActorFacts facts,
      ConnectionJobs jobs,
      StateKeeper states,
      ConnectionListeners listeners,
      ConnectionRules rules,
      StreamMappers mappers,
      Clock clock) {
    this.database = database;
    this.catalogs = catalogs;
    this.matching = new StreamMatching(catalogs, facts, mappers, rules);
    this.jobs = jobs;
    this.edits = new StreamEdits(states, jobs);
    this.listeners = listeners;
    this.rules = rules;
    this.mappers = mappers;
    this.clock = clock;
    this.lists = new ConnectionLists(database, facts, mappers);
  }

  /** Whether streams whose settings have changed are read again at once. */
  public enum Changed {
    /** Their next sync begins as they stand now. */
    WAITS,
    /** A job reads them from their beginning. */
    READ_AGAIN
  }

  /**
   * Adds a connection.
   *
   * @throws ApiException when source, destination or a tag is unknown, or a stream cannot be synced
   *     as asked
   */
  public ConnectionView create(
      ActorId sourceId, ActorId destinationId, ConnectionDraft draft, Caller caller)
      throws InterruptedException {
    return create(sourceId, destinationId, draft, caller, tx -> {});
  }

  /**
   * Like the other, in one transaction with something else.
   *
   * @param alongside done first; what it throws undoes everything
   */
  public ConnectionView create(
      ActorId sourceId,
      ActorId destinationId,
      ConnectionDraft draft,
      Caller caller,
      Consumer<Handle> alongside)
      throws InterruptedException {
    database.read(tx -> List.of(source(tx, sourceId), destination(tx, destinationId)));
    discoverIfNeeded(draft, sourceId);
    return database.write(
        tx -> {
          alongside.accept(tx);
          Actor source = source(tx, sourceId);
          Actor destination = destination(tx, destinationId);
          ConnectionRules.oneWorkspace(source, destination);
          rules.room(tx, source.workspace());
          knownCatalog(tx, draft, source.id(), null);
          List<ConnectionStream> streams =
              matching.kept(tx, draft, List.of(), source.id(), destination);
          Connection connection = fresh(tx, source, destination, draft);
          connections.insert(tx, connection, streams);
          if (draft.tags() != null) {
            tags.replace(tx, connection, draft.tags());
          }
          listeners.changed(tx, null, connection, caller);
          return view(tx, connection, streams, rules.targets(tx, connection, streams, destination));
        });
  }

  /**
   * Changes a connection as far as the draft says something.
   *
   * @throws ApiException as {@link #create}; 404 when there is no such connection, 409 when it is
   *     deleted or locked
   */
  public ConnectionView update(
      ConnectionId id, ConnectionDraft draft, Changed changed, Caller caller)
      throws InterruptedException {
    return update(id, draft, changed, caller, tx -> {});
  }

  /**
   * Like the other, in one transaction with something else.
   *
   * @param alongside done first; what it throws undoes everything
   */
  public ConnectionView update(
      ConnectionId id,
      ConnectionDraft draft,
      Changed changed,
      Caller caller,
      Consumer<Handle> alongside)
      throws InterruptedException {
    Connection known = database.read(tx -> changeable(tx, id, draft));
    discoverIfNeeded(draft, known.source());
    ConnectionView view =
        database.write(
            tx -> {
              alongside.accept(tx);
              Connection before = changeable(tx, id, draft);
              knownCatalog(tx, draft, before.source(), before.catalog());
              Connection after = before.changed(draft, clock.instant());
              if (draft.streams() != null) {
                Actor destination = destination(tx, before.destination());
                List<ConnectionStream> old = connections.streams(tx, id);
                List<ConnectionStream> streams =
                    matching.kept(tx, draft, old, before.source(), destination);
                ObjectNode diff = CatalogConfigDiff.between(old, streams);
                after = edits.replace(tx, before, after, streams, newest(tx, before), changed);
                if (diff != null) {
                  listeners.streamsChanged(tx, after, diff, caller);
                }
              }
              connections.update(tx, after);
              if (draft.tags() != null) {
                tags.replace(tx, after, draft.tags());
              }
              listeners.changed(tx, before, after, caller);
              List<ConnectionStream> streams = connections.streams(tx, id);
              Actor end = destination(tx, after.destination());
              return view(tx, after, streams, rules.targets(tx, after, streams, end));
            });
    if (view.connection().deleted()) {
      jobs.cancelOpen(id);
    }
    return view;
  }

  /**
   * Deletes a connection: it stays readable as deprecated, its job is cancelled.
   *
   * @return whether it was not deleted before
   */
  public boolean delete(ConnectionId id, Caller caller) {
    boolean deleted =
        database.write(
            tx -> {
              Connection before = find(tx, id);
              if (before.deleted()) {
                return false;
              }
              deprecate(tx, before, caller);
              return true;
            });
    if (deleted) {
      jobs.cancelOpen(id);
    }
    return deleted;
  }

  /**
   * Takes a deletion back: streams and states are there again; it is off and has no schedule.
   *
   * @throws ApiException 404 when there is no such connection, or its source or destination is
   *     deleted; 409 when it is not deleted; 400 when its workspace is full
   */
  public ConnectionView restore(ConnectionId id, Caller caller) {
    return database.write(
        tx -> {
          Connection before = find(tx, id);
          if (!before.deleted()) {
            throw new ApiException(
                Fault.STATE_CONFLICT, "The connection " + id + " is not deleted.");
          }
          source(tx, before.source());
          destination(tx, before.destination());
          rules.room(tx, before.workspace());
          Connection after = before.withStatus(ConnectionStatus.INACTIVE, null, clock.instant());
          connections.update(tx, after);
          listeners.changed(tx, before, after, caller);
          return view(tx, after, connections.streams(tx, id), List.of());
        });
  }

  /**
   * Deletes every connection of a source or destination that is being deleted, in its transaction.
   *
   * @return those that were; after the transaction, {@link ConnectionJobs#cancelOpen} each
   */
  public List<ConnectionId> deleteOfActor(Handle tx, ActorId actor, Caller caller) {
    List<Connection> ofActor = connections.ofActor(tx, actor);
    ofActor.forEach(connection -> deprecate(tx, connection, caller));
    return ofActor.stream().map(Connection::id).toList();
  }

  /** Returns a connection, be it deleted. */
  public ConnectionView get(ConnectionId id) {
    return database.read(
        tx -> {
          Connection connection = find(tx, id);
          List<ConnectionStream> streams = connections.streams(tx, id);
          return view(tx, connection, streams, warnings(tx, connection, streams));
        });
  }

  /**
   * Returns what drafts of mappers would make of a stream's fields; nothing is changed.
   *
   * @throws ApiException 404 when there is no such connection, or it has no such stream
   */
  public ObjectNode previewMappers(ConnectionId id, StreamName name, List<ObjectNode> drafts) {
    return mappers.preview(stream(id, name), drafts);
  }

  /**
   * Tells whether drafts of mappers are what a stream has, their keys included.
   *
   * @throws ApiException as {@link #previewMappers}
   */
  public boolean sameMappers(ConnectionId id, StreamName name, List<ObjectNode> drafts) {
    return mappers.same(stream(id, name), drafts);
  }

  private ConnectionStream stream(ConnectionId id, StreamName name) {
    return database.read(
        tx ->
            connections.streams(tx, find(tx, id).id()).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("stream", name.display())));
  }

  /** Returns what looks for mistakes in what clients ask for. */
  public DraftCheck drafts() {
    return new DraftCheck(database, matching);
  }

  /** Returns what lists connections. */
  public ConnectionLists lists() {
    return lists;
  }

  private void discoverIfNeeded(ConnectionDraft draft, ActorId source) throws InterruptedException {
    StreamChoice streams = draft.streams();
    if (streams != null
        && streams.needsCatalog()
        && database.read(tx -> catalogs.newest(tx, source)).isEmpty()) {
      try {
        catalogs.discover(source);
      } catch (ApiException | ConnectorException e) {
        // A workspace that moves here brings its streams along before its secrets are set.
        if (!streams.describesStreams()) {
          throw e;
        }
      }
    }
  }

  /** Refuses a catalog of nothing, or of another source; the present one is taken even so. */
  private void knownCatalog(
      Handle tx, ConnectionDraft draft, ActorId source, @Nullable UUID present) {
    UUID given = draft.catalog();
    if (given != null && !given.equals(present) && !catalogs.isOf(tx, source, given)) {
      throw ApiException.invalid(
          List.of(
              new Mistake(
                  "sourceCatalogId",
                  given.toString(),
                  "a catalog of the connection's source that is still kept, as discover_schema names"
                      + " it; leave it out to keep the one that is there")));
    }
  }

  private Connection fresh(Handle tx, Actor source, Actor destination, ConnectionDraft draft) {
    Instant now = clock.instant();
    @Nullable UUID catalog = catalogs.newestIds(tx, List.of(source.id())).get(source.id());
    return new Connection(
            ConnectionId.random(),
            source.workspace(),
            source.id(),
            destination.id(),
            Objects.requireNonNullElseGet(draft.name(), () -> name(tx, source, destination)),
            ConnectionStatus.ACTIVE,
            null,
            new Schedule.Manual(),
            "source",
            null,
            "",
            catalog,
            false,
            draft.details(),
            now,
            now)
        .changed(draft, now);
  }

  private String name(Handle tx, Actor source, Actor destination) {
    Set<String> taken = connections.names(tx, source.workspace());
    return Names.free(source.name() + " <> " + destination.name(), taken::contains);
  }

  private Optional<CatalogSource.Found> newest(Handle tx, Connection connection) {
    return connection.breakingChange()
        ? catalogs.newest(tx, connection.source())
        : Optional.empty();
  }

  private void deprecate(Handle tx, Connection before, Caller caller) {
    Connection after =
        before
            .withStatus(ConnectionStatus.DEPRECATED, null, clock.instant())
            .withSchedule(new Schedule.Manual());
    connections.update(tx, after);
    listeners.changed(tx, before, after, caller);
  }

  private Connection find(Handle tx, ConnectionId id) {
    return connections.find(tx, id).orElseThrow(() -> ApiException.notFound("connection", id));
  }

  private Connection changeable(Handle tx, ConnectionId id, ConnectionDraft draft) {
    Connection connection = find(tx, id);
    ConnectionRules.changeable(connection, draft);
    return connection;
  }

  private Actor source(Handle tx, ActorId id) {
    return actor(tx, Side.SOURCE, id);
  }

  private Actor destination(Handle tx, ActorId id) {
    return actor(tx, Side.DESTINATION, id);
  }

  private Actor actor(Handle tx, Side side, ActorId id) {
    return actors
        .find(tx, side, id)
        .filter(actor -> actor.deletedAt() == null)
        .orElseThrow(() -> ApiException.notFound(side.label(), id));
  }

  private List<String> warnings(Handle tx, Connection connection, List<ConnectionStream> streams) {
    return actors
        .find(tx, Side.DESTINATION, connection.destination())
        .map(destination -> ConnectionRules.warnings(tx, connection, streams, destination))
        .orElse(List.of());
  }

  private ConnectionView view(
      Handle tx, Connection connection, List<ConnectionStream> streams, List<String> warnings) {
    return new ConnectionView(
        connection,
        mappers.masked(streams),
        Objects.requireNonNullElse(
            tags.of(tx, List.of(connection.id())).get(connection.id()), List.of()),
        warnings);
  }
}
