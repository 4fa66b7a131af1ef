package io.millrace.server.connection.api;

import io.millrace.server.actor.ActorId;
import io.millrace.server.connection.CatalogSource;
import io.millrace.server.connection.ConnectionDraft;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionQuery;
import io.millrace.server.connection.ConnectionSearch;
import io.millrace.server.connection.ConnectionService;
import io.millrace.server.connection.schema.CatalogDiffJson;
import io.millrace.server.connection.schema.SchemaChangeCheck;
import io.millrace.server.connector.Side;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.Api;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Method;
import io.millrace.server.http.Query;
import io.millrace.server.http.Routes;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The connections of the Config API, without those calls that make jobs. */
public final class ConnectionEndpoints {
  private static final int PAGE_SIZE_MAX = 1000;
  private static final String CONNECTIONS = "connections";

  private final ConnectionService service;
  private final SchemaChangeCheck schemas;
  private final ScheduleReader schedules;
  private final ConfigDraft drafts;
  private final ConnectionWriter writer;

  /** Makes the endpoints of a service. */
  public ConnectionEndpoints(
      ConnectionService service, SchemaChangeCheck schemas, ScheduleReader schedules) {
    this.service = service;
    this.schemas = schemas;
    this.schedules = schedules;
    this.drafts = new ConfigDraft(schedules);
    this.writer = new ConnectionWriter(service.lists());
  }

  /** Adds the routes. */
  public void addTo(Routes routes) {
    routes
        .config(Access.EDIT, "/connections/create", this::create)
        .config(Access.EDIT, "/connections/update", this::update)
        .config(Access.EDIT, "/connections/validate", this::validate)
        .config(Access.READ, "/connections/get", this::get)
        .config(Access.EDIT, "/connections/delete", this::delete)
        .config(Access.EDIT, "/connections/restore", this::restore)
        .config(Access.READ, "/connections/list", call -> list(call, false))
        .config(Access.READ, "/connections/list_all", call -> list(call, true))
        .config(Access.READ, "/connections/list_paginated", this::page)
        .config(Access.READ, "/connections/search", this::search)
        .config(Access.READ, "/connections/list_by_actor_definition", this::ofDefinition)
        .config(Access.EDIT, "/connections/apply_schema_change", this::applySchemaChange)
        .config(Access.EDIT, "/connections/apply_schema_changes", this::applySchemaChange)
        .config(Access.EDIT, "/sources/apply_schema_changes", this::applyToSource)
        .at(Api.CONFIG, Access.READ, Method.GET, "/api/v1/connections/list", this::getList);
  }

  private Answer create(Call call) throws InterruptedException {
    Body body = call.body();
    ActorId source = new ActorId(body.id("sourceId"));
    ActorId destination = new ActorId(body.id("destinationId"));
    ConnectionDraft draft = drafts.create(body);
    service.drafts().check(source, destination, draft, body.mistakes());
    return Answer.ok(
        ConnectionJson.read(service.create(source, destination, draft, call.caller())));
  }

  private Answer update(Call call) throws InterruptedException {
    Body body = call.body();
    ConnectionId id = new ConnectionId(body.id("connectionId"));
    ConnectionDraft draft = drafts.update(body);
    service.drafts().check(id, draft, body.mistakes());
    return Answer.ok(
        ConnectionJson.read(
            service.update(id, draft, ConnectionService.Changed.WAITS, call.caller())));
  }

  /** Source and destination may not be there yet: who plans makes them together with it. */
  private Answer validate(Call call) {
    Body body = call.body();
    UUID destination = body.id("destinationDefinitionId");
    UUID known = body.idOrNull("connectionId");
    ConnectionDraft draft = known == null ? drafts.create(body) : drafts.update(body);
    ConnectionId id = known == null ? null : new ConnectionId(known);
    service.drafts().validate(id, destination, draft, body.mistakes());
    return Answer.none();
  }

  private Answer get(Call call) {
    Body body = call.body();
    ConnectionId id = new ConnectionId(body.id("connectionId"));
    body.check();
    return Answer.ok(ConnectionJson.read(service.get(id)));
  }

  private Answer delete(Call call) {
    Body body = call.body();
    ConnectionId id = new ConnectionId(body.id("connectionId"));
    body.check();
    service.delete(id, call.caller());
    return Answer.none();
  }

  private Answer restore(Call call) {
    Body body = call.body();
    ConnectionId id = new ConnectionId(body.id("connectionId"));
    body.check();
    return Answer.ok(ConnectionJson.read(service.restore(id, call.caller())));
  }

  private Answer list(Call call, boolean deleted) {
    Body body = call.body();
    UUID workspace = body.id("workspaceId");
    boolean tombstones = body.flag("includeTombstone", false);
    body.check();
    return found(ConnectionQuery.all(List.of(workspace), deleted || tombstones));
  }

  /** What scripts ask for with a browser's verb: everything, or a workspace of the body. */
  private Answer getList(Call call) {
    Body body = call.body();
    UUID workspace = body.idOrNull("workspaceId");
    body.check();
    Query query = call.parameters();
    List<UUID> asked = query.ids("workspaceId");
    query.check();
    List<UUID> workspaces = workspace == null ? asked : List.of(workspace);
    List<ConnectionId> found = service.lists().ids(ConnectionQuery.all(workspaces, false));
    return workspace == null
        ? writer.answer(found, "data", CONNECTIONS)
        : writer.answer(found, CONNECTIONS);
  }

  private Answer page(Call call) {
    Body body = call.body();
    List<UUID> workspaces = body.ids("workspaceIds");
    if (!body.has("workspaceIds")) {
      body.wrong("workspaceIds", "a list of UUIDs");
    }
    List<UUID> tags = body.ids("tagIds");
    body.idOrNull("userId");
    boolean deleted = body.flag("includeDeleted", false);
    Body pagination = body.objectOrNull("pagination");
    int limit =
        pagination == null
            ? PAGE_SIZE_MAX
            : pagination.number("pageSize", PAGE_SIZE_MAX, 1, PAGE_SIZE_MAX);
    int offset = pagination == null ? 0 : pagination.number("rowOffset", 0, 0, Integer.MAX_VALUE);
    body.check();
    return workspaces.isEmpty()
        ? writer.answer(List.of(), CONNECTIONS)
        : found(new ConnectionQuery(workspaces, tags, deleted, limit, offset));
  }

  private Answer search(Call call) {
    Body body = call.body();
    ConnectionSearch search = SearchReader.read(body, schedules);
    body.check();
    return writer.answer(service.lists().search(search), CONNECTIONS);
  }

  private Answer ofDefinition(Call call) {
    Body body = call.body();
    UUID definition = body.id("actorDefinitionId");
    Side side = body.choice("actorType", Side.class);
    body.check();
    return writer.answer(service.lists().idsOfDefinition(side, definition), CONNECTIONS);
  }

  private Answer applyToSource(Call call) {
    Body body = call.body();
    ActorId source = new ActorId(body.id("sourceId"));
    CatalogSource.Found found = discovered(body);
    body.check();
    schemas.applyAll(source, found);
    return Answer.none();
  }

  private Answer applySchemaChange(Call call) {
    Body body = call.body();
    ConnectionId id = new ConnectionId(body.id("connectionId"));
    CatalogSource.Found found = discovered(body);
    body.check();
    return Answer.ok(
        Map.of("propagatedDiff", CatalogDiffJson.of(schemas.apply(id, found).propagated())));
  }

  private static CatalogSource.Found discovered(Body body) {
    UUID catalog = body.id("catalogId");
    body.idOrNull("workspaceId");
    return new CatalogSource.Found(catalog, ConfigStreams.read(body.object("catalog")).streams());
  }

  private Answer found(ConnectionQuery query) {
    return writer.answer(service.lists().ids(query), CONNECTIONS);
  }
}
