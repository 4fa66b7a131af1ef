package io.millrace.server.connection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.actor.Actor;
import io.millrace.server.actor.ActorId;
import io.millrace.server.connection.mapper.StreamMappers;
import io.millrace.server.http.Mistakes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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
    List<ConnectionStream> kept =
        kept(asked, before, discovered, facts.writeModes(destination), mistakes);
    mistakes.check();
    rules.size(kept);
    return kept;
  }

  /**
   * Refuses streams that would not be kept; the ends of their connection need not be there yet.
   *
   * @param draft whose streams are described
   * @param destination the kind of destination
   * @throws io.millrace.server.http.ApiException that names everything that is wrong with them
   */
  void refuse(
      ConnectionDraft draft, List<ConnectionStream> before, UUID destination, Mistakes mistakes) {
    StreamChoice asked = draft.streams();
    List<ConnectionStream> kept =
        asked == null
            ? List.of()
            : kept(asked, before, List.of(), facts.writeModes(destination), mistakes);
    mistakes.check();
    rules.size(kept);
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
          .ifPresent(
              discovered -> kept(asked, before, discovered, facts.writeModes(destination), found));
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
      Set<String> writeModes,
      Mistakes mistakes) {
    List<ConnectionStream> matched = asked.match(before, discovered, writeModes, mistakes);
    return mappers.accepted(before, matched, asked::place, mistakes);
  }
}
