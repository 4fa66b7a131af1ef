package io.millrace.server.job.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Fault;
import io.millrace.server.http.Method;
import io.millrace.server.http.PublicPage;
import io.millrace.server.http.Query;
import io.millrace.server.http.Routes;
import io.millrace.server.http.Times;
import io.millrace.server.job.Job;
import io.millrace.server.job.JobConfig;
import io.millrace.server.job.JobListing;
import io.millrace.server.job.JobSearch;
import io.millrace.server.job.JobStatus;
import io.millrace.server.job.JobType;
import io.millrace.server.job.JobView;
import io.millrace.server.job.Jobs;
import io.millrace.server.job.Stats;
import io.millrace.server.job.Trigger;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import io.millrace.server.workspace.WorkspaceId;
import io.millrace.server.workspace.WorkspaceStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** The public API's jobs. */
public final class PublicJobEndpoints {
  /** The public names of what a job is for. */
  private enum PublicType {
    SYNC(JobType.SYNC),
    RESET(JobType.RESET_CONNECTION),
    REFRESH(JobType.REFRESH),
    CLEAR(JobType.RESET_CONNECTION);

    private final JobType type;

    PublicType(JobType type) {
      this.type = type;
    }
  }

  private final Database database;
  private final WorkspaceStore workspaces = new WorkspaceStore();
  private final Jobs jobs;
  private final Clock clock;
  private final JobListing listing = new JobListing();

  /** Makes the endpoints. */
  public PublicJobEndpoints(Database database, Jobs jobs, Clock clock) {
    this.database = database;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** Adds the routes. */
  public void add(Routes routes) {
    routes
        .resource(Access.READ, Method.GET, "/jobs", this::list)
        .resource(Access.EDIT, Method.POST, "/jobs", this::create)
        .resource(Access.READ, Method.GET, "/jobs/{jobId}", this::get)
        .resource(Access.EDIT, Method.DELETE, "/jobs/{jobId}", this::cancel);
  }

  private Answer create(Call call) {
    Body body = call.body();
    ConnectionId connection = new ConnectionId(body.id("connectionId"));
    PublicType type = body.choice("jobType", PublicType.class);
    body.check();
    if (type == PublicType.REFRESH) {
      throw new ApiException(Fault.UNPROCESSABLE, "Refreshes are not supported in the public API");
    }
    JobConfig config = JobConfig.of(Trigger.MANUAL, call.caller().name());
    JobView view =
        database.write(tx -> JobView.of(tx, jobs.start(tx, connection, type.type, config)));
    return Answer.ok(json(view));
  }

  private Answer get(Call call) {
    long id = call.pathNumber("jobId");
    return Answer.ok(json(database.read(tx -> JobViews.view(tx, id))));
  }

  private Answer cancel(Call call) throws InterruptedException {
    long id = call.pathNumber("jobId");
    jobs.cancel(id);
    return Answer.ok(json(database.read(tx -> JobViews.view(tx, id))));
  }

  private Answer list(Call call) {
    Query query = call.parameters();
    PublicPage page = PublicPage.of(query);
    JobSearch search = search(query, page.fetch(), page.offset());
    query.check();
    List<JobView> found =
        database.read(
            tx -> {
              workspaces.refuseUnknown(tx, search.workspaces(), true);
              return JobView.of(tx, listing.list(tx, search));
            });
    return page.answer(call, found.stream().map(this::json).toList());
  }

  private static JobSearch search(Query query, int limit, int offset) {
    List<UUID> connection = query.ids("connectionId");
    Sorting sorting =
        query
            .one(
                "orderBy",
                "createdAt|ASC, createdAt|DESC, updatedAt|ASC or updatedAt|DESC",
                Sorting::of)
            .orElse(Sorting.OLDEST_FIRST);
    return new JobSearch(
        query.ids("workspaceIds").stream().map(WorkspaceId::new).toList(),
        connection.isEmpty() ? null : new ConnectionId(connection.getFirst()),
        query.each("jobType", "sync, reset, refresh or clear", PublicJobEndpoints::type),
        query.each(
            "status",
            "pending, running, incomplete, failed, succeeded or cancelled",
            JobStatus::ofRequest),
        new JobSearch.Range(
            query.instantOrNull("createdAtStart"), query.instantOrNull("createdAtEnd")),
        new JobSearch.Range(
            query.instantOrNull("updatedAtStart"), query.instantOrNull("updatedAtEnd")),
        sorting.by(),
        sorting.ascending(),
        limit,
        offset);
  }

  /** What {@code orderBy} asks for. */
  private record Sorting(JobSearch.Order by, boolean ascending) {
    private static final Sorting OLDEST_FIRST = new Sorting(JobSearch.Order.CREATED_AT, true);

    private static Optional<Sorting> of(String text) {
      return switch (text.strip().toLowerCase(Locale.ROOT)) {
        case "createdat|asc" -> Optional.of(OLDEST_FIRST);
        case "createdat|desc" -> Optional.of(new Sorting(JobSearch.Order.CREATED_AT, false));
        case "updatedat|asc" -> Optional.of(new Sorting(JobSearch.Order.UPDATED_AT, true));
        case "updatedat|desc" -> Optional.of(new Sorting(JobSearch.Order.UPDATED_AT, false));
        default -> Optional.empty();
      };
    }
  }

  private static Optional<JobType> type(String text) {
    return Arrays.stream(PublicType.values())
        .filter(one -> one.name().equalsIgnoreCase(text))
        .findFirst()
        .map(one -> one.type);
  }

  private ObjectNode json(JobView view) {
    Job job = view.job();
    Instant started = Objects.requireNonNullElse(job.startedAt(), job.createdAt());
    Stats total = view.total();
    ObjectNode json =
        Documents.empty()
            .put("jobId", job.id())
            .put("status", job.status().label())
            .put("jobType", job.type() == JobType.RESET_CONNECTION ? "reset" : job.type().label())
            .put("startTime", Times.iso(started))
            .put("connectionId", job.connection().toString());
    if (job.status().terminal()) {
      json.put("lastUpdatedAt", Times.iso(job.updatedAt()));
    }
    if (job.status() != JobStatus.PENDING) {
      Instant end = job.status().terminal() ? job.updatedAt() : clock.instant();
      json.put("duration", Times.iso(Duration.between(started, end)));
    }
    return json.put("bytesSynced", total.bytesCommitted())
        .put("rowsSynced", total.recordsCommitted());
  }
}
