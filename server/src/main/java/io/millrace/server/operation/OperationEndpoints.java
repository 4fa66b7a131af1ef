package io.millrace.server.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Names;
import io.millrace.server.http.Routes;
import io.millrace.server.notification.Webhook;
import io.millrace.server.workspace.WorkspaceId;
import io.millrace.spi.ConfigException;
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
      webhook.textOrNull("executionBody");
      String url = webhook.textOrNull("executionUrl");
      if (url != null && problem(url) != null) {
        webhook.wrongSecret("executionUrl", "an http:// or https:// URL with a host");
      }
      Body dbt = webhook.objectOrNull("dbtCloud");
      if (dbt != null) {
        dbt.numericId("accountId");
        dbt.numericId("jobId");
      }
    }
    return configuration.json().deepCopy();
  }

  private Answer check(Call call) {
    Body body = call.body();
    Body configuration =
        body.has("operatorConfiguration") ? body.object("operatorConfiguration") : body;
    OperatorType type = configuration.choice("operatorType", OperatorType.class);
    Body webhook = configuration.objectOrNull("webhook");
    String problem =
        type != OperatorType.WEBHOOK
            ? "Only operations of type webhook run; this one would do nothing."
            : webhook == null ? "The operation has no webhook." : problem(webhook);
    body.check();
    return Answer.ok(
        problem == null
            ? Map.of("status", "succeeded")
            : Map.of("status", "failed", "message", problem));
  }

  private @Nullable String problem(Body webhook) {
    String url = webhook.textOrNull("executionUrl");
    Body dbt = webhook.objectOrNull("dbtCloud");
    if (dbt == null) {
      return url == null ? "The webhook has neither executionUrl nor dbtCloud." : problem(url);
    }
    dbt.numericId("accountId");
    dbt.numericId("jobId");
    UUID config = webhook.idOrNull("webhookConfigId");
    if (config == null) {
      return "A dbt Cloud job needs webhookConfigId, one of the workspace's webhookConfigs.";
    }
    return service.knowsWebhook(config)
        ? null
        : "No workspace has a webhookConfigs entry with the id " + config + ".";
  }

  private static @Nullable String problem(String url) {
    try {
      return Webhook.uri(url) == null ? "" : null;
    } catch (ConfigException e) {
      return "executionUrl must begin with http:// or https:// and name a host.";
    }
  }

  private Answer create(Call call) {
    Body body = call.body();
    WorkspaceId workspace = new WorkspaceId(body.id("workspaceId"));
    String name = Names.read(body, "name");
    ObjectNode configuration = configuration(body);
    body.check();
    return Answer.ok(service.create(workspace, name, configuration).json());
  }

  private Answer update(Call call) {
    Body body = call.body();
    UUID id = body.id("operationId");
    String name = Names.read(body, "name");
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
