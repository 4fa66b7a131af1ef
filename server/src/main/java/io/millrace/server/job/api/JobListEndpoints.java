package io.millrace.server.job.api;

import com.fasterxml.jackson.databind.JsonNode;
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
import io.millrace.server.workspace.WorkspaceStore;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The Config API's lists of jobs. */
public final class JobListEndpoints {
  /** The names of {@code orderByField}. */
  private enum OrderField {
    CREATEDAT,
    UPDATEDAT
  }

  /** The names of {@code configTypes}. */
  private enum ConfigType {
    SYNC(JobType.SYNC),
    RESET_CONNECTION(JobType.RESET_CONNECTION),
    CLEAR(JobType.RESET_CONNECTION),
    REFRESH(JobType.REFRESH),
    CHECK_CONNECTION_SOURCE(null),
    CHECK_CONNECTION_DESTINATION(null),
    DISCOVER_SCHEMA(null),
    GET_SPEC(null);

    /** Null for jobs that are never stored: checks and discovers answer at once. */
    private final @Nullable JobType stored;

    ConfigType(@Nullable JobType stored) {
      this.stored = stored;
    }
  }

  private enum Direction {
    ASC,
    DESC
  }

  private static final int PAGE = 200;
  private static final int PAGE_MAX = 10_000;

  private static final String CONFIG_TYPES = "configTypes";

  private final Database database;
  private final WorkspaceStore known = new WorkspaceStore();
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
    @Nullable Long including = body.numericIdOrNull("includingJobId");
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
          known.refuseUnknown(tx, workspaces, true);
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
    List<ConfigType> asked =
        body.each(
            CONFIG_TYPES, "sync, reset_connection, refresh or clear", JobListEndpoints::configType);
    JsonNode given = body.json(CONFIG_TYPES);
    if (given == null) {
      body.wrong(CONFIG_TYPES, "a list with at least one type, such as sync");
    } else if (given.isArray() && given.isEmpty()) {
      body.wrong(CONFIG_TYPES, "at least one type, such as sync");
    }
    List<JobType> types = new ArrayList<>();
    for (ConfigType one : asked) {
      if (one.stored != null) {
        types.add(one.stored);
      }
    }
    return types.isEmpty() ? null : types;
  }

  private static @Nullable ConfigType configType(String text) {
    for (ConfigType one : ConfigType.values()) {
      if (one.name().equalsIgnoreCase(text)) {
        return one;
      }
    }
    return null;
  }

  private static List<JobStatus> statuses(Body body) {
    return body.each(
        "statuses",
        "pending, running, incomplete, failed, succeeded or cancelled",
        text -> JobStatus.ofRequest(text).orElse(null));
  }
}
