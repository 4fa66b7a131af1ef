package io.millrace.server.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Method;
import io.millrace.server.http.Names;
import io.millrace.server.http.Routes;
import java.util.Map;
import java.util.UUID;

/** API keys on both APIs; for admins only. */
final class ApplicationEndpoints {
  private final Applications applications;

  ApplicationEndpoints(Applications applications) {
    this.applications = applications;
  }

  void addTo(Routes routes) {
    routes
        .config(Access.ADMIN, "/applications/list", call -> list())
        .config(Access.ADMIN, "/applications/get", call -> get(bodyId(call)))
        .config(Access.ADMIN, "/applications/create", this::create)
        .config(Access.ADMIN, "/applications/delete", call -> delete(bodyId(call), call))
        .resource(Access.ADMIN, Method.GET, "/applications", call -> list())
        .resource(Access.ADMIN, Method.POST, "/applications", this::create)
        .resource(
            Access.ADMIN,
            Method.GET,
            "/applications/{applicationId}",
            call -> get(call.pathId("applicationId")))
        .resource(
            Access.ADMIN,
            Method.DELETE,
            "/applications/{applicationId}",
            call -> delete(call.pathId("applicationId"), call));
  }

  private Answer list() {
    return Answer.ok(Map.of("applications", applications.list()));
  }

  private Answer get(UUID id) {
    return Answer.ok(applications.get(id));
  }

  private Answer create(Call call) {
    Body body = call.body();
    String name = Names.read(body, "name");
    Role role = body.choice("role", Role.class);
    body.check();
    ObjectNode made = applications.create(name, role, call.caller());
    return Answer.ok(made);
  }

  private Answer delete(UUID id, Call call) {
    return Answer.ok(applications.delete(id, call.caller()));
  }

  private static UUID bodyId(Call call) {
    Body body = call.body();
    UUID id = body.id("applicationId");
    body.check();
    return id;
  }
}
