package io.millrace.server.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Routes;
import io.millrace.server.workspace.WorkspaceId;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The operations of the Config API. */
public final class OperationEndpoints {
  private enum OperatorType {
    NORMALIZATION,
    DBT,
    WEBHOOK
  }

  private final OperationService service;

  /** Makes the endpoints of a service. */
  public OperationEndpoints(OperationService service) {
    this.service = service;
  }

  /** Adds the routes. */
  public void addTo(Routes routes) {
    routes
        .config(Access.READ, "/operations/check", this::check)
        .config(Access.EDIT, "/operations/create", this::create)
        .config(Access.EDIT, "/operations/update", this::update)
        .config(Access.READ, "/operations/get", call -> Answer.ok(service.get(id(call)).json()))
        .config(Access.READ, "/operations/list", this::list)
        .config(Access.EDIT, "/operations/delete", this::delete);
  }

  /** Reads an {@code OperatorConfiguration}; what is wrong is remembered in the body. */
  public static ObjectNode configuration(Body body) {
    Body configuration = body.object("operatorConfiguration");
    configuration.choice("operatorType", OperatorType.class);
    Body webhook = configuration.objectOrNull("webhook");
    if (webhook != null) {
      webhook.idOrNull("webhookConfigId");
      webhook.textOrNull("executionUrl");
      webhook.textOrNull("executionBody");
    }
    return configuration.json().deepCopy();
  }

  private Answer check(Call call) {
    Body body = call.body();
    Body configuration =
        body.has("operatorConfiguration") ? body.object("operatorConfiguration") : body;
    OperatorType type = configuration.choice("operatorType", OperatorType.class);
    Body webhook = configuration.objectOrNull("webhook");
    String url = webhook == null ? null : webhook.textOrNull("executionUrl");
    body.check();
    String problem =
        type != OperatorType.WEBHOOK
            ? "Only operations of type webhook can be checked."
            : webhook == null ? "The operation has no webhook." : problem(url);
    return Answer.ok(
        problem == null
            ? Map.of("status", "succeeded")
            : Map.of("status", "failed", "message", problem));
  }

  private static @Nullable String problem(@Nullable String url) {
    if (url == null) {
      return null;
    }
    try {
      String scheme = new URI(url).getScheme();
      return "http".equals(scheme) || "https".equals(scheme)
          ? null
          : "executionUrl must begin with http:// or https://.";
    } catch (URISyntaxException e) {
      return "executionUrl is no URL.";
    }
  }

  private Answer create(Call call) {
    Body body = call.body();
    WorkspaceId workspace = new WorkspaceId(body.id("workspaceId"));
    String name = body.text("name");
    ObjectNode configuration = configuration(body);
    body.check();
    return Answer.ok(service.create(workspace, name, configuration).json());
  }

  private Answer update(Call call) {
    Body body = call.body();
    UUID id = body.id("operationId");
    String name = body.text("name");
    ObjectNode configuration = configuration(body);
    body.check();
    return Answer.ok(service.update(id, name, configuration).json());
  }

  private Answer list(Call call) {
    Body body = call.body();
    ConnectionId connection = new ConnectionId(body.id("connectionId"));
    body.check();
    return Answer.ok(
        Map.of("operations", service.of(connection).stream().map(Operation::json).toList()));
  }

  private Answer delete(Call call) {
    service.delete(id(call));
    return Answer.none();
  }

  private static UUID id(Call call) {
    Body body = call.body();
    UUID id = body.id("operationId");
    body.check();
    return id;
  }
}
