package io.millrace.server.tag;

import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Method;
import io.millrace.server.http.Query;
import io.millrace.server.http.Routes;
import io.millrace.server.workspace.WorkspaceId;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The tags of both APIs. */
public final class TagEndpoints {
  private static final String PUBLIC = "/tags";
  private static final String PUBLIC_ONE = "/tags/{tagId}";

  private final TagService service;

  /** Makes the endpoints of a service. */
  public TagEndpoints(TagService service) {
    this.service = service;
  }

  /** Adds the routes. */
  public void addTo(Routes routes) {
    routes
        .config(Access.READ, "/tags/list", this::list)
        .config(Access.EDIT, "/tags/create", this::create)
        .config(Access.EDIT, "/tags/update", this::update)
        .config(Access.EDIT, "/tags/delete", this::delete)
        .resource(Access.READ, Method.GET, PUBLIC, this::publicList)
        .resource(Access.EDIT, Method.POST, PUBLIC, this::create)
        .resource(
            Access.READ,
            Method.GET,
            PUBLIC_ONE,
            call -> Answer.ok(service.get(call.pathId("tagId")).json()))
        .resource(Access.EDIT, Method.PATCH, PUBLIC_ONE, this::publicUpdate)
        .resource(Access.EDIT, Method.DELETE, PUBLIC_ONE, this::publicDelete);
  }

  private Answer list(Call call) {
    Body body = call.body();
    UUID workspace = body.id("workspaceId");
    body.check();
    return Answer.ok(service.list(new WorkspaceId(workspace)).stream().map(Tag::json).toList());
  }

  private Answer create(Call call) {
    Body body = call.body();
    WorkspaceId workspace = new WorkspaceId(body.id("workspaceId"));
    String name = body.text("name");
    String color = body.text("color");
    body.check();
    return Answer.ok(service.create(workspace, name, color).json());
  }

  private Answer update(Call call) {
    Body body = call.body();
    UUID id = body.id("tagId");
    WorkspaceId workspace = new WorkspaceId(body.id("workspaceId"));
    String name = body.text("name");
    String color = body.text("color");
    body.check();
    return Answer.ok(service.update(id, workspace, name, color).json());
  }

  private Answer delete(Call call) {
    Body body = call.body();
    UUID id = body.id("tagId");
    WorkspaceId workspace = new WorkspaceId(body.id("workspaceId"));
    body.check();
    service.delete(id, workspace);
    return Answer.none();
  }

  private Answer publicList(Call call) {
    Query query = call.parameters();
    List<UUID> workspaces = query.ids("workspaceIds");
    query.check();
    List<Tag> tags = service.list(workspaces);
    return Answer.ok(Map.of("data", tags.stream().map(Tag::json).toList()));
  }

  private Answer publicUpdate(Call call) {
    Body body = call.body();
    UUID id = call.pathId("tagId");
    String name = body.text("name");
    String color = body.text("color");
    body.check();
    return Answer.ok(service.update(id, null, name, color).json());
  }

  private Answer publicDelete(Call call) {
    service.delete(call.pathId("tagId"), null);
    return Answer.none();
  }
}
