package io.millrace.server.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Call;
import io.millrace.server.http.Method;
import io.millrace.server.http.Query;
import io.millrace.server.http.Routes;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The one organization, its one user and permission on the public API. */
final class PeopleResources {
  private static final String ONE = "/permissions/{permissionId}";

  private final Database database;
  private final Installations installations = new Installations();

  PeopleResources(Database database) {
    this.database = database;
  }

  void addTo(Routes routes) {
    routes
        .resource(Access.READ, Method.GET, "/organizations", call -> organizations())
        .resource(Access.READ, Method.GET, "/users", this::users)
        .resource(Access.READ, Method.GET, "/permissions", this::permissions)
        .resource(Access.READ, Method.GET, ONE, this::permission)
        .resource(Access.ADMIN, Method.POST, "/permissions", call -> refuse())
        .resource(Access.ADMIN, Method.PATCH, ONE, call -> refuse())
        .resource(Access.ADMIN, Method.DELETE, ONE, call -> refuse());
  }

  private Answer organizations() {
    return data(List.of(InstanceJson.organization(database.read(installations::read))));
  }

  private Answer users(Call call) {
    Installation one = database.read(installations::read);
    Query query = call.parameters();
    List<UUID> ids = query.ids("ids");
    List<String> emails = call.queries("emails");
    boolean wanted =
        ofTheOrganization(query)
            && (ids.isEmpty() || ids.contains(Installation.USER))
            && (emails.isEmpty() || emails.contains(one.email()));
    query.check();
    ObjectNode user =
        Documents.empty()
            .put("id", Installation.USER.toString())
            .put("name", one.userName())
            .put("email", one.email());
    return data(wanted ? List.of(user) : List.of());
  }

  private Answer permissions(Call call) {
    Query query = call.parameters();
    List<UUID> users = query.ids("userId");
    boolean wanted =
        ofTheOrganization(query) && (users.isEmpty() || users.contains(Installation.USER));
    query.check();
    ObjectNode permission =
        Documents.empty()
            .put("permissionId", InstanceJson.PERMISSION.toString())
            .put("permissionType", "organization_admin")
            .put("userId", Installation.USER.toString())
            .put("scopeId", Installation.ORGANIZATION.toString())
            .put("scope", "organization");
    return data(wanted ? List.of(permission) : List.of());
  }

  private Answer permission(Call call) {
    UUID id = call.pathId("permissionId");
    if (!id.equals(InstanceJson.PERMISSION)) {
      throw ApiException.notFound("permission", id);
    }
    return Answer.ok(InstanceJson.publicPermission());
  }

  private static boolean ofTheOrganization(Query query) {
    List<UUID> ids = query.ids("organizationId");
    return ids.isEmpty() || ids.contains(Installation.ORGANIZATION);
  }

  private static Answer refuse() {
    throw PeopleEndpoints.notOffered();
  }

  private static Answer data(List<ObjectNode> entries) {
    return Answer.ok(Map.of("data", entries));
  }
}
