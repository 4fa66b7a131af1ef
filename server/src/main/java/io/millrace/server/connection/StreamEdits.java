package io.millrace.server.connection;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.connection.mapper.MapperJson;
import io.millrace.server.connection.schema.SchemaDiff;
import io.millrace.spi.StreamName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jdbi.v3.core.Handle;

/** Puts a user's streams in the place of a connection's, with what follows for their states. */
final class StreamEdits {
  private final StateKeeper states;
  private final ConnectionJobs jobs;
  private final ConnectionStore connections = new ConnectionStore();

  StreamEdits(StateKeeper states, ConnectionJobs jobs) {
    this.states = states;
    this.jobs = jobs;
  }

  /**
   * Replaces the streams.
   *
   * @param newest the source's newest catalog, where the connection has a breaking change that the
   *     new streams may have solved
   * @return the connection, its breaking change gone where it is solved
   */
  Connection replace(
      Handle tx,
      Connection before,
      Connection after,
      List<ConnectionStream> streams,
      Optional<CatalogSource.Found> newest,
      ConnectionService.Changed changed) {
    List<ConnectionStream> old = connections.streams(tx, before.id());
    connections.replaceStreams(tx, before.id(), streams);
    switch (changed) {
      case WAITS -> states.clear(tx, before.id(), differing(old, streams, StreamEdits::readsElse));
      case READ_AGAIN -> {
        List<StreamName> again = differing(old, streams, StreamEdits::landsElse);
        states.clear(tx, before.id(), again);
        if (!again.isEmpty()) {
          jobs.readAgain(tx, before.id(), again);
        }
      }
    }
    if (before.breakingChange()) {
      boolean breaking =
          newest
              .map(found -> SchemaDiff.between(List.of(), found.streams(), streams).breaking())
              .orElse(false);
      return after.withCatalog(after.catalog(), breaking, after.updatedAt());
    }
    return after;
  }

  private static List<StreamName> differing(
      List<ConnectionStream> old,
      List<ConnectionStream> streams,
      BiPredicate<ConnectionStream, ConnectionStream> differ) {
    Map<StreamName, ConnectionStream> before = new HashMap<>();
    old.stream()
        .filter(ConnectionStream::selected)
        .forEach(stream -> before.put(stream.name(), stream));
    return streams.stream()
        .filter(ConnectionStream::selected)
        .filter(stream -> before.containsKey(stream.name()))
        .filter(stream -> differ.test(Objects.requireNonNull(before.get(stream.name())), stream))
        .map(ConnectionStream::name)
        .toList();
  }

  /** Its state says nothing for the new way of reading. */
  private static boolean readsElse(ConnectionStream before, ConnectionStream after) {
    return differ(before, after, "syncMode")
        || differ(before, after, "destinationSyncMode")
        || differ(before, after, "cursorField");
  }

  /** Rows that are there already would differ from those to come. */
  private static boolean landsElse(ConnectionStream before, ConnectionStream after) {
    return readsElse(before, after)
        || differ(before, after, "primaryKey")
        || differ(before, after, "selectedFields")
        || !MapperJson.withoutIds(before.config()).equals(MapperJson.withoutIds(after.config()))
        || !before.stream().path("jsonSchema").equals(after.stream().path("jsonSchema"));
  }

  private static boolean differ(ConnectionStream before, ConnectionStream after, String member) {
    JsonNode old = before.config().path(member);
    JsonNode now = after.config().path(member);
    return !(nothing(old) && nothing(now)) && !old.equals(now);
  }

  private static boolean nothing(JsonNode value) {
    return value.isMissingNode() || (value.isArray() && value.isEmpty());
  }
}
