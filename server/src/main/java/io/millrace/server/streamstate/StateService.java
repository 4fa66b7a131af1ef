package io.millrace.server.streamstate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.StreamMemory;
import io.millrace.protocol.StateTokens;
import io.millrace.server.actor.ActorStore;
import io.millrace.server.connection.ActorFacts;
import io.millrace.server.connection.CatalogSource;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionJobs;
import io.millrace.server.connection.ConnectionStore;
import io.millrace.server.connector.Side;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Fault;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import io.millrace.spi.StreamName;
import io.millrace.spi.StreamState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Shows and changes where the next sync of a connection's streams begins. Thread-safe. */
public final class StateService {
  private final Database database;
  private final ConnectionJobs jobs;
  private final StreamStates states;
  private final CatalogSource catalogs;
  private final ActorFacts facts;
  private final ConnectionStore connections = new ConnectionStore();
  private final ActorStore actors = new ActorStore();

  /** Makes the service of a store. */
  public StateService(
      Database database,
      ConnectionJobs jobs,
      StreamStates states,
      CatalogSource catalogs,
      ActorFacts facts) {
    this.catalogs = catalogs;
    this.database = database;
    this.jobs = jobs;
    this.states = states;
    this.facts = facts;
  }

  /** Returns the API's {@code ConnectionState}. */
  ObjectNode get(ConnectionId id) {
    return database.read(
        tx -> {
          require(tx, id);
          return json(tx, id);
        });
  }

  /**
   * Makes streams begin at the given states, null standing for the beginning; the others keep
   * theirs.
   *
   * @param guarded refuse while a job has not ended; it would overwrite what is given here
   * @throws ApiException 423 when refused
   */
  ObjectNode set(ConnectionId id, Map<StreamName, @Nullable StreamState> given, boolean guarded) {
    return database.write(
        tx -> {
          writable(tx, id, guarded);
          given.forEach((name, state) -> states.set(tx, id, name, state));
          return json(tx, id);
        });
  }

  /**
   * Returns a stream's state that Airbyte's connector left as this connection's source would have
   * written it; null where it cannot go on from it.
   */
  @Nullable StreamState ofAirbyte(ConnectionId id, String state) {
    return database
        .read(
            tx ->
                connections.find(tx, id).flatMap(one -> actors.find(tx, Side.SOURCE, one.source())))
        .flatMap(facts::airbyteStates)
        .map(reader -> reader.ofAirbyte(state))
        .orElse(null);
  }

  /** Returns what can be told of states that are given for a connection, be there none. */
  GivenStates given(ConnectionId id) {
    return database.read(
        tx -> {
          Optional<Connection> connection = connections.find(tx, id);
          return new GivenStates(
              connections.streams(tx, id),
              states.all(tx, id).stream().map(StreamMemory::name).toList(),
              connection
                  .flatMap(one -> catalogs.newest(tx, one.source()))
                  .map(CatalogSource.Found::streams),
              connection
                  .flatMap(one -> actors.find(tx, Side.SOURCE, one.source()))
                  .flatMap(facts::stateCheck));
        });
  }

  /** Makes every stream begin from nothing. */
  ObjectNode clear(ConnectionId id, boolean guarded) {
    return database.write(
        tx -> {
          writable(tx, id, guarded);
          Map<StreamName, @Nullable StreamState> none = new HashMap<>();
          states.all(tx, id).forEach(memory -> none.put(memory.name(), null));
          none.forEach((name, state) -> states.set(tx, id, name, state));
          return json(tx, id);
        });
  }

  private void writable(Handle tx, ConnectionId id, boolean guarded) {
    require(tx, id);
    if (guarded && jobs.open(tx, id)) {
      throw new ApiException(
          Fault.LOCKED,
          "State cannot be updated while a sync is running for this connection. Cancel it, or wait"
              + " for its end.");
    }
  }

  private void require(Handle tx, ConnectionId id) {
    if (connections.find(tx, id).isEmpty()) {
      throw ApiException.notFound("connection", id);
    }
  }

  private ObjectNode json(Handle tx, ConnectionId id) {
    List<StreamMemory> known =
        states.all(tx, id).stream().filter(memory -> memory.state() != null).toList();
    ObjectNode json =
        Documents.empty()
            .put("stateType", known.isEmpty() ? "not_set" : "stream")
            .put("connectionId", id.toString());
    if (!known.isEmpty()) {
      ArrayNode streams = json.putArray("streamState");
      for (StreamMemory memory : known) {
        ObjectNode one = streams.addObject();
        ObjectNode name = one.putObject("streamDescriptor").put("name", memory.name().name());
        if (memory.name().namespace() != null) {
          name.put("namespace", memory.name().namespace());
        }
        one.set("streamState", StateTokens.of(memory.state()));
      }
    }
    return json;
  }
}
