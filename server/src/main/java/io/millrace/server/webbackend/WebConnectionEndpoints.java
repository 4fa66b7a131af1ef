package io.millrace.server.webbackend;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.actor.ActorId;
import io.millrace.server.connection.ConnectionDraft;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionService;
import io.millrace.server.connection.api.ConfigDraft;
import io.millrace.server.connection.api.ScheduleReader;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Names;
import io.millrace.server.http.Routes;
import io.millrace.server.operation.OperationEndpoints;
import io.millrace.server.operation.OperationService;
import io.millrace.server.workspace.WorkspaceId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The web backend's calls about connections. */
public final class WebConnectionEndpoints {
  private static final String OPERATIONS = "operations";

  private final WebConnectionService service;
  private final ConnectionService connections;
  private final OperationService operations;
  private final ConfigDraft drafts;

  /** Makes the endpoints of the services. */
  public WebConnectionEndpoints(
      WebConnectionService service,
      ConnectionService connections,
      OperationService operations,
      ScheduleReader schedules) {
    this.service = service;
    this.connections = connections;
    this.operations = operations;
    this.drafts = new ConfigDraft(schedules);
  }

  /** Adds the routes. */
  public void addTo(Routes routes) {
    routes
        .config(Access.READ, "/web_backend/connections/get", this::get)
        .config(Access.EDIT, "/web_backend/connections/create", this::create)
        .config(Access.EDIT, "/web_backend/connections/update", this::update)
        .config(Access.READ, "/web_backend/connections/list", this::list)
        .config(Access.READ, "/web_backend/connections/status_counts", this::counts);
  }

  private Answer get(Call call) throws InterruptedException {
    Body body = call.body();
    ConnectionId id = new ConnectionId(body.id("connectionId"));
    boolean refresh = body.flag("withRefreshedCatalog", false);
    body.check();
    if (refresh) {
      call.require(Access.EDIT);
    }
    return Answer.ok(service.get(id, refresh));
  }

  private Answer create(Call call) throws InterruptedException {
    Body body = call.body();
    ActorId source = new ActorId(body.id("sourceId"));
    ActorId destination = new ActorId(body.id("destinationId"));
    ConnectionDraft draft = drafts.create(body);
    List<Given> given = given(body);
    connections.drafts().check(source, destination, draft, body.mistakes());
    ConnectionId id =
        connections
            .create(source, destination, naming(given, draft), call.caller(), tx -> keep(tx, given))
            .connection()
            .id();
    return Answer.ok(service.get(id, false));
  }

  private Answer update(Call call) throws InterruptedException {
    Body body = call.body();
    ConnectionId id = new ConnectionId(body.id("connectionId"));
    ConnectionDraft draft = drafts.update(body);
    boolean skipReset = body.flag("skipReset", false);
    List<Given> given = given(body);
    connections.drafts().check(id, draft, body.mistakes());
    ConnectionService.Changed changed =
        skipReset ? ConnectionService.Changed.WAITS : ConnectionService.Changed.READ_AGAIN;
    connections.update(id, naming(given, draft), changed, call.caller(), tx -> keep(tx, given));
    return Answer.ok(service.get(id, false));
  }

  private Answer list(Call call) {
    Body body = call.body();
    ListRequest request = ListRequest.read(body);
    body.check();
    return Answer.ok(service.list(request));
  }

  private Answer counts(Call call) {
    Body body = call.body();
    UUID workspace = body.id("workspaceId");
    body.check();
    return Answer.ok(service.counts(workspace));
  }

  /** An operation beside a connection, new or known. */
  private record Given(
      UUID id, boolean fresh, WorkspaceId workspace, String name, ObjectNode configuration) {}

  private static List<Given> given(Body body) {
    List<Given> given = new ArrayList<>();
    for (Body one : body.objects(OPERATIONS)) {
      UUID id = one.idOrNull("operationId");
      given.add(
          new Given(
              id == null ? UUID.randomUUID() : id,
              id == null,
              new WorkspaceId(one.id("workspaceId")),
              Names.read(one, "name"),
              OperationEndpoints.configuration(one)));
    }
    return given;
  }

  /** A connection names the operations that are given with it. */
  private static ConnectionDraft naming(List<Given> given, ConnectionDraft draft) {
    if (!given.isEmpty()) {
      ArrayNode ids =
          draft.details().get("operationIds") instanceof ArrayNode named
              ? named
              : draft.details().putArray("operationIds");
      given.stream().filter(Given::fresh).forEach(one -> ids.add(one.id().toString()));
    }
    return draft;
  }

  private void keep(Handle tx, List<Given> given) {
    for (Given one : given) {
      if (one.fresh()) {
        operations.create(tx, one.id(), one.workspace(), one.name(), one.configuration());
      } else {
        operations.update(tx, one.id(), one.name(), one.configuration());
      }
    }
  }
}
