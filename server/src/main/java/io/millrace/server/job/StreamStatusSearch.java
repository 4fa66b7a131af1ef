package io.millrace.server.job;

import io.millrace.server.connection.ConnectionId;
import io.millrace.server.store.Rows;
import io.millrace.server.workspace.WorkspaceId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Which of the things that attempts did with streams; null: all.
 *
 * @param workspace those of this workspace
 * @param connection those of this connection
 * @param job those of this job
 * @param attempt those of this attempt
 * @param resets those of resets, or those of everything else
 * @param streamName those of streams of this name
 * @param streamNamespace those of streams of this namespace
 * @param since those that changed at this moment or later
 */
public record StreamStatusSearch(
    @Nullable WorkspaceId workspace,
    @Nullable ConnectionId connection,
    @Nullable Long job,
    @Nullable Long attempt,
    @Nullable Boolean resets,
    @Nullable String streamName,
    @Nullable String streamNamespace,
    @Nullable Instant since) {
  /**
   * A stream of an attempt, with what it belongs to.
   *
   * @param stream what the attempt did with it
   * @param workspace its workspace
   * @param connection its connection
   * @param type what its job is for
   */
  public record Found(
      AttemptStream stream, WorkspaceId workspace, ConnectionId connection, JobType type) {}

  /** Returns the search for a connection's streams. */
  public static StreamStatusSearch of(ConnectionId connection, @Nullable Instant since) {
    return new StreamStatusSearch(null, connection, null, null, null, null, null, since);
  }

  /** Returns what is found, the newest attempts first. */
  public List<Found> list(Handle tx, int limit, int offset) {
    Map<String, Object> values = new LinkedHashMap<>();
    StringBuilder where = new StringBuilder();
    add(where, values, "c.workspace_id =", "workspace", workspace);
    add(where, values, "j.connection_id =", "connection", connection);
    add(where, values, "s.job_id =", "job", job);
    add(where, values, "s.number =", "attempt", attempt);
    add(where, values, "s.name =", "stream", streamName);
    add(where, values, "s.namespace =", "namespace", streamNamespace);
    add(where, values, "s.updated_at >=", "since", Rows.millis(since));
    if (resets != null) {
      where.append(resets ? " AND j.config_type =" : " AND j.config_type <>");
      where.append(" 'reset_connection'");
    }
    Query query =
        tx.createQuery(
            "SELECT s.*, c.workspace_id, j.connection_id, j.config_type FROM attempt_stream s"
                + " JOIN job j ON j.id = s.job_id JOIN connection c ON c.id = j.connection_id"
                + " WHERE 1 = 1"
                + where
                + " ORDER BY s.job_id DESC, s.number DESC, s.namespace, s.name"
                + " LIMIT :limit OFFSET :offset");
    values.forEach(query::bind);
    return query
        .bind("limit", limit)
        .bind("offset", offset)
        .map(
            (row, context) ->
                new Found(
                    AttemptStore.readStream(row),
                    WorkspaceId.of(row.getString("workspace_id")),
                    ConnectionId.of(row.getString("connection_id")),
                    JobType.of(row.getString("config_type"))))
        .list();
  }

  private static void add(
      StringBuilder where,
      Map<String, Object> values,
      String condition,
      String name,
      @Nullable Object value) {
    if (value != null) {
      where.append(" AND ").append(condition).append(" :").append(name);
      values.put(name, value instanceof Long number ? number : value.toString());
    }
  }
}
