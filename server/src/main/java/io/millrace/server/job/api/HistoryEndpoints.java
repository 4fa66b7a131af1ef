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
import io.millrace.server.job.Job;
import io.millrace.server.job.JobListing;
import io.millrace.server.job.JobSearch;
import io.millrace.server.job.JobStatus;
import io.millrace.server.job.JobType;
import io.millrace.server.job.JobView;
import io.millrace.server.job.Stats;
import io.millrace.server.job.StreamRunState;
import io.millrace.server.job.StreamStatusSearch;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import io.millrace.spi.StreamName;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What connections did over time: the figures behind charts. */
public final class HistoryEndpoints {
  private record Day(LocalDate date, StreamName stream) implements Comparable<Day> {
    @Override
    public int compareTo(Day other) {
      int byDate = date.compareTo(other.date);
      return byDate != 0 ? byDate : stream.compareTo(other.stream);
    }
  }

  private static final int JOBS = 8;
  private static final int JOBS_MAX = 200;
  private static final Duration HISTORY = Duration.ofDays(30);
  private static final int ROWS_MAX = 100_000;

  private final Database database;
  private final Clock clock;
  private final JobListing listing = new JobListing();

  /** Makes the endpoints. */
  public HistoryEndpoints(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Adds the routes. */
  public void add(Routes routes) {
    routes
        .config(Access.READ, "/connections/history/data", call -> jobs(call, false))
        .config(Access.READ, "/connections/history/uptime", call -> jobs(call, true))
        .config(Access.READ, "/connections/stream_history", this::streamHistory)
        .config(Access.READ, "/connections/last_job_per_stream", this::lastJobPerStream);
  }

  /** The ended jobs of a connection, oldest first, each with its counts. */
  private Answer jobs(Call call, boolean withStreams) {
    Body body = call.body();
    ConnectionId connection = new ConnectionId(body.id("connectionId"));
    zone(body);
    int count = body.number("numberOfJobs", JOBS, 1, JOBS_MAX);
    body.check();
    List<JobView> views = ended(connection, count);
    ArrayNode answer = Documents.MAPPER.createArrayNode();
    for (JobView view : views.reversed()) {
      ObjectNode json = json(view);
      if (withStreams) {
        ArrayNode streams = json.putArray("streamStatuses");
        for (AttemptStream stream : view.latest()) {
          streams.add(JobJson.named(stream).put("status", status(stream.state()).label()));
        }
      }
      answer.add(json);
    }
    return Answer.ok(answer);
  }

  private List<JobView> ended(ConnectionId connection, int count) {
    JobSearch search =
        new JobSearch(
            List.of(),
            connection,
            List.of(JobType.SYNC, JobType.REFRESH),
            List.of(JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.CANCELLED),
            new JobSearch.Range(null, null),
            new JobSearch.Range(null, null),
            JobSearch.Order.CREATED_AT,
            false,
            count,
            0);
    return database.read(
        tx -> {
          JobViews.connection(tx, connection);
          return JobView.of(tx, listing.list(tx, search));
        });
  }

  /** The API tells of a stream here in the words for jobs. */
  private static JobStatus status(StreamRunState state) {
    return switch (state) {
      case RUNNING -> JobStatus.RUNNING;
      case COMPLETE -> JobStatus.SUCCEEDED;
      case INCOMPLETE -> JobStatus.FAILED;
      case CANCELLED -> JobStatus.CANCELLED;
    };
  }

  private static ObjectNode json(JobView view) {
    Job job = view.job();
    Instant started = Objects.requireNonNullElse(job.startedAt(), job.createdAt());
    ObjectNode json =
        Documents.empty()
            .put("jobId", job.id())
            .put("configType", job.type().label())
            .put("timestamp", job.createdAt().getEpochSecond())
            .put("jobCreatedAt", job.createdAt().getEpochSecond())
            .put("jobUpdatedAt", job.updatedAt().getEpochSecond())
            .put("jobStatus", job.status().label())
            .put("durationSeconds", Duration.between(started, job.updatedAt()).toSeconds());
    return JobJson.aggregated(json, view.total());
  }

  /** Rows per stream and day, over the last month. */
  private Answer streamHistory(Call call) {
    Body body = call.body();
    ConnectionId connection = new ConnectionId(body.id("connectionId"));
    ZoneId zone = zone(body);
    body.check();
    Instant since = clock.instant().minus(HISTORY);
    List<StreamStatusSearch.Found> rows =
        database.read(
            tx -> {
              JobViews.connection(tx, connection);
              return StreamStatusSearch.of(connection, since).list(tx, ROWS_MAX, 0);
            });
    Map<Day, Stats> days = new TreeMap<>();
    for (StreamStatusSearch.Found row : rows) {
      LocalDate date = LocalDate.ofInstant(row.stream().transitionedAt(), zone);
      days.merge(new Day(date, row.stream().stream()), row.stream().own(), Stats::plus);
    }
    ArrayNode answer = Documents.MAPPER.createArrayNode();
    days.forEach(
        (day, stats) -> {
          ObjectNode one =
              answer
                  .addObject()
                  .put("timestamp", day.date().atStartOfDay(zone).toEpochSecond())
                  .put("streamName", day.stream().name());
          if (day.stream().namespace() != null) {
            one.put("streamNamespace", day.stream().namespace());
          }
          one.put("recordsCommitted", stats.recordsCommitted())
              .put("bytesCommitted", stats.bytesCommitted());
        });
    return Answer.ok(answer);
  }

  private Answer lastJobPerStream(Call call) {
    Body body = call.body();
    ConnectionId connection = new ConnectionId(body.id("connectionId"));
    body.check();
    Map<StreamName, StreamStatusSearch.Found> latest = new TreeMap<>();
    Map<Long, Job> jobs = new HashMap<>();
    database.read(
        tx -> {
          JobViews.connection(tx, connection);
          for (StreamStatusSearch.Found one :
              StreamStatusSearch.of(connection, null).list(tx, ROWS_MAX, 0)) {
            latest.putIfAbsent(one.stream().stream(), one);
          }
          latest.values().stream()
              .map(one -> one.stream().job())
              .distinct()
              .forEach(id -> jobs.put(id, JobViews.job(tx, id)));
          return latest;
        });
    ArrayNode answer = Documents.MAPPER.createArrayNode();
    for (StreamStatusSearch.Found one : latest.values()) {
      Job job = Objects.requireNonNull(jobs.get(one.stream().job()));
      Instant started = Objects.requireNonNullElse(job.startedAt(), job.createdAt());
      ObjectNode json =
          JobJson.named(one.stream())
              .put("jobId", job.id())
              .put("configType", job.type().label())
              .put("jobStatus", job.status().label())
              .put("startedAt", started.getEpochSecond());
      if (job.status().terminal()) {
        json.put("endedAt", job.updatedAt().getEpochSecond());
      }
      answer.add(
          json.put("recordsCommitted", one.stream().whole().recordsCommitted())
              .put("recordsRejected", one.stream().whole().recordsRejected())
              .put("bytesCommitted", one.stream().whole().bytesCommitted()));
    }
    return Answer.ok(answer);
  }

  private static ZoneId zone(Body body) {
    String text = Objects.requireNonNullElse(body.textOrNull("timezone"), "UTC");
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      body.wrong("timezone", "a time zone such as Europe/Berlin");
      return ZoneId.of("UTC");
    }
  }
}
