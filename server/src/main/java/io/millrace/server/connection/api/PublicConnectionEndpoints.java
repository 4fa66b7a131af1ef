package io.millrace.server.connection.api;

import io.millrace.server.actor.ActorId;
import io.millrace.server.connection.ConnectionDraft;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionQuery;
import io.millrace.server.connection.ConnectionService;
import io.millrace.server.connection.ConnectionView;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Method;
import io.millrace.server.http.PublicPage;
import io.millrace.server.http.Query;
import io.millrace.server.http.Routes;

/** The connections of the public API. */
public final class PublicConnectionEndpoints {
  private static final String ALL = "/connections";
  private static final String ONE = "/connections/{connectionId}";

  private final ConnectionService service;
  private final PublicDraft drafts;

  /** Makes the endpoints of a service. */
  public PublicConnectionEndpoints(ConnectionService service, ScheduleReader schedules) {
    this.service = service;
    this.drafts = new PublicDraft(schedules);
  }

  /** Adds the routes. */
  public void addTo(Routes routes) {
    routes
        .resource(Access.READ, Method.GET, ALL, this::list)
        .resource(Access.EDIT, Method.POST, ALL, this::create)
        .resource(Access.READ, Method.GET, ONE, call -> answer(existing(call)))
        .resource(Access.EDIT, Method.PATCH, ONE, this::update)
        .resource(Access.EDIT, Method.DELETE, ONE, this::delete);
  }

  private Answer list(Call call) {
    Query query = call.parameters();
    PublicPage page = PublicPage.of(query);
    ConnectionQuery wanted =
        new ConnectionQuery(
            query.ids("workspaceIds"),
            query.ids("tagIds"),
            query.flag("includeDeleted"),
            page.fetch(),
            page.offset());
    query.check();
    return page.answer(
        call, service.lists().list(wanted).stream().map(PublicConnectionJson::read).toList());
  }

  private Answer create(Call call) throws InterruptedException {
    Body body = call.body();
    ActorId source = new ActorId(body.id("sourceId"));
    ActorId destination = new ActorId(body.id("destinationId"));
    ConnectionDraft draft = drafts.create(body);
    service.drafts().check(source, destination, draft, body.mistakes());
    return answer(service.create(source, destination, draft, call.caller()));
  }

  private Answer update(Call call) throws InterruptedException {
    ConnectionId id = existing(call).connection().id();
    Body body = call.body();
    ConnectionDraft draft = drafts.update(body);
    service.drafts().check(id, draft, body.mistakes());
    return answer(service.update(id, draft, ConnectionService.Changed.WAITS, call.caller()));
  }

  private Answer delete(Call call) {
    ConnectionId id = existing(call).connection().id();
    service.delete(id, call.caller());
    return Answer.none();
  }

  /** On this API a deleted connection is gone. */
  private ConnectionView existing(Call call) {
    ConnectionId id = new ConnectionId(call.pathId("connectionId"));
    ConnectionView view = service.get(id);
    if (view.connection().deleted()) {
      throw ApiException.notFound("connection", id);
    }
    return view;
  }

  private static Answer answer(ConnectionView view) {
    return Answer.ok(PublicConnectionJson.read(view));
  }
}
