package io.millrace.server.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import io.millrace.server.workspace.WorkspaceId;
import java.time.Instant;
import java.util.UUID;

/**
 * An operation.
 *
 * @param id its id
 * @param workspace where it belongs
 * @param name its name, for people
 * @param configuration the API's {@code OperatorConfiguration}
 * @param createdAt when it was made
 */
public record Operation(
    UUID id, WorkspaceId workspace, String name, ObjectNode configuration, Instant createdAt) {
  /** Returns the API's {@code OperationRead}. */
  public ObjectNode json() {
    ObjectNode json =
        Documents.empty()
            .put("operationId", id.toString())
            .put("workspaceId", workspace.toString())
            .put("name", name);
    json.set("operatorConfiguration", configuration);
    return json;
  }
}
