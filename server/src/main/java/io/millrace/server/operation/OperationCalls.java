package io.millrace.server.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.notification.Webhook;
import io.millrace.server.store.Database;
import io.millrace.server.workspace.WebhookConfig;
import io.millrace.server.workspace.Workspace;
import io.millrace.server.workspace.WorkspaceStore;
import io.millrace.spi.ConfigException;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Does what an operation says, once. Thread-safe. */
public final class OperationCalls {
  private static final String DBT_HOST = "cloud.getdbt.com";

  private final Database database;
  private final Webhook webhook;
  private final UnaryOperator<String> open;
  private final OperationStore operations = new OperationStore();
  private final WorkspaceStore workspaces = new WorkspaceStore();

  /**
   * Makes it.
   *
   * @param open returns a token that the store holds encrypted
   */
  public OperationCalls(Database database, Webhook webhook, UnaryOperator<String> open) {
    this.database = database;
    this.webhook = webhook;
    this.open = open;
  }

  /**
   * Calls the operation's receiver and waits for its answer.
   *
   * @param job the job that has succeeded, which dbt shows as the cause of its run
   * @throws ConfigException when the operation is gone or wrong, or its receiver refuses the call
   * @throws io.millrace.spi.TransientException when the receiver is away
   */
  public void call(UUID id, long job) throws InterruptedException {
    Operation operation =
        database
            .read(tx -> operations.find(tx, id))
            .orElseThrow(
                () ->
                    new ConfigException(
                        "operation_gone",
                        "Operation " + id + " no longer exists; take it off the connection."));
    JsonNode hook = operation.configuration().path("webhook");
    if (hook.path("dbtCloud").isObject()) {
      startDbtJob(operation, hook, job);
    } else if (hook.path("executionUrl").isTextual()) {
      webhook.post(
          hook.path("executionUrl").asText(), hook.path("executionBody").asText(""), Map.of());
    } else {
      throw new ConfigException(
          "operation_empty",
          "Operation \"" + operation.name() + "\" has neither executionUrl nor dbtCloud.");
    }
  }

  private void startDbtJob(Operation operation, JsonNode hook, long job)
      throws InterruptedException {
    WebhookConfig config = config(operation, hook.path("webhookConfigId").asText());
    JsonNode dbt = hook.path("dbtCloud");
    String host = config.host() == null ? DBT_HOST : config.host();
    String base = host.contains("://") ? host : "https://" + host;
    webhook.post(
        base.replaceAll("/+$", "")
            + "/api/v2/accounts/"
            + dbt.path("accountId").asLong()
            + "/jobs/"
            + dbt.path("jobId").asLong()
            + "/run/",
        "{\"cause\":\"Millrace job " + job + " has succeeded\"}",
        Map.of("Authorization", "Token " + config.token()));
  }

  private WebhookConfig config(Operation operation, String id) {
    Workspace workspace = database.read(tx -> workspaces.get(tx, operation.workspace()));
    try {
      return WebhookConfig.find(workspace, UUID.fromString(id), open).orElseThrow();
    } catch (IllegalArgumentException | java.util.NoSuchElementException e) {
      throw new ConfigException(
          "webhook_config",
          "Operation \""
              + operation.name()
              + "\" names a webhookConfigId that its workspace does not have.",
          id,
          e);
    }
  }
}
