package io.millrace.server.connection;

import io.millrace.server.connection.mapper.StreamMappers;
import io.millrace.server.connector.Side;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import io.millrace.server.store.Rows;
import io.millrace.server.workspace.WorkspaceId;
import io.millrace.server.workspace.WorkspaceStore;
import io.millrace.spi.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Lists connections, for both APIs. Thread-safe. */
public final class ConnectionLists {
  /** How the beginning of mappers stands in a document of the store. */
  private static final String MAPPERS = "\"mappers\":[{";

  private final Database database;
  private final ActorFacts facts;
  private final StreamMappers mappers;
  private final ConnectionStore connections = new ConnectionStore();
  private final ConnectionTags tags = new ConnectionTags();
  private final WorkspaceStore workspaces = new WorkspaceStore();

  ConnectionLists(Database database, ActorFacts facts, StreamMappers mappers) {
    this.database = database;
    this.facts = facts;
    this.mappers = mappers;
  }

  /**
   * Returns the connections of a query with their selected streams, schemas left out.
   *
   * @throws io.millrace.server.http.ApiException 404 when it names an unknown workspace
   */
  public List<ConnectionView> list(ConnectionQuery query) {
    return database.read(
        tx -> {
          known(tx, query);
          List<Connection> found = query.list(tx);
          List<ConnectionId> ids = found.stream().map(Connection::id).toList();
          var streams = connections.selected(tx, ids);
          var tagged = tags.of(tx, ids);
          return found.stream()
              .map(
                  one ->
                      new ConnectionView(
                          one,
                          mappers.masked(streams.getOrDefault(one.id(), List.of())),
                          tagged.getOrDefault(one.id(), List.of()),
                          List.of()))
              .toList();
        });
  }

  /**
   * Returns the ids of the connections of a query.
   *
   * @throws io.millrace.server.http.ApiException 404 when it names an unknown workspace
   */
  public List<ConnectionId> ids(ConnectionQuery query) {
    return database.read(
        tx -> {
          known(tx, query);
          return query.ids(tx);
        });
  }

  /** Returns the ids of the connections whose source, or destination, is of this definition. */
  public List<ConnectionId> idsOfDefinition(Side side, UUID definition) {
    return database.read(tx -> ids(connections.ofDefinition(tx, side, definition)));
  }

  /** Returns the ids of the connections that a search finds. */
  public List<ConnectionId> search(ConnectionSearch search) {
    return database.read(
        tx ->
            ids(
                ConnectionQuery.all(List.of(), false).list(tx).stream()
                    .filter(one -> search.matches(tx, one, facts))
                    .toList()));
  }

  /**
   * Returns some connections, each as it is at one moment, in the order of their ids here. For a
   * long list, ask for a few at a time.
   */
  public List<ConnectionView.Listed> listed(List<ConnectionId> ids) {
    return database.read(
        tx -> {
          Map<ConnectionId, Connection> found = connections.findAll(tx, ids);
          var streams = connections.written(tx, ids);
          var tagged = tags.of(tx, ids);
          List<ConnectionView.Listed> listed = new ArrayList<>();
          for (ConnectionId id : ids) {
            Connection one = found.get(id);
            if (one != null) {
              listed.add(
                  new ConnectionView.Listed(
                      new ConnectionView(
                          one, List.of(), tagged.getOrDefault(id, List.of()), List.of()),
                      streams.getOrDefault(id, List.of()).stream().map(this::shown).toList()));
            }
          }
          return listed;
        });
  }

  private void known(Handle tx, ConnectionQuery query) {
    workspaces.refuseUnknown(
        tx, query.workspaces().stream().map(WorkspaceId::new).toList(), query.deleted());
  }

  private static List<ConnectionId> ids(List<Connection> found) {
    return found.stream().map(Connection::id).toList();
  }

  /** A stream that has mappers may hold keys, and is shown without them. */
  private ConnectionView.Written shown(ConnectionView.Written stored) {
    if (!stored.config().contains(MAPPERS)) {
      return stored;
    }
    ConnectionStream stream =
        new ConnectionStream(
            new StreamName(null, stored.name()),
            true,
            Documents.empty(),
            Rows.object(stored.config()));
    String config = Rows.text(mappers.masked(List.of(stream)).getFirst().config());
    return new ConnectionView.Written(stored.name(), stored.stream(), config);
  }
}
