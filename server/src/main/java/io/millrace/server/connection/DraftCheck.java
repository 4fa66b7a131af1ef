package io.millrace.server.connection;

import io.millrace.server.actor.ActorId;
import io.millrace.server.actor.ActorStore;
import io.millrace.server.connector.Side;
import io.millrace.server.http.Mistakes;
import io.millrace.server.store.Database;
import java.util.List;
import org.jdbi.v3.core.Handle;

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
