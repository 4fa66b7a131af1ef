package io.millrace.server.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.EngineSettings;
import io.millrace.engine.NamespaceRule;
import io.millrace.engine.SchemaChangePolicy;
import io.millrace.engine.StreamOptions;
import io.millrace.engine.StreamPattern;
import io.millrace.engine.StreamSelection;
import io.millrace.engine.SyncSpec;
import io.millrace.engine.mapper.Mapper;
import io.millrace.server.actor.Actor;
import io.millrace.server.actor.ActorId;
import io.millrace.server.actor.ActorStore;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionStatus;
import io.millrace.server.connection.ConnectionStore;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.Schedule;
import io.millrace.server.connector.Side;
import io.millrace.server.event.EventEndpoints;
import io.millrace.server.event.Timeline;
import io.millrace.server.http.Gatekeeper;
import io.millrace.server.http.HttpServer;
import io.millrace.server.http.HttpSettings;
import io.millrace.server.http.Routes;
import io.millrace.server.job.api.HistoryEndpoints;
import io.millrace.server.job.api.JobEndpoints;
import io.millrace.server.job.api.JobListEndpoints;
import io.millrace.server.job.api.PublicJobEndpoints;
import io.millrace.server.job.api.RunEndpoints;
import io.millrace.server.job.api.StatusEndpoints;
import io.millrace.server.job.api.StreamStatusEndpoints;
import io.millrace.server.job.run.JobSettings;
import io.millrace.server.job.run.JobSpecs;
import io.millrace.server.job.run.JobWorkers;
import io.millrace.server.job.run.MemoryWish;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import io.millrace.server.store.DatabaseUrl;
import io.millrace.server.workspace.Workspace;
import io.millrace.server.workspace.WorkspaceId;
import io.millrace.server.workspace.WorkspaceStore;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.Destination;
import io.millrace.spi.Source;
import io.millrace.spi.StreamName;
import io.millrace.spi.SyncMode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A server with jobs alone: store, workers and HTTP; what connections sync is said by the test. */
public final class JobWorld implements AutoCloseable {
  /** An answer. */
  public record Reply(int status, JsonNode json) {}

  private static final Duration WAIT_MAX = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(20);

  /** Retries without a wait. */
  public static final RetryPolicy IMPATIENT =
      new RetryPolicy(5, 10, 1000, 20, 100, Duration.ZERO, Duration.ZERO);

  public final Database database;
  public final Clock clock;
  public final WorkspaceId workspace = WorkspaceId.random();
  public MemorySyncStores stores = new MemorySyncStores();
  public final List<EndedJob> ended = new CopyOnWriteArrayList<>();
  public final List<ConnectionId> disabled = new CopyOnWriteArrayList<>();
  public Function<ConnectorContext, Source> source;
  public Function<ConnectorContext, Destination> destination;
  public SyncMode mode = SyncMode.FULL_REFRESH_OVERWRITE;
  public List<Mapper> mappers = List.of();
  public RetryPolicy retries = IMPATIENT;
  public EngineSettings engine = EngineSettings.DEFAULT;
  public MemoryWish memory = MemoryWish.exactly(64L << 20);
  public JobSettings settings;

  /** Why no job may begin for lack of disk space; null while there is enough. */
  public volatile @Nullable String full;

  /** Makes ready what an attempt syncs. */
  public JobSpecs specs =
      (job, connection, attempt) ->
          new JobSpecs.Prepared.Ready(
              spec(connection), this.engine, this.memory, this.retries, null);

  private final List<StreamName> streams;
  private final Timeline timeline;
  public final RunningJobs running = new RunningJobs();
  private final JobBell bell = new JobBell();
  public final JobListeners listeners = new JobListeners();
  public final JobTransitions transitions;
  public final Jobs jobs;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private @Nullable JobWorkers workers;

  /** Makes a world whose connections sync these streams. */
  public JobWorld(
      DatabaseUrl store,
      Path folder,
      String server,
      Clock clock,
      List<StreamName> streams,
      Function<ConnectorContext, Source> source,
      Function<ConnectorContext, Destination> destination) {
    this.clock = clock;
    this.timeline = new Timeline(clock);
    this.transitions = new JobTransitions(clock, timeline, listeners);
    this.database = Database.open(store);
    this.streams = List.copyOf(streams);
    this.source = source;
    this.destination = destination;
    JobSettings usual = JobSettings.of(server, folder.resolve("temporary"), Map.of());
    this.settings =
        new JobSettings(
            usual.owner(),
            2,
            usual.progressMax(),
            Duration.ofMillis(50),
            usual.cancelMax(),
            usual.stopMax(),
            usual.sweepEvery(),
            Duration.ofMillis(100),
            usual.memoryMax(),
            usual.stuckMax(),
            usual.temporary());
    this.jobs = new Jobs(database, transitions, running, bell, listeners);
    listeners.add(
        new JobListener() {
          @Override
          public void ended(EndedJob job) {
            ended.add(job);
          }

          @Override
          public void disabled(Connection connection) {
            disabled.add(connection.id());
          }
        });
    addWorkspace(workspace);
    this.server =
        HttpServer.start(
            new HttpSettings("127.0.0.1", List.of(0), null, null), Gatekeeper.OPEN, routes());
  }

  private Routes routes() {
    Routes routes = new Routes();
    JobWaits waits =
        new JobWaits(running, settings.parallelMax(), () -> Optional.ofNullable(full), clock);
    JobEndpoints.Definitions definitions =
        new JobEndpoints.Definitions() {
          @Override
          public ObjectNode source(Connection connection) {
            return Documents.empty();
          }

          @Override
          public ObjectNode destination(Connection connection) {
            return Documents.empty();
          }
        };
    new JobEndpoints(database, jobs, AttemptLogs.NONE, waits, definitions, "test").add(routes);
    new JobListEndpoints(database, waits).add(routes);
    new RunEndpoints(database, jobs, AttemptLogs.NONE, waits).add(routes);
    new StatusEndpoints(database, waits, connection -> null).add(routes);
    new StreamStatusEndpoints(database).add(routes);
    new HistoryEndpoints(database, clock).add(routes);
    new PublicJobEndpoints(database, jobs, clock).add(routes);
    new EventEndpoints(database, () -> "me@example.com").add(routes);
    return routes;
  }

  /** Starts workers, as a process does at its start. */
  public void startWorkers() {
    workers =
        new JobWorkers(
            database,
            clock,
            settings,
            transitions,
            (job, connection, attempt) -> specs.prepare(job, connection, attempt),
            stores.fenced(database),
            running,
            bell,
            listeners,
            () -> full == null);
    workers.start();
  }

  /** Makes cancels wait so long for threads that heed no interrupt. */
  public void cancelWithin(Duration max) {
    settings =
        new JobSettings(
            settings.owner(),
            settings.parallelMax(),
            settings.progressMax(),
            settings.reportEvery(),
            max,
            settings.stopMax(),
            settings.sweepEvery(),
            settings.renewEvery(),
            settings.memoryMax(),
            settings.stuckMax(),
            settings.temporary());
  }

  /** Stops the workers, as a process does at SIGTERM. */
  public void stopWorkers() {
    if (workers != null) {
      workers.close();
      workers = null;
    }
  }

  private SyncSpec spec(Connection connection) {
    List<StreamSelection> selections = new ArrayList<>();
    for (StreamName stream : streams) {
      selections.add(new StreamSelection(StreamPattern.exactly(stream), StreamOptions.NONE));
    }
    return new SyncSpec(
        connection.id().toString(),
        context -> source.apply(context),
        context -> destination.apply(context),
        selections,
        new StreamOptions(mode, null, null, null, null).with(mappers),
        new NamespaceRule.OfDestination(),
        "",
        SchemaChangePolicy.PROPAGATE);
  }

  /** Adds a workspace. */
  public void addWorkspace(WorkspaceId id) {
    database.change(
        tx ->
            new WorkspaceStore()
                .insert(
                    tx,
                    new Workspace(
                        id,
                        "w",
                        id.toString(),
                        Documents.empty(),
                        clock.instant(),
                        clock.instant(),
                        null)));
  }

  /** Adds an active connection. */
  public ConnectionId connect() {
    return connect(workspace, ConnectionStatus.ACTIVE);
  }

  /** Adds a connection. */
  public ConnectionId connect(WorkspaceId where, ConnectionStatus status) {
    ConnectionId id = ConnectionId.random();
    ActorId from = ActorId.random();
    ActorId to = ActorId.random();
    database.change(
        tx -> {
          new ActorStore().insert(tx, actor(where, from, Side.SOURCE));
          new ActorStore().insert(tx, actor(where, to, Side.DESTINATION));
          new ConnectionStore()
              .insert(
                  tx,
                  new Connection(
                      id,
                      where,
                      from,
                      to,
                      "shop",
                      status,
                      null,
                      new Schedule.Manual(),
                      "destination",
                      null,
                      "",
                      null,
                      false,
                      Documents.empty(),
                      clock.instant(),
                      clock.instant()),
                  streams.stream()
                      .map(
                          one ->
                              new ConnectionStream(one, true, Documents.empty(), Documents.empty()))
                      .toList());
        });
    return id;
  }

  private Actor actor(WorkspaceId where, ActorId id, Side side) {
    return new Actor(
        id,
        where,
        side,
        UUID.randomUUID(),
        "a",
        Documents.empty(),
        Documents.empty(),
        clock.instant(),
        clock.instant(),
        null);
  }

  /** Starts a sync as somebody who asks for it; returns the job's number. */
  public long sync(ConnectionId connection) {
    return start(connection, JobType.SYNC, JobConfig.of(Trigger.MANUAL, null));
  }

  /** Starts a job; returns its number. */
  public long start(ConnectionId connection, JobType type, JobConfig config) {
    return database.write(tx -> jobs.start(tx, connection, type, config)).id();
  }

  /** Returns everything about a job. */
  public JobView view(long job) {
    return database.read(tx -> JobView.of(tx, new JobStore().find(tx, job).orElseThrow()));
  }

  /** Waits until a job is in one of these statuses. */
  public JobView await(long job, JobStatus... wanted) throws InterruptedException {
    long end = System.nanoTime() + WAIT_MAX.toNanos();
    while (System.nanoTime() < end) {
      JobView view = view(job);
      if (List.of(wanted).contains(view.job().status())) {
        return view;
      }
      Thread.sleep(POLL);
    }
    throw new AssertionError("job " + job + " stays " + view(job));
  }

  /** Waits for a job's end, and until everybody was told. */
  public JobView awaitEnd(long job) throws InterruptedException {
    await(job, JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.CANCELLED);
    long end = System.nanoTime() + WAIT_MAX.toNanos();
    while (running.ids().contains(job) && System.nanoTime() < end) {
      Thread.sleep(POLL);
    }
    return view(job);
  }

  /** Calls the Config API. */
  public Reply config(String path, String body) throws IOException, InterruptedException {
    return send("POST", "/api/v1" + path, body);
  }

  /** Sends a request. */
  public Reply send(String method, String path, @Nullable String body)
      throws IOException, InterruptedException {
    URI uri =
        path.startsWith("http")
            ? URI.create(path)
            : URI.create("http://127.0.0.1:" + server.ports().getFirst() + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (body == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(method, BodyPublishers.ofString(body));
    }
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    JsonNode json =
        response.body().startsWith("{") || response.body().startsWith("[")
            ? Documents.MAPPER.readTree(response.body())
            : Documents.empty();
    return new Reply(response.statusCode(), json);
  }

  @Override
  public void close() {
    stopWorkers();
    server.close();
    client.close();
    database.close();
  }
}
