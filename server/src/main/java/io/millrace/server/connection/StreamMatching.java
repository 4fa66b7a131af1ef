package io.millrace.server.connection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.actor.Actor;
import io.millrace.server.actor.ActorId;
import io.millrace.server.connection.mapper.StreamMappers;
import io.millrace.server.http.Mistakes;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Turns the streams that a client asks for into those that are kept. Thread-safe. */
record StreamMatching(
    CatalogSource catalogs, ActorFacts facts, StreamMappers mappers, ConnectionRules rules) {
  /**
   * Returns the streams as they are kept; none where the draft says nothing of streams.
   *
   * @param before the connection's streams until now
   * @throws io.millrace.server.http.ApiException that names everything that is wrong with them
   */
  List<ConnectionStream> kept(
      Handle tx,
      ConnectionDraft draft,
      List<ConnectionStream> before,
      ActorId source,
      Actor destination) {
    StreamChoice asked = draft.streams();
    if (asked == null) {
      return List.of();
    }
    Mistakes mistakes = new Mistakes();
    List<ObjectNode> discovered = discovered(tx, asked, source).orElse(List.of());
    List<ConnectionStream> kept = kept(asked, before, discovered, destination, mistakes);
    mistakes.check();
    rules.size(kept);
    return kept;
  }

  /**
   * Adds what is wrong with the streams of a request that is refused already, as far as can be told
   * without asking the source.
   */
  void look(
      Handle tx,
      ConnectionDraft draft,
      List<ConnectionStream> before,
      ActorId source,
      Actor destination,
      Mistakes mistakes) {
    StreamChoice asked = draft.streams();
    if (asked != null) {
      Mistakes found = new Mistakes();
      discovered(tx, asked, source)
          .ifPresent(discovered -> kept(asked, before, discovered, destination, found));
      mistakes.addOthers(found);
    }
  }

  private Optional<List<ObjectNode>> discovered(Handle tx, StreamChoice asked, ActorId source) {
    return asked.needsCatalog()
        ? catalogs.newest(tx, source).map(CatalogSource.Found::streams)
        : Optional.of(List.of());
  }

  private List<ConnectionStream> kept(
      StreamChoice asked,
      List<ConnectionStream> before,
      List<ObjectNode> discovered,
      Actor destination,
      Mistakes mistakes) {
    List<ConnectionStream> matched =
        asked.match(before, discovered, facts.writeModes(destination), mistakes);
    return mappers.accepted(before, matched, asked::place, mistakes);
  }
}
