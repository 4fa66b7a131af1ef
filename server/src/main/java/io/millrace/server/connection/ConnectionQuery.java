package io.millrace.server.connection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Which connections a list shows.
 *
 * @param workspaces of these workspaces; empty for all
 * @param tags that carry one of these tags; empty for all
 * @param deleted deleted ones, too
 * @param limit at most so many
 * @param offset after so many
 */
public record ConnectionQuery(
    List<UUID> workspaces, List<UUID> tags, boolean deleted, int limit, long offset) {
  public ConnectionQuery {
    workspaces = List.copyOf(workspaces);
    tags = List.copyOf(tags);
  }

  /** Returns the query of everything in some workspaces. */
  public static ConnectionQuery all(List<UUID> workspaces, boolean deleted) {
    return new ConnectionQuery(workspaces, List.of(), deleted, Integer.MAX_VALUE, 0);
  }

  /** Returns the connections, oldest first. */
  List<Connection> list(Handle tx) {
    return select(tx, "*").map((row, context) -> ConnectionStore.read(row)).list();
  }

  /** Returns their ids, oldest first. */
  List<ConnectionId> ids(Handle tx) {
    return select(tx, "id").map((row, context) -> ConnectionId.of(row.getString(1))).list();
  }

  private Query select(Handle tx, String columns) {
    List<String> conditions = new ArrayList<>();
    Map<String, List<UUID>> lists = new HashMap<>();
    if (!deleted) {
      conditions.add("status <> 'deprecated'");
    }
    if (!workspaces.isEmpty()) {
      conditions.add("workspace_id IN (<workspaces>)");
      lists.put("workspaces", workspaces);
    }
    if (!tags.isEmpty()) {
      conditions.add("id IN (SELECT connection_id FROM connection_tag WHERE tag_id IN (<tags>))");
      lists.put("tags", tags);
    }
    Query query =
        tx.createQuery(
            "SELECT "
                + columns
                + " FROM connection"
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
                + " ORDER BY created_at, id LIMIT :limit OFFSET :offset");
    lists.forEach((name, ids) -> query.bindList(name, ids.stream().map(UUID::toString).toList()));
    return query.bind("limit", limit).bind("offset", offset);
  }
}
