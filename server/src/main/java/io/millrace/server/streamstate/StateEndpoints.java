package io.millrace.server.streamstate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.millrace.protocol.StateTokens;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Routes;
import io.millrace.spi.StreamName;
import io.millrace.spi.StreamState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The state calls of the Config API. */
public final class StateEndpoints {
  private enum StateType {
    STREAM,
    GLOBAL,
    LEGACY,
    NOT_SET
  }

  private final StateService service;

  /** Makes the endpoints of a service. */
  public StateEndpoints(StateService service) {
    this.service = service;
  }

  /** Adds the routes. */
  public void addTo(Routes routes) {
    routes
        .config(Access.READ, "/state/get", call -> Answer.ok(service.get(id(call))))
        .config(Access.EDIT, "/state/create_or_update", call -> set(call, false))
        .config(Access.EDIT, "/state/create_or_update_safe", call -> set(call, true))
        .config(
            Access.READ,
            "/web_backend/state/get_type",
            call -> Answer.ok(service.get(id(call)).get("stateType")));
  }

  private static ConnectionId id(Call call) {
    Body body = call.body();
    ConnectionId id = new ConnectionId(body.id("connectionId"));
    body.check();
    return id;
  }

  private Answer set(Call call, boolean guarded) {
    Body body = call.body();
    ConnectionId id = new ConnectionId(body.id("connectionId"));
    Body state = body.object("connectionState");
    UUID other = state.idOrNull("connectionId");
    if (other != null && !other.equals(id.value())) {
      state.wrong("connectionId", "the connectionId beside connectionState, " + id);
    }
    StateType type = state.choice("stateType", StateType.class);
    Map<StreamName, @Nullable StreamState> given = new LinkedHashMap<>();
    switch (type) {
      case STREAM -> {
        GivenStates told = service.given(id);
        for (Body one : state.objects("streamState")) {
          read(id, one, told, given);
        }
      }
      case NOT_SET -> {}
      case GLOBAL, LEGACY ->
          state.wrong("stateType", "stream or not_set; Millrace keeps a state for each stream");
    }
    body.check();
    return Answer.ok(
        type == StateType.NOT_SET ? service.clear(id, guarded) : service.set(id, given, guarded));
  }

  private void read(
      ConnectionId id, Body one, GivenStates told, Map<StreamName, @Nullable StreamState> given) {
    Body descriptor = one.object("streamDescriptor");
    String name = descriptor.text("name");
    String namespace = descriptor.textOrNull("namespace");
    @Nullable JsonNode json = one.json("streamState");
    try {
      @Nullable StreamState state = state(id, json == null ? NullNode.getInstance() : json);
      if (!name.isBlank()) {
        keep(one, descriptor, told.find(namespace, name), state, told, given);
      }
    } catch (IllegalArgumentException e) {
      one.wrong(
          "streamState",
          "{\"version\": 1, \"token\": ...} as state/get shows it, a cursor's state of Airbyte's"
              + " connector where this source reads one, or null for the beginning; "
              + e.getMessage());
    }
  }

  private static void keep(
      Body one,
      Body descriptor,
      @Nullable StreamName stream,
      @Nullable StreamState state,
      GivenStates told,
      Map<StreamName, @Nullable StreamState> given) {
    if (stream == null) {
      descriptor.wrong("name", "a stream that the connection or its source has");
      return;
    }
    if (given.containsKey(stream)) {
      descriptor.wrong("name", "every stream once at most");
    }
    String expected = state == null ? null : told.wrongWith(stream, state);
    if (expected != null) {
      one.wrong("streamState", "for stream " + stream.display() + " " + expected);
    }
    given.put(stream, state);
  }

  private @Nullable StreamState state(ConnectionId id, JsonNode json) {
    @Nullable StreamState foreign =
        json.isObject() && !StateTokens.has(json) ? service.ofAirbyte(id, json.toString()) : null;
    return foreign != null
        ? foreign
        : StateTokens.state(json.isEmpty() ? NullNode.getInstance() : json);
  }
}
