package io.millrace.server.job.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionStatus;
import io.millrace.server.connection.ScheduleJson;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Routes;
import io.millrace.server.job.AttemptLogs;
import io.millrace.server.job.AttemptStream;
import io.millrace.server.job.ConnectionSyncStatus;
import io.millrace.server.job.FailureReason;
import io.millrace.server.job.Job;
import io.millrace.server.job.JobStatus;
import io.millrace.server.job.JobStore;
import io.millrace.server.job.JobType;
import io.millrace.server.job.JobView;
import io.millrace.server.job.JobWaits;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** How connections are doing: {@code connections/status} and {@code sync_progress}. */
public final class StatusEndpoints {
  /** Tells when a connection runs next by itself. */
  @FunctionalInterface
  public interface NextRuns {
    /** Returns when, or null where nothing is scheduled. */
    @Nullable Instant next(Connection connection);
  }

  private static final int IDS_MAX = 1_000;

  /** The last success lies within so many jobs, or is not told. */
  private static final int ENDED_JOBS = 50;

  private final Database database;
  private final JobJson json;
  private final NextRuns nextRuns;
  private final JobStore jobs = new JobStore();

  /** Makes the endpoints. */
  public StatusEndpoints(Database database, JobWaits waits, NextRuns nextRuns) {
    this.database = database;
    this.json = new JobJson(AttemptLogs.NONE, waits);
    this.nextRuns = nextRuns;
  }

  /** Adds the routes. */
  public void add(Routes routes) {
    routes
        .config(Access.READ, "/connections/status", this::status)
        .config(Access.READ, "/connections/sync_progress", this::progress);
  }

  private Answer status(Call call) {
    Body body = call.body();
    List<UUID> ids = body.ids("connectionIds");
    if (!body.has("connectionIds") || ids.size() > IDS_MAX) {
      body.wrong("connectionIds", "a list of at most " + IDS_MAX + " UUIDs");
    }
    body.check();
    Map<Connection, ObjectNode> statuses = new LinkedHashMap<>();
    database.read(
        tx -> {
          for (UUID id : Set.copyOf(ids)) {
            Connection connection = JobViews.connection(tx, new ConnectionId(id));
            statuses.put(connection, status(tx, connection));
          }
          return statuses;
        });
    Map<UUID, ObjectNode> byId = new HashMap<>();
    // Outside the transaction: the schedule may have to read the store, too.
    statuses.forEach(
        (connection, status) -> byId.put(connection.id().value(), withNext(connection, status)));
    ArrayNode answer = Documents.MAPPER.createArrayNode();
    ids.forEach(id -> answer.add(byId.get(id)));
    return Answer.ok(answer);
  }

  private ObjectNode withNext(Connection connection, ObjectNode status) {
    @Nullable Instant next = nextRuns.next(connection);
    return next == null
        ? status
        : status.put("nextSync", next.getEpochSecond()).put("nextSyncAt", next.getEpochSecond());
  }

  private ObjectNode status(Handle tx, Connection connection) {
    ConnectionId id = connection.id();
    @Nullable Job open = jobs.open(tx, id).orElse(null);
    List<Job> ended = jobs.ended(tx, id, ENDED_JOBS);
    @Nullable JobView last = ended.isEmpty() ? null : JobView.of(tx, ended.getFirst());
    @Nullable FailureReason failure = failureOf(last);
    boolean configFailure = failure != null && failure.type() == FailureReason.Type.CONFIG;
    ConnectionSyncStatus status =
        ConnectionSyncStatus.of(
            open,
            ended,
            configFailure,
            connection.breakingChange(),
            connection.status() == ConnectionStatus.ACTIVE);
    ObjectNode answer =
        Documents.empty()
            .put("connectionId", id.toString())
            .put("isRunning", open != null && open.status() == JobStatus.RUNNING)
            .put("connectionSyncStatus", status.label());
    ObjectNode schedule = ScheduleJson.data(connection.schedule());
    if (!schedule.isEmpty()) {
      answer.set("scheduleData", schedule);
    }
    if (open != null) {
      answer.set("activeJob", json.job(JobView.of(tx, open)));
    }
    ended.stream()
        .filter(
            job -> job.status() == JobStatus.SUCCEEDED && job.type() != JobType.RESET_CONNECTION)
        .findFirst()
        .ifPresent(job -> answer.put("lastSuccessfulSync", job.updatedAt().getEpochSecond()));
    if (last != null) {
      answer
          .put("lastSyncJobId", last.job().id())
          .put("lastSyncJobCreatedAt", last.job().createdAt().getEpochSecond())
          .put("lastSyncJobStatus", last.job().status().label())
          .put("isLastCompletedJobReset", last.job().type() == JobType.RESET_CONNECTION);
      if (!last.attempts().isEmpty()) {
        answer.put("lastSyncAttemptNumber", last.attempts().getLast().number());
      }
    }
    if (failure != null) {
      answer.set("failureReason", failure.json());
    }
    return answer;
  }

  private static @Nullable FailureReason failureOf(@Nullable JobView last) {
    if (last == null || last.job().status() != JobStatus.FAILED || last.attempts().isEmpty()) {
      return null;
    }
    List<FailureReason> failures = last.attempts().getLast().failures();
    return failures.isEmpty() ? null : failures.getFirst();
  }

  private Answer progress(Call call) {
    Body body = call.body();
    ConnectionId id = new ConnectionId(body.id("connectionId"));
    body.check();
    ObjectNode json =
        Documents.empty()
            .put("connectionId", id.toString())
            .put("configType", JobType.SYNC.label());
    ArrayNode streams = json.putArray("streams");
    database.read(
        tx -> {
          JobViews.connection(tx, id);
          jobs.open(tx, id).ifPresent(job -> progress(JobView.of(tx, job), json, streams));
          return json;
        });
    return Answer.ok(json);
  }

  private static void progress(JobView view, ObjectNode json, ArrayNode streams) {
    Job job = view.job();
    Instant started = job.startedAt() == null ? job.createdAt() : job.startedAt();
    json.put("jobId", job.id())
        .put("syncStartedAt", started.getEpochSecond())
        .put("configType", job.type().label());
    JobJson.aggregated(json, view.total());
    for (AttemptStream stream : view.latest()) {
      ObjectNode one = JobJson.aggregated(JobJson.named(stream), stream.whole());
      one.put("configType", job.type().label());
      one.set("evidence", stream.evidence());
      streams.add(one);
    }
  }
}
