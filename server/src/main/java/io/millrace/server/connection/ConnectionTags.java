package io.millrace.server.connection;

import io.millrace.server.http.ApiException;
import io.millrace.server.http.Fault;
import io.millrace.server.tag.Tag;
import io.millrace.server.tag.TagStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Which connection carries which tags. Stateless. */
public final class ConnectionTags {
  private final TagStore tags = new TagStore();

  /** Returns the tags of connections, each by name; a connection without is absent. */
  public Map<ConnectionId, List<Tag>> of(Handle tx, Collection<ConnectionId> connections) {
    Map<ConnectionId, List<Tag>> found = new HashMap<>();
    if (connections.isEmpty()) {
      return found;
    }
    tx.createQuery(
            "SELECT c.connection_id, t.* FROM connection_tag c JOIN tag t ON t.id = c.tag_id"
                + " WHERE c.connection_id IN (<connections>) ORDER BY t.name, t.id")
        .bindList("connections", connections.stream().map(ConnectionId::toString).toList())
        .map((row, context) -> Map.entry(row.getString("connection_id"), TagStore.read(row)))
        .forEach(
            entry ->
                found
                    .computeIfAbsent(ConnectionId.of(entry.getKey()), id -> new ArrayList<>())
                    .add(entry.getValue()));
    return found;
  }

  /**
   * Gives a connection these tags and no others.
   *
   * @throws ApiException when one is no tag of its workspace
   */
  void replace(Handle tx, Connection connection, Collection<UUID> ids) {
    tx.execute("DELETE FROM connection_tag WHERE connection_id = ?", connection.id().toString());
    for (UUID id : new LinkedHashSet<>(ids)) {
      boolean ofWorkspace =
          tags.find(tx, id)
              .filter(tag -> tag.workspace().equals(connection.workspace()))
              .isPresent();
      if (!ofWorkspace) {
        throw ApiException.typed(
            Fault.VALUE_NOT_FOUND,
            Fault.VALUE_NOT_FOUND.title(),
            "The connection's workspace has no tag " + id + ".",
            Map.of("value", id.toString()));
      }
      tx.execute(
          "INSERT INTO connection_tag (connection_id, tag_id) VALUES (?, ?)",
          connection.id().toString(),
          id.toString());
    }
  }
}
