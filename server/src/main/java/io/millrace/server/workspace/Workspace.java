package io.millrace.server.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A workspace.
 *
 * @param id its id
 * @param name its name, for people
 * @param slug its name in links, unique
 * @param details what else the API holds of it: {@code email}, {@code initialSetupComplete}, {@code
 *     displaySetupWizard}, {@code notificationSettings}, ..., by the API's names
 * @param createdAt when it was made
 * @param updatedAt when it was last changed
 * @param deletedAt when it was deleted, or null
 */
public record Workspace(
    WorkspaceId id,
    String name,
    String slug,
    ObjectNode details,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant deletedAt) {
  /** Returns this workspace with other details that say the same. */
  Workspace withDetails(ObjectNode other) {
    return new Workspace(id, name, slug, other, createdAt, updatedAt, deletedAt);
  }
}
