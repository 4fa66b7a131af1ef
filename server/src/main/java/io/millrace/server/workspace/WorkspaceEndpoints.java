package io.millrace.server.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Names;
import io.millrace.server.http.Routes;
import io.millrace.server.store.Database;
import io.millrace.server.store.TextSeal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Workspaces on the Config API. */
final class WorkspaceEndpoints {
  private static final int PAGE_MAX = 10_000;

  private final Database database;
  private final WorkspaceStore store = new WorkspaceStore();
  private final Workspaces workspaces;
  private final WorkspaceReads reads;
  private final TextSeal seal;

  WorkspaceEndpoints(
      Database database, Workspaces workspaces, WorkspaceLimits limits, TextSeal seal) {
    this.database = database;
    this.workspaces = workspaces;
    this.reads = new WorkspaceReads(database, limits, seal);
    this.seal = seal;
  }

  void addTo(Routes routes) {
    routes
        .config(Access.ADMIN, "/workspaces/create", this::create)
        .config(Access.READ, "/workspaces/get", this::get)
        .config(Access.READ, "/workspaces/get_by_slug", this::getBySlug)
        .config(Access.READ, "/workspaces/get_by_connection_id", this::getByConnection)
        .config(Access.ADMIN, "/workspaces/update", this::update)
        .config(Access.ADMIN, "/workspaces/update_name", this::rename)
        .config(Access.ADMIN, "/workspaces/delete", this::delete)
        .config(
            Access.READ, "/workspaces/list", call -> list(workspaces.list(Workspaces.Filter.ALL)))
        .config(Access.READ, "/workspaces/list_paginated", this::listPaginated)
        .config(Access.READ, "/workspaces/list_by_organization_id", this::listByOrganization)
        .config(Access.READ, "/workspaces/list_by_user_id", this::listByUser)
        .config(Access.READ, "/web_backend/workspace/state", this::state);
  }

  private Answer create(Call call) {
    Body body = call.body();
    String name = Names.read(body, "name");
    UUID organization = body.idOrNull("organizationId");
    ObjectNode details = WorkspaceChange.details(WorkspaceJson.defaults(), body, seal);
    body.check();
    refuseOther("organization", organization, Installation.ORGANIZATION);
    return Answer.ok(
        reads.of(workspaces.create(new Workspaces.Content(name, details), call.caller())));
  }

  private Answer get(Call call) {
    Body body = call.body();
    WorkspaceId id = id(body);
    boolean tombstone = body.flag("includeTombstone", false);
    body.check();
    return Answer.ok(reads.of(tombstone ? workspaces.getEvenDeleted(id) : workspaces.get(id)));
  }

  private Answer getBySlug(Call call) {
    Body body = call.body();
    String slug = body.text("slug");
    body.check();
    return Answer.ok(
        reads.of(
            database
                .read(tx -> store.findBySlug(tx, slug))
                .orElseThrow(() -> ApiException.notFound("workspace", slug))));
  }

  private Answer getByConnection(Call call) {
    Body body = call.body();
    UUID connection = body.id("connectionId");
    body.check();
    return Answer.ok(
        reads.of(
            database
                .read(tx -> store.findByConnection(tx, connection))
                .orElseThrow(() -> ApiException.notFound("connection", connection))));
  }

  private Answer update(Call call) {
    Body body = call.body();
    WorkspaceId id = id(body);
    String name = Names.readOrNull(body, "name");
    WorkspaceChange.details(WorkspaceJson.defaults(), body, seal);
    body.check();
    return Answer.ok(
        reads.of(
            workspaces.update(
                id,
                old ->
                    new Workspaces.Content(
                        name == null ? old.name() : name,
                        WorkspaceChange.details(old.details(), body, seal)),
                call.caller())));
  }

  private Answer rename(Call call) {
    if (!call.body().has("name")) {
      call.body().wrong("name", "a text; it is required");
    }
    return update(call);
  }

  private Answer delete(Call call) {
    Body body = call.body();
    WorkspaceId id = id(body);
    body.check();
    workspaces.delete(id, call.caller());
    return Answer.none();
  }

  private Answer listPaginated(Call call) {
    Body body = call.body();
    List<WorkspaceId> ids = body.ids("workspaceIds").stream().map(WorkspaceId::new).toList();
    boolean deleted = body.flag("includeDeleted", false);
    return page(body, new Workspaces.Filter(ids, deleted, body.textOrNull("nameContains")));
  }

  private Answer listByOrganization(Call call) {
    Body body = call.body();
    UUID organization = body.id("organizationId");
    Answer answer =
        page(body, new Workspaces.Filter(List.of(), false, body.textOrNull("nameContains")));
    refuseOther("organization", organization, Installation.ORGANIZATION);
    return answer;
  }

  private Answer listByUser(Call call) {
    Body body = call.body();
    UUID user = body.id("userId");
    Answer answer =
        page(body, new Workspaces.Filter(List.of(), false, body.textOrNull("nameContains")));
    refuseOther("user", user, Installation.USER);
    return answer;
  }

  private Answer page(Body body, Workspaces.Filter filter) {
    Body pagination = body.objectOrNull("pagination");
    int size = PAGE_MAX;
    int offset = 0;
    if (pagination != null) {
      size = pagination.number("pageSize", PAGE_MAX, 1, PAGE_MAX);
      offset = pagination.number("rowOffset", 0, 0, Integer.MAX_VALUE);
    }
    body.check();
    return list(workspaces.list(filter).stream().skip(offset).limit(size).toList());
  }

  private Answer list(List<Workspace> shown) {
    return Answer.ok(Map.of("workspaces", reads.of(shown)));
  }

  private Answer state(Call call) {
    Body body = call.body();
    WorkspaceId id = id(body);
    body.check();
    WorkspaceStore.Content content =
        database.read(
            tx -> {
              workspaces.get(tx, id);
              return store.content(tx, id);
            });
    return Answer.ok(
        Map.of(
            "hasConnections", content.connections(),
            "hasSources", content.sources(),
            "hasDestinations", content.destinations()));
  }

  private static WorkspaceId id(Body body) {
    return new WorkspaceId(body.id("workspaceId"));
  }

  private static void refuseOther(String kind, @Nullable UUID given, UUID only) {
    if (given != null && !given.equals(only)) {
      throw ApiException.notFound(kind, given);
    }
  }
}
