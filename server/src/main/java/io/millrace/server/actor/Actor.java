package io.millrace.server.actor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connector.Side;
import io.millrace.server.workspace.WorkspaceId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A source or a destination as somebody configured it.
 *
 * @param id its id
 * @param workspace where it belongs
 * @param side which of the two it is
 * @param definition the definition id of its connector
 * @param name its name, for people
 * @param configuration the connector's configuration by the connector's names; its secret values
 *     are encrypted, one by one, and never leave this form but for a connector that is opened
 * @param details what else the API holds of it, by the API's names
 * @param createdAt when it was made
 * @param updatedAt when it was last changed
 * @param deletedAt when it was deleted, or null
 */
public record Actor(
    ActorId id,
    WorkspaceId workspace,
    Side side,
    UUID definition,
    String name,
    ObjectNode configuration,
    ObjectNode details,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant deletedAt) {
  /** Returns this actor under another name and configuration. */
  public Actor changed(
      String newName, ObjectNode newConfiguration, ObjectNode newDetails, Instant at) {
    return new Actor(
        id,
        workspace,
        side,
        definition,
        newName,
        newConfiguration,
        newDetails,
        createdAt,
        at,
        deletedAt);
  }

  /** Returns this actor with its deletion taken back. */
  Actor restored() {
    return new Actor(
        id, workspace, side, definition, name, configuration, details, createdAt, updatedAt, null);
  }

  /** Returns this actor deleted. */
  public Actor deleted(Instant at) {
    return new Actor(
        id, workspace, side, definition, name, configuration, details, createdAt, at, at);
  }
}
