package io.millrace.server.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.http.Access;
import io.millrace.server.http.Action;
import io.millrace.server.http.Answer;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Fault;
import io.millrace.server.http.Names;
import io.millrace.server.http.Routes;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import io.millrace.server.store.TextSeal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The one organization, its one user and what that user may do, on the Config API. */
final class PeopleEndpoints {
  private final Database database;
  private final Workspaces workspaces;
  private final ChangeRecorder changes;
  private final TextSeal seal;
  private final Installations installations = new Installations();

  PeopleEndpoints(Database database, Workspaces workspaces, ChangeRecorder changes, TextSeal seal) {
    this.database = database;
    this.workspaces = workspaces;
    this.changes = changes;
    this.seal = seal;
  }

  void addTo(Routes routes) {
    users(routes);
    permissions(routes);
    routes
        .config(Access.READ, "/organizations/get", of("organizationId", InstanceJson::organization))
        .config(
            Access.READ,
            "/organizations/get_organization_info",
            of("organizationId", InstanceJson::organizationInfo))
        .config(Access.READ, "/workspaces/get_organization_info", this::infoOfWorkspace)
        .config(
            Access.READ,
            "/organizations/list_by_user_id",
            of("userId", one -> list("organizations", InstanceJson.organization(one))))
        .config(
            Access.READ,
            "/organizations/list_summaries",
            of("userId", one -> list("organizationSummaries", summary(one))))
        .config(Access.ADMIN, "/organizations/update", this::renameOrganization);
  }

  private void users(Routes routes) {
    routes
        .config(Access.READ, "/users/get", of("userId", InstanceJson::user))
        .config(Access.READ, "/users/get_by_auth_id", call -> Answer.ok(user()))
        .config(Access.READ, "/users/get_by_email", this::userByEmail)
        .config(
            Access.READ,
            "/users/get_or_create_by_auth_id",
            call -> {
              ObjectNode json = Documents.empty();
              json.set("userRead", user());
              return Answer.ok(json.put("newUserCreated", false));
            })
        .config(Access.ADMIN, "/users/update", this::renameUser)
        .config(
            Access.READ,
            "/users/list_by_organization_id",
            of("organizationId", one -> list("users", member(one))))
        .config(
            Access.READ,
            "/users/list_instance_admin",
            call -> Answer.ok(list("users", member(installation()))))
        .config(Access.READ, "/users/list_access_info_by_workspace_id", this::accessToWorkspace);
  }

  private void permissions(Routes routes) {
    routes
        .config(
            Access.READ,
            "/permissions/list_by_user",
            of("userId", one -> list("permissions", InstanceJson.permission())))
        .config(Access.READ, "/permissions/check", call -> succeeded())
        .config(Access.READ, "/permissions/check_multiple_workspaces", call -> succeeded())
        .config(Access.READ, "/permissions/get", this::permission);
    for (String path : List.of("create", "update", "delete", "delete_user_from_workspace")) {
      routes.config(
          Access.ADMIN,
          "/permissions/" + path,
          call -> {
            throw notOffered();
          });
    }
  }

  /** Returns why permissions cannot be changed. */
  static ApiException notOffered() {
    return new ApiException(
        Fault.NOT_OFFERED,
        "There is one user here, who may do everything. What somebody else may do belongs to an API"
            + " key: make one with POST /api/public/v1/applications and a role.");
  }

  private Installation installation() {
    return database.read(installations::read);
  }

  private ObjectNode user() {
    return InstanceJson.user(installation());
  }

  /** Answers about the one organization or user, and 404 for any other. */
  private Action of(String idName, Function<Installation, ObjectNode> answer) {
    return call -> {
      Body body = call.body();
      UUID id = body.id(idName);
      body.check();
      if (!id.equals(Installation.USER)) {
        throw ApiException.notFound(idName.replace("Id", ""), id);
      }
      return Answer.ok(answer.apply(installation()));
    };
  }

  private Answer userByEmail(Call call) {
    Body body = call.body();
    String email = body.text("email");
    body.check();
    ObjectNode user = user();
    if (!user.path("email").asText().equalsIgnoreCase(email)) {
      throw ApiException.notFound("user", email);
    }
    return Answer.ok(user);
  }

  private Answer renameUser(Call call) {
    Body body = call.body();
    UUID id = body.id("userId");
    String name = Names.readOrNull(body, "name");
    body.check();
    if (!id.equals(Installation.USER)) {
      throw ApiException.notFound("user", id);
    }
    return Answer.ok(
        InstanceJson.user(
            change(
                call,
                old ->
                    old.named(
                        old.organizationName(),
                        old.email(),
                        name == null ? old.userName() : name))));
  }

  private Answer renameOrganization(Call call) {
    Body body = call.body();
    UUID id = body.id("organizationId");
    String name = Names.readOrNull(body, "organizationName");
    String email = body.textOrNull("email");
    body.check();
    if (!id.equals(Installation.ORGANIZATION)) {
      throw ApiException.notFound("organization", id);
    }
    return Answer.ok(
        InstanceJson.organization(
            change(
                call,
                old ->
                    old.named(
                        name == null ? old.organizationName() : name,
                        email == null ? old.email() : email,
                        old.userName()))));
  }

  private Installation change(Call call, UnaryOperator<Installation> change) {
    return database.write(
        tx -> {
          Installation changed = change.apply(installations.read(tx));
          installations.save(tx, changed);
          changes.changed(tx, "setting", "installation", "update", changed.json(), call.caller());
          return changed;
        });
  }

  private Answer infoOfWorkspace(Call call) {
    workspaceOf(call);
    return Answer.ok(InstanceJson.organizationInfo(installation()));
  }

  private Answer accessToWorkspace(Call call) {
    Workspace workspace = workspaceOf(call);
    Installation one = installation();
    ObjectNode access =
        Documents.empty()
            .put("userId", Installation.USER.toString())
            .put("userEmail", one.email())
            .put("userName", one.userName())
            .put("workspaceId", workspace.id().toString());
    return Answer.ok(list("usersWithAccess", access));
  }

  private Workspace workspaceOf(Call call) {
    Body body = call.body();
    WorkspaceId id = new WorkspaceId(body.id("workspaceId"));
    body.check();
    return workspaces.get(id);
  }

  private Answer permission(Call call) {
    Body body = call.body();
    UUID id = body.id("permissionId");
    body.check();
    if (!id.equals(InstanceJson.PERMISSION)) {
      throw ApiException.notFound("permission", id);
    }
    return Answer.ok(InstanceJson.permission());
  }

  private ObjectNode summary(Installation one) {
    ObjectNode json = Documents.empty();
    json.set("organization", InstanceJson.organization(one));
    json.putArray("workspaces")
        .addAll(
            workspaces.list(Workspaces.Filter.ALL).stream()
                .map(each -> WorkspaceJson.config(each, seal))
                .toList());
    return json.put("memberCount", 1);
  }

  private static ObjectNode member(Installation one) {
    return Documents.empty()
        .put("userId", Installation.USER.toString())
        .put("name", one.userName())
        .put("email", one.email())
        .put("organizationId", Installation.ORGANIZATION.toString())
        .put("permissionId", InstanceJson.PERMISSION.toString())
        .put("permissionType", "instance_admin");
  }

  private static ObjectNode list(String name, ObjectNode one) {
    ObjectNode json = Documents.empty();
    json.putArray(name).add(one);
    return json;
  }

  private static Answer succeeded() {
    return Answer.ok(Map.of("status", "succeeded"));
  }
}
