package io.millrace.server.event;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Routes;
import io.millrace.server.http.Times;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import io.millrace.server.workspace.Installation;
import io.millrace.server.workspace.WorkspaceId;
import io.millrace.server.workspace.WorkspaceStore;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The timeline's calls. */
public final class EventEndpoints {
  private static final int PAGE = 20;
  private static final int PAGE_MAX = 500;
  private static final int MINIMAL_MAX = 10_000;

  /** What clients know; some of it never happens here. */
  private static final Set<String> TYPES =
      Stream.concat(
              Stream.of(
                  "CONNECTION_SETTINGS_UPDATE",
                  "CONNECTION_ENABLED",
                  "CONNECTION_DISABLED",
                  "SCHEMA_UPDATE",
                  "SCHEMA_CONFIG_UPDATE",
                  "CONNECTOR_UPDATE",
                  "UNKNOWN"),
              Stream.of("SYNC_", "REFRESH_", "CLEAR_")
                  .flatMap(
                      kind ->
                          Stream.of("STARTED", "SUCCEEDED", "INCOMPLETE", "FAILED", "CANCELLED")
                              .map(kind::concat)))
          .collect(Collectors.toUnmodifiableSet());

  private final Database database;
  private final WorkspaceStore workspaces = new WorkspaceStore();
  private final Supplier<String> email;
  private final EventStore events = new EventStore();

  /**
   * Makes the endpoints over a store.
   *
   * @param email the address of the one user, asked for each answer
   */
  public EventEndpoints(Database database, Supplier<String> email) {
    this.database = database;
    this.email = email;
  }

  /** Adds the routes. */
  public void add(Routes routes) {
    routes
        .config(Access.READ, "/connections/events/list", this::list)
        .config(Access.READ, "/connections/events/get", this::get)
        .config(Access.READ, "/connections/events/list_for_job", this::listForJob)
        .config(Access.READ, "/connections/events/list_minimal", this::listMinimal);
  }

  private Answer list(Call call) {
    Body body = call.body();
    UUID connection = body.id("connectionId");
    @Nullable Body paging = body.objectOrNull("pagination");
    EventStore.Search search =
        new EventStore.Search(
            types(body),
            Times.instantOrNull(body, "createdAtStart"),
            Times.instantOrNull(body, "createdAtEnd"),
            paging == null ? PAGE : paging.number("pageSize", PAGE, 1, PAGE_MAX),
            paging == null ? 0 : paging.number("rowOffset", 0, 0, Integer.MAX_VALUE));
    body.check();
    List<Event> found =
        database.read(
            tx -> {
              if (!events.connectionExists(tx, connection)) {
                throw ApiException.notFound("connection", connection);
              }
              return events.list(tx, connection, search);
            });
    return Answer.ok(listed(found));
  }

  private Answer get(Call call) {
    Body body = call.body();
    UUID id = body.id("connectionEventId");
    UUID connection = body.id("connectionId");
    body.check();
    Event event =
        database
            .read(tx -> events.find(tx, connection, id))
            .orElseThrow(() -> ApiException.notFound("event", id));
    ObjectNode json = json(event, email.get());
    json.set("details", event.summary());
    return Answer.ok(json);
  }

  private Answer listForJob(Call call) {
    Body body = call.body();
    long job = body.numericId("id");
    body.check();
    return Answer.ok(listed(database.read(tx -> events.ofJob(tx, job))));
  }

  private Answer listMinimal(Call call) {
    Body body = call.body();
    UUID workspace = body.id("workspaceId");
    EventStore.Search search =
        new EventStore.Search(
            types(body),
            Times.instantOrNull(body, "createdAtStart"),
            Times.instantOrNull(body, "createdAtEnd"),
            MINIMAL_MAX,
            0);
    body.check();
    ObjectNode answer = Documents.empty();
    ArrayNode list = answer.putArray("events");
    List<EventStore.Named> found =
        database.read(
            tx -> {
              workspaces.refuseUnknown(tx, List.of(new WorkspaceId(workspace)), true);
              return events.ofWorkspace(tx, workspace, search);
            });
    for (EventStore.Named named : found) {
      list.addObject()
          .put("eventId", named.event().id().toString())
          .put("connectionName", named.connectionName())
          .put("connectionId", named.event().connection().toString())
          .put("createdAt", Times.iso(named.event().at()))
          .put("eventType", named.event().type());
    }
    return Answer.ok(answer);
  }

  private static List<String> types(Body body) {
    List<String> types =
        body.texts("eventTypes").stream().map(type -> type.toUpperCase(Locale.ROOT)).toList();
    if (!TYPES.containsAll(types)) {
      body.wrong("eventTypes", "types of events, such as SYNC_SUCCEEDED or CONNECTION_DISABLED");
    }
    return types;
  }

  private ObjectNode listed(List<Event> found) {
    String address = email.get();
    ObjectNode answer = Documents.empty();
    ArrayNode list = answer.putArray("events");
    found.forEach(event -> list.add(json(event, address)));
    return answer;
  }

  private static ObjectNode json(Event event, String address) {
    ObjectNode json =
        Documents.empty()
            .put("id", event.id().toString())
            .put("connectionId", event.connection().toString())
            .put("eventType", event.type());
    json.set("summary", event.summary());
    json.put("createdAt", event.at().getEpochSecond());
    if (event.by() != null) {
      // There is one user; whoever acted with an API key acted for them, and the name says so.
      json.putObject("user")
          .put("id", Installation.USER.toString())
          .put("email", address)
          .put("name", event.by())
          .put("isDeleted", false);
    }
    return json;
  }
}
