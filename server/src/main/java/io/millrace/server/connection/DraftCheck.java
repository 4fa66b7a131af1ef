package io.millrace.server.connection;

import io.millrace.server.actor.ActorId;
import io.millrace.server.actor.ActorStore;
import io.millrace.server.connector.Side;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Mistakes;
import io.millrace.server.store.Database;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Ends the reading of requests for connections, so that one answer names all. Thread-safe. */
public final class DraftCheck {
  private final Database database;
  private final StreamMatching matching;
  private final ActorStore actors = new ActorStore();
  private final ConnectionStore connections = new ConnectionStore();

  DraftCheck(Database database, StreamMatching matching) {
    this.database = database;
    this.matching = matching;
  }

  /**
   * Ends the reading of a request for a new connection: where something is wrong with it, what is
   * wrong with its streams is told in the same answer.
   *
   * @throws io.millrace.server.http.ApiException as {@link Mistakes#check} does
   */
  public void check(
      ActorId sourceId, ActorId destinationId, ConnectionDraft draft, Mistakes mistakes) {
    if (!mistakes.isEmpty()) {
      database.read(
          tx -> {
            look(tx, sourceId, destinationId, draft, List.of(), mistakes);
            return mistakes;
          });
    }
    mistakes.check();
  }

  /** Like the other, for a request that changes a connection. */
  public void check(ConnectionId id, ConnectionDraft draft, Mistakes mistakes) {
    if (!mistakes.isEmpty()) {
      database.read(
          tx -> {
            connections
                .find(tx, id)
                .ifPresent(
                    known ->
                        look(
                            tx,
                            known.source(),
                            known.destination(),
                            draft,
                            connections.streams(tx, id),
                            mistakes));
            return mistakes;
          });
    }
    mistakes.check();
  }

  /**
   * Ends the reading of a request for a connection that is not to be made: it is refused as one
   * that makes or changes it would be.
   *
   * @param id the connection that would change, or null
   * @param destination the kind of its destination
   * @param draft whose streams are described
   * @throws io.millrace.server.http.ApiException as {@link Mistakes#check} does; 404 and 409 for
   *     the connection
   */
  public void validate(
      @Nullable ConnectionId id, UUID destination, ConnectionDraft draft, Mistakes mistakes) {
    List<ConnectionStream> before =
        id == null ? List.of() : database.read(tx -> connections.streams(tx, id));
    matching.refuse(draft, before, destination, mistakes);
    if (id != null) {
      Connection known =
          database
              .read(tx -> connections.find(tx, id))
              .orElseThrow(() -> ApiException.notFound("connection", id));
      ConnectionRules.changeable(known, draft);
    }
  }

  private void look(
      Handle tx,
      ActorId source,
      ActorId destination,
      ConnectionDraft draft,
      List<ConnectionStream> before,
      Mistakes mistakes) {
    actors
        .find(tx, Side.DESTINATION, destination)
        .ifPresent(end -> matching.look(tx, draft, before, source, end, mistakes));
  }
}
