package io.millrace.server.job.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Routes;
import io.millrace.server.job.AttemptStream;
import io.millrace.server.job.JobType;
import io.millrace.server.job.StreamRunState;
import io.millrace.server.job.StreamStatusSearch;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import io.millrace.server.workspace.WorkspaceId;
import io.millrace.server.workspace.WorkspaceStore;
import io.millrace.spi.StreamName;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What attempts did with streams, in the API's words. */
public final class StreamStatusEndpoints {
  private enum StatusJobType {
    SYNC,
    RESET
  }

  private record Kind(StreamName stream, String runState) {}

  private static final int PAGE = 100;
  private static final int PAGE_MAX = 10_000;

  /** The newest statuses of each stream and state lie within so many rows. */
  private static final int LATEST_LOOKED_AT = 50_000;

  private final Database database;
  private final WorkspaceStore workspaces = new WorkspaceStore();

  /** Makes the endpoints over a store. */
  public StreamStatusEndpoints(Database database) {
    this.database = database;
  }

  /** Adds the routes. */
  public void add(Routes routes) {
    routes
        .config(Access.READ, "/stream_statuses/list", this::list)
        .config(Access.READ, "/stream_statuses/latest_per_run_state", this::latest);
  }

  private Answer list(Call call) {
    Body body = call.body();
    UUID workspace = body.id("workspaceId");
    @Nullable UUID connection = body.idOrNull("connectionId");
    @Nullable Long job = body.numericIdOrNull("jobId");
    @Nullable Long attempt = body.numberOrNull("attemptNumber");
    @Nullable StatusJobType type = body.choiceOrNull("jobType", StatusJobType.class);
    @Nullable Body paging = body.objectOrNull("pagination");
    int size = paging == null ? PAGE : paging.number("pageSize", PAGE, 1, PAGE_MAX);
    int offset = paging == null ? 0 : paging.number("rowOffset", 0, 0, Integer.MAX_VALUE);
    StreamStatusSearch search =
        new StreamStatusSearch(
            new WorkspaceId(workspace),
            connection == null ? null : new ConnectionId(connection),
            job,
            attempt,
            type == null ? null : type == StatusJobType.RESET,
            body.textOrNull("streamName"),
            body.textOrNull("streamNamespace"),
            null);
    body.check();
    return Answer.ok(
        written(
            database.read(
                tx -> {
                  workspaces.refuseUnknown(tx, List.of(new WorkspaceId(workspace)), true);
                  return search.list(tx, size, offset);
                })));
  }

  private Answer latest(Call call) {
    Body body = call.body();
    ConnectionId connection = new ConnectionId(body.id("connectionId"));
    body.check();
    List<StreamStatusSearch.Found> all =
        database.read(
            tx -> {
              JobViews.connection(tx, connection);
              return StreamStatusSearch.of(connection, null).list(tx, LATEST_LOOKED_AT, 0);
            });
    Set<Kind> seen = new HashSet<>();
    return Answer.ok(
        written(
            all.stream()
                .filter(one -> seen.add(new Kind(one.stream().stream(), runState(one))))
                .toList()));
  }

  private static ObjectNode written(List<StreamStatusSearch.Found> found) {
    ObjectNode answer = Documents.empty();
    ArrayNode statuses = answer.putArray("streamStatuses");
    found.forEach(one -> statuses.add(json(one)));
    return answer;
  }

  private static ObjectNode json(StreamStatusSearch.Found found) {
    AttemptStream stream = found.stream();
    ObjectNode json = Documents.empty();
    json.put("id", id(stream).toString())
        .put("workspaceId", found.workspace().toString())
        .put("connectionId", found.connection().toString())
        .put("jobId", stream.job())
        .put("attemptNumber", stream.attempt())
        .put("jobType", found.type() == JobType.RESET_CONNECTION ? "RESET" : "SYNC");
    json.setAll(JobJson.named(stream));
    json.put("runState", runState(found));
    switch (stream.state()) {
      case RUNNING, COMPLETE -> {}
      case INCOMPLETE -> json.put("incompleteRunCause", "FAILED");
      case CANCELLED -> json.put("incompleteRunCause", "CANCELED");
    }
    return json.put("transitionedAt", stream.transitionedAt().toEpochMilli());
  }

  private static String runState(StreamStatusSearch.Found found) {
    StreamRunState state = found.stream().state();
    return switch (state) {
      case RUNNING, COMPLETE, INCOMPLETE -> state.name();
      case CANCELLED -> StreamRunState.INCOMPLETE.name();
    };
  }

  /** The same stream of the same attempt always has the same id. */
  private static UUID id(AttemptStream stream) {
    String key = stream.job() + "/" + stream.attempt() + "/" + stream.stream();
    return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
  }
}
