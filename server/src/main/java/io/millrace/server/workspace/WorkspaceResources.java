package io.millrace.server.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Method;
import io.millrace.server.http.Names;
import io.millrace.server.http.PublicPage;
import io.millrace.server.http.Query;
import io.millrace.server.http.Routes;
import io.millrace.server.store.TextSeal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Workspaces on the public API. */
final class WorkspaceResources {
  private static final String ONE = "/workspaces/{workspaceId}";

  private final Workspaces workspaces;
  private final TextSeal seal;

  WorkspaceResources(Workspaces workspaces, TextSeal seal) {
    this.workspaces = workspaces;
    this.seal = seal;
  }

  void addTo(Routes routes) {
    routes
        .resource(Access.READ, Method.GET, "/workspaces", this::list)
        .resource(Access.ADMIN, Method.POST, "/workspaces", this::create)
        .resource(Access.READ, Method.GET, ONE, this::get)
        .resource(Access.ADMIN, Method.PATCH, ONE, this::update)
        .resource(Access.ADMIN, Method.DELETE, ONE, this::delete);
  }

  private Answer list(Call call) {
    Query query = call.parameters();
    PublicPage page = PublicPage.of(query);
    Workspaces.Filter filter =
        new Workspaces.Filter(
            query.ids("workspaceIds").stream().map(WorkspaceId::new).toList(),
            query.flag("includeDeleted"),
            null);
    query.check();
    return page.answer(call, page.cut(workspaces.list(filter)).stream().map(this::json).toList());
  }

  private Answer create(Call call) {
    Body body = call.body();
    String name = Names.read(body, "name");
    UUID organization = body.idOrNull("organizationId");
    UUID region = body.idOrNull("regionId");
    Workspaces.Content content =
        changed(new Workspaces.Content(name, WorkspaceJson.defaults()), body);
    body.check();
    if (organization != null && !organization.equals(Installation.ORGANIZATION)) {
      throw ApiException.notFound("organization", organization);
    }
    refuseOtherRegion(region);
    return Answer.ok(json(workspaces.create(content, call.caller())));
  }

  private Answer get(Call call) {
    return Answer.ok(json(workspaces.get(id(call))));
  }

  private Answer update(Call call) {
    Body body = call.body();
    Names.readOrNull(body, "name");
    UUID region = body.idOrNull("regionId");
    changed(new Workspaces.Content("", WorkspaceJson.defaults()), body);
    body.check();
    refuseOtherRegion(region);
    return Answer.ok(json(workspaces.update(id(call), old -> changed(old, body), call.caller())));
  }

  private Answer delete(Call call) {
    workspaces.delete(id(call), call.caller());
    return Answer.none();
  }

  private Workspaces.Content changed(Workspaces.Content old, Body body) {
    String name = body.textOrNull("name");
    Body notifications = body.objectOrNull("notifications");
    if (notifications != null) {
      old.details()
          .set(
              "notificationSettings",
              NotificationSettings.mergedPublic(
                  WorkspaceJson.settings(old.details()), notifications, seal));
    }
    return new Workspaces.Content(name == null ? old.name() : name, old.details());
  }

  private ObjectNode json(Workspace workspace) {
    return WorkspaceJson.publicly(workspace, seal);
  }

  private static void refuseOtherRegion(@Nullable UUID region) {
    if (region != null && !region.equals(InstanceJson.DATAPLANE_GROUP)) {
      throw ApiException.notFound("region", region);
    }
  }

  private static WorkspaceId id(Call call) {
    return new WorkspaceId(call.pathId("workspaceId"));
  }
}
