package io.millrace.server.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Method;
import io.millrace.server.http.Routes;
import java.util.Map;
import java.util.UUID;

/** API keys on both APIs; for admins only. */
final class ApplicationEndpoints {
  private static final int NAME_CHARS_MAX = 100;

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
    String name = body.text("name");
    Role role = body.choice("role", Role.class);
    if (name.length() > NAME_CHARS_MAX) {
      body.wrong("name", "a text of at most " + NAME_CHARS_MAX + " characters");
    }
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
