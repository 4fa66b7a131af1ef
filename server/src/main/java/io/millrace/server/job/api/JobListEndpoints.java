package io.millrace.server.job.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.Api;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Method;
import io.millrace.server.http.Routes;
import io.millrace.server.http.Times;
import io.millrace.server.job.AttemptLogs;
import io.millrace.server.job.Job;
import io.millrace.server.job.JobListing;
import io.millrace.server.job.JobSearch;
import io.millrace.server.job.JobStatus;
import io.millrace.server.job.JobType;
import io.millrace.server.job.JobView;
import io.millrace.server.job.JobWaits;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import io.millrace.server.workspace.WorkspaceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The Config API's lists of jobs. */
public final class JobListEndpoints {
  /** The names of {@code orderByField}. */
  private enum OrderField {
    CREATEDAT,
    UPDATEDAT
  }

  private enum Direction {
    ASC,
    DESC
  }

  private static final int PAGE = 200;
  private static final int PAGE_MAX = 10_000;

  /** Types of jobs that are never stored: checks and discovers answer at once. */
  private static final Set<String> WITHOUT_ROWS =
      Set.of(
          "check_connection_source", "check_connection_destination", "discover_schema", "get_spec");

  private final Database database;
  private final JobJson json;
  private final JobListing listing = new JobListing();

  /** Makes the endpoints over a store. */
  public JobListEndpoints(Database database, JobWaits waits) {
    this.database = database;
    this.json = new JobJson(AttemptLogs.NONE, waits);
  }

  /** Adds the routes. */
  public void add(Routes routes) {
    routes
        .config(Access.READ, "/jobs/list", this::list)
        .at(Api.CONFIG, Access.READ, Method.GET, "/api/v1/jobs/list", this::list)
        .config(Access.READ, "/jobs/list_for_workspaces", this::listForWorkspaces);
  }

  private Answer list(Call call) {
    Body body = call.body();
    @Nullable UUID connection = body.idOrNull("configId");
    @Nullable Long including = body.numberOrNull("includingJobId");
    return answer(body, List.of(), connection, including);
  }

  private Answer listForWorkspaces(Call call) {
    Body body = call.body();
    List<WorkspaceId> workspaces = body.ids("workspaceIds").stream().map(WorkspaceId::new).toList();
    return answer(body, workspaces, body.idOrNull("configId"), null);
  }

  private Answer answer(
      Body body,
      List<WorkspaceId> workspaces,
      @Nullable UUID connection,
      @Nullable Long including) {
    @Nullable List<JobType> types = types(body);
    JobSearch search = search(body, workspaces, connection, types == null ? List.of() : types);
    body.check();
    if (types == null) {
      return Answer.ok(written(List.of(), 0));
    }
    return database.read(
        tx -> {
          JobSearch page = search;
          if (including != null) {
            long before = listing.before(tx, search, including);
            int wanted = (int) Math.min(PAGE_MAX, before + 1 - search.offset());
            page = search.page(Math.max(search.limit(), wanted), search.offset());
          }
          List<Job> found = listing.list(tx, page);
          return Answer.ok(written(JobView.of(tx, found), listing.count(tx, search)));
        });
  }

  private ObjectNode written(List<JobView> views, long total) {
    ObjectNode answer = Documents.empty();
    ArrayNode jobs = answer.putArray("jobs");
    views.forEach(view -> jobs.add(json.withAttempts(view)));
    return answer.put("totalJobCount", total);
  }

  private static JobSearch search(
      Body body, List<WorkspaceId> workspaces, @Nullable UUID connection, List<JobType> types) {
    @Nullable Body paging = body.objectOrNull("pagination");
    OrderField field = body.choice("orderByField", OrderField.CREATEDAT);
    return new JobSearch(
        workspaces,
        connection == null ? null : new ConnectionId(connection),
        types,
        statuses(body),
        new JobSearch.Range(
            Times.instantOrNull(body, "createdAtStart"), Times.instantOrNull(body, "createdAtEnd")),
        new JobSearch.Range(
            Times.instantOrNull(body, "updatedAtStart"), Times.instantOrNull(body, "updatedAtEnd")),
        field == OrderField.CREATEDAT ? JobSearch.Order.CREATED_AT : JobSearch.Order.UPDATED_AT,
        body.choice("orderByMethod", Direction.DESC) == Direction.ASC,
        paging == null ? PAGE : paging.number("pageSize", PAGE, 1, PAGE_MAX),
        paging == null ? 0 : paging.number("rowOffset", 0, 0, Integer.MAX_VALUE));
  }

  /** Returns the types asked for; null when every one of them is of jobs that have no rows. */
  private static @Nullable List<JobType> types(Body body) {
    List<JobType> types = new ArrayList<>();
    List<String> asked = body.texts("configTypes");
    for (String one : asked) {
      String name = one.toLowerCase(Locale.ROOT);
      switch (name) {
        case "sync" -> types.add(JobType.SYNC);
        case "reset_connection", "clear" -> types.add(JobType.RESET_CONNECTION);
        case "refresh" -> types.add(JobType.REFRESH);
        default -> {
          if (!WITHOUT_ROWS.contains(name)) {
            body.wrong("configTypes", "types of jobs: sync, reset_connection, refresh, clear");
          }
        }
      }
    }
    if (asked.isEmpty() && !body.has("configTypes")) {
      body.wrong("configTypes", "a list with at least one type, such as sync");
    } else if (asked.isEmpty()) {
      body.wrong("configTypes", "at least one type, such as sync");
    }
    return types.isEmpty() ? null : types;
  }

  private static List<JobStatus> statuses(Body body) {
    List<JobStatus> statuses = new ArrayList<>();
    for (String one : body.texts("statuses")) {
      // Clients know a status for jobs that wait elsewhere; here they are pending.
      String name = one.equalsIgnoreCase("queued") ? "pending" : one.toLowerCase(Locale.ROOT);
      List<JobStatus> match =
          List.of(JobStatus.values()).stream().filter(s -> s.label().equals(name)).toList();
      if (match.isEmpty()) {
        body.wrong(
            "statuses", "statuses: pending, running, incomplete, failed, succeeded, cancelled");
      }
      statuses.addAll(match);
    }
    return statuses;
  }
}
