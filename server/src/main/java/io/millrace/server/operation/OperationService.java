package io.millrace.server.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionStore;
import io.millrace.server.http.ApiException;
import io.millrace.server.store.Database;
import io.millrace.server.workspace.WebhookConfig;
import io.millrace.server.workspace.WorkspaceId;
import io.millrace.server.workspace.WorkspaceStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Keeps operations. Thread-safe. */
public final class OperationService {
  private final Database database;
  private final Clock clock;
  private final OperationStore operations = new OperationStore();
  private final WorkspaceStore workspaces = new WorkspaceStore();
  private final ConnectionStore connections = new ConnectionStore();

  /** Makes the service of a store. */
  public OperationService(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Adds an operation.
   *
   * @throws ApiException when there is no such workspace
   */
  public Operation create(WorkspaceId workspace, String name, ObjectNode configuration) {
    return database.write(tx -> create(tx, UUID.randomUUID(), workspace, name, configuration));
  }

  /** Adds an operation under a new id, within a transaction. */
  public Operation create(
      Handle tx, UUID id, WorkspaceId workspace, String name, ObjectNode configuration) {
    if (workspaces.find(tx, workspace).filter(one -> one.deletedAt() == null).isEmpty()) {
      throw ApiException.notFound("workspace", workspace);
    }
    Operation operation = new Operation(id, workspace, name, configuration, clock.instant());
    operations.insert(tx, operation);
    return operation;
  }

  /**
   * Changes an operation.
   *
   * @throws ApiException when there is none of this id
   */
  public Operation update(UUID id, String name, ObjectNode configuration) {
    return database.write(tx -> update(tx, id, name, configuration));
  }

  /** Changes an operation, within a transaction. */
  public Operation update(Handle tx, UUID id, String name, ObjectNode configuration) {
    Operation before = find(tx, id);
    Operation after =
        new Operation(id, before.workspace(), name, configuration, before.createdAt());
    operations.update(tx, after);
    return after;
  }

  /** Returns an operation. */
  public Operation get(UUID id) {
    return database.read(tx -> find(tx, id));
  }

  /** Removes an operation. */
  public void delete(UUID id) {
    database.change(tx -> operations.delete(tx, find(tx, id).id()));
  }

  /** Returns the operations of a connection, in its order. */
  public List<Operation> of(ConnectionId id) {
    return database.read(
        tx ->
            of(
                tx,
                connections
                    .find(tx, id)
                    .orElseThrow(() -> ApiException.notFound("connection", id))));
  }

  /** Returns the operations of a connection, in its order. */
  public List<Operation> of(Handle tx, Connection connection) {
    List<UUID> ids = new ArrayList<>();
    for (JsonNode id : connection.details().path("operationIds")) {
      ids.add(UUID.fromString(id.asText()));
    }
    return operations.list(tx, ids);
  }

  /** Tells whether a workspace has a webhook configuration of this id. */
  boolean knowsWebhook(UUID id) {
    return database.read(workspaces::list).stream()
        .anyMatch(one -> WebhookConfig.find(one, id, token -> "").isPresent());
  }

  private Operation find(Handle tx, UUID id) {
    return operations.find(tx, id).orElseThrow(() -> ApiException.notFound("operation", id));
  }
}
