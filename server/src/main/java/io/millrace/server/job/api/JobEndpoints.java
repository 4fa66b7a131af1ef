package io.millrace.server.job.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Body;
import io.millrace.server.http.Call;
import io.millrace.server.http.Routes;
import io.millrace.server.job.Attempt;
import io.millrace.server.job.AttemptLogs;
import io.millrace.server.job.Job;
import io.millrace.server.job.JobConfig;
import io.millrace.server.job.JobStatus;
import io.millrace.server.job.JobStore;
import io.millrace.server.job.JobType;
import io.millrace.server.job.JobView;
import io.millrace.server.job.JobWaits;
import io.millrace.server.job.Jobs;
import io.millrace.server.job.Trigger;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import java.util.List;
import java.util.Optional;

/** The Config API's calls about jobs and attempts, but for their lists. */
public final class JobEndpoints {
  /** Says what the connectors of a connection are, for {@code get_debug_info}. */
  public interface Definitions {
    /** Returns the API's {@code SourceDefinitionRead}. */
    ObjectNode source(Connection connection);

    /** Returns the API's {@code DestinationDefinitionRead}. */
    ObjectNode destination(Connection connection);
  }

  private static final List<JobStatus> NOT_CANCELLED =
      List.of(
          JobStatus.PENDING,
          JobStatus.RUNNING,
          JobStatus.INCOMPLETE,
          JobStatus.FAILED,
          JobStatus.SUCCEEDED);

  private final Database database;
  private final Jobs jobs;
  private final JobJson json;
  private final Definitions definitions;
  private final String version;
  private final JobStore store = new JobStore();

  /**
   * Makes the endpoints.
   *
   * @param version this program's version
   */
  public JobEndpoints(
      Database database,
      Jobs jobs,
      AttemptLogs logs,
      JobWaits waits,
      Definitions definitions,
      String version) {
    this.database = database;
    this.jobs = jobs;
    this.json = new JobJson(logs, waits);
    this.definitions = definitions;
    this.version = version;
  }

  /** Adds the routes. */
  public void add(Routes routes) {
    routes
        .config(Access.READ, "/jobs/get", call -> Answer.ok(json.info(view(call))))
        .config(
            Access.READ,
            "/jobs/get_without_logs",
            call -> Answer.ok(json.infoWithoutLogs(view(call))))
        .config(Access.READ, "/jobs/get_light", call -> Answer.ok(light(view(call))))
        .config(Access.READ, "/jobs/get_debug_info", this::debug)
        .config(Access.EDIT, "/jobs/cancel", this::cancel)
        .config(Access.EDIT, "/jobs/create", this::create)
        .config(Access.READ, "/jobs/get_last_replication_job", call -> last(call, NOT_CANCELLED))
        .config(
            Access.READ,
            "/jobs/get_last_replication_job_with_cancel",
            call -> last(call, List.of(JobStatus.values())))
        .config(Access.READ, "/attempt/get_for_job", this::attempt)
        .config(Access.READ, "/attempt/get_combined_stats", this::attemptStats);
  }

  private JobView view(Call call) {
    Body body = call.body();
    long id = body.numericId("id");
    body.check();
    return database.read(tx -> JobViews.view(tx, id));
  }

  private ObjectNode light(JobView view) {
    ObjectNode answer = Documents.empty();
    answer.set("job", json.job(view));
    return answer;
  }

  private Answer cancel(Call call) throws InterruptedException {
    Body body = call.body();
    long id = body.numericId("id");
    body.check();
    jobs.cancel(id);
    return Answer.ok(json.info(database.read(tx -> JobViews.view(tx, id))));
  }

  private Answer create(Call call) {
    Body body = call.body();
    ConnectionId connection = new ConnectionId(body.id("connectionId"));
    boolean scheduled = body.flag("isScheduled", false);
    body.check();
    Trigger trigger = scheduled ? Trigger.SCHEDULED : Trigger.MANUAL;
    JobConfig config = JobConfig.of(trigger, call.caller().name());
    JobView view =
        database.write(tx -> JobView.of(tx, jobs.start(tx, connection, JobType.SYNC, config)));
    return Answer.ok(json.info(view));
  }

  private Answer last(Call call, List<JobStatus> statuses) {
    Body body = call.body();
    ConnectionId connection = new ConnectionId(body.id("connectionId"));
    body.check();
    Optional<JobView> last =
        database.read(
            tx -> {
              JobViews.connection(tx, connection);
              Optional<Job> job = store.newest(tx, connection, statuses);
              return job.map(one -> JobView.of(tx, one));
            });
    return Answer.ok(last.map(this::light).orElse(Documents.empty()));
  }

  private Answer debug(Call call) {
    JobView view = view(call);
    Connection connection = database.read(tx -> JobViews.connection(tx, view.job().connection()));
    ObjectNode answer = Documents.empty();
    ObjectNode job = answer.putObject("job");
    job.put("id", view.job().id())
        .put("configType", view.job().type().label())
        .put("configId", view.job().connection().toString())
        .put("status", view.job().status().label())
        .put("airbyteVersion", version);
    job.set("sourceDefinition", definitions.source(connection));
    job.set("destinationDefinition", definitions.destination(connection));
    answer.set("attempts", json.info(view).get("attempts"));
    answer.putObject("workflowState").put("running", view.job().status() == JobStatus.RUNNING);
    return Answer.ok(answer);
  }

  private Answer attempt(Call call) {
    Body body = call.body();
    long id = body.numericId("jobId");
    int number = body.number("attemptNumber", 0, 0, Integer.MAX_VALUE);
    body.check();
    JobView view = database.read(tx -> JobViews.view(tx, id));
    return Answer.ok(json.attemptInfo(view, find(view, number), true));
  }

  private Answer attemptStats(Call call) {
    Body body = call.body();
    long id = body.numericId("jobId");
    int number = body.number("attemptNumber", 0, 0, Integer.MAX_VALUE);
    body.check();
    JobView view = database.read(tx -> JobViews.view(tx, id));
    return Answer.ok(find(view, number).stats().json());
  }

  private static Attempt find(JobView view, int number) {
    return view.attempts().stream()
        .filter(one -> one.number() == number)
        .findFirst()
        .orElseThrow(() -> ApiException.notFound("attempt", view.job().id() + "/" + number));
  }
}
