package io.millrace.server.tag;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import io.millrace.server.workspace.WorkspaceId;
import java.util.UUID;

/**
 * A tag.
 *
 * @param id its id
 * @param workspace where it belongs
 * @param name its word, unique in its workspace
 * @param color six hex digits
 */
public record Tag(UUID id, WorkspaceId workspace, String name, String color) {
  /** Returns the tag as both APIs show it. */
  public ObjectNode json() {
    return Documents.empty()
        .put("tagId", id.toString())
        .put("workspaceId", workspace.toString())
        .put("name", name)
        .put("color", color);
  }
}
