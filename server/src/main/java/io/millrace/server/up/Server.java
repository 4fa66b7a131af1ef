package io.millrace.server.up;

import io.millrace.server.action.ActionEndpoints;
import io.millrace.server.action.ActionPlan;
import io.millrace.server.action.ActionRunner;
import io.millrace.server.action.ActionService;
import io.millrace.server.action.DestinationSql;
import io.millrace.server.action.JobLogReport;
import io.millrace.server.auth.Auth;
import io.millrace.server.auth.AuthSettings;
import io.millrace.server.auth.BindRule;
import io.millrace.server.auth.PasswordFile;
import io.millrace.server.connection.schema.SchemaChangeCheck;
import io.millrace.server.connector.ConnectorRegistry;
import io.millrace.server.connector.Side;
import io.millrace.server.http.HttpServer;
import io.millrace.server.http.Routes;
import io.millrace.server.job.JobStore;
import io.millrace.server.job.JobWaits;
import io.millrace.server.job.Trigger;
import io.millrace.server.job.prepare.AttemptPreparation;
import io.millrace.server.job.prepare.JobLimits;
import io.millrace.server.job.run.JobSettings;
import io.millrace.server.job.run.JobWorkers;
import io.millrace.server.joblog.JobLogAppender;
import io.millrace.server.joblog.JobLogEnds;
import io.millrace.server.joblog.JobLogs;
import io.millrace.server.json.Documents;
import io.millrace.server.log.LogFile;
import io.millrace.server.metrics.HealthEndpoints;
import io.millrace.server.metrics.JobMetrics;
import io.millrace.server.metrics.Metrics;
import io.millrace.server.metrics.StoreMetrics;
import io.millrace.server.notification.JobNotices;
import io.millrace.server.notification.NotificationEndpoints;
import io.millrace.server.notification.Notifications;
import io.millrace.server.output.KnownSecrets;
import io.millrace.server.retention.DiskWatch;
import io.millrace.server.retention.RetentionSettings;
import io.millrace.server.schedule.ScheduleSettings;
import io.millrace.server.schedule.Scheduler;
import io.millrace.server.secret.Keyring;
import io.millrace.server.secret.Secrets;
import io.millrace.server.state.StateFolder;
import io.millrace.server.store.Database;
import io.millrace.server.store.StoreAwayException;
import io.millrace.server.store.StoreLock;
import io.millrace.server.streamstate.StoredSyncStore;
import io.millrace.server.workspace.Installations;
import io.millrace.spi.TransientException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running server: every part, put together by hand, opened in order and closed in reverse. */
public final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final ServerSettings settings;
  private final Clock clock;
  private @Nullable Core core;
  private Routes routes = new Routes();
  private List<Integer> ports = List.of();
  private Optional<String> password = Optional.empty();
  private Optional<String> keyWarning = Optional.empty();

  private Server(ServerSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Starts a server; returns when it answers.
   *
   * @throws io.millrace.spi.ConnectorException when its folder, store or port cannot be had;
   *     nothing is left open
   */
  public static Server start(ServerSettings settings, ConnectorRegistry registry, Clock clock) {
    Server server = new Server(settings, clock);
    try {
      server.open(registry);
      return server;
    } catch (StoreAwayException e) {
      server.close();
      throw new TransientException(
          "store_unreachable", "The server could not start. " + e.getMessage(), e.toString(), e);
    } catch (RuntimeException | Error e) {
      server.close();
      throw e;
    }
  }

  /** Returns the ports it listens on, the first for people. */
  public List<Integer> ports() {
    return ports;
  }

  /** Returns the password that was made at this start, to be shown once; mostly empty. */
  public Optional<String> generatedPassword() {
    return password;
  }

  /** Returns the name of the account of people. */
  public String userName() {
    return AuthSettings.of(settings.environment(), secure()).userName();
  }

  /** Returns what people should know of how it listens; mostly nothing. */
  public List<String> warnings() {
    AuthSettings login = AuthSettings.of(settings.environment(), secure());
    return Stream.of(
            BindRule.warning(settings.http().host(), login),
            HttpServer.warning(settings.http(), clock.instant()),
            keyWarning)
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * A sync that shows a newcomer something.
   *
   * @param job its number
   * @param warehouse the DuckDB file that it fills
   */
  public record Sample(long job, Path warehouse) {}

  /**
   * Gives a new installation a sample connection and starts its sync; nothing where the
   * installation has been used. May be called again when it failed: it goes on where it was.
   *
   * @throws StoreAwayException when the store does not answer
   */
  public Optional<Sample> firstRun() throws InterruptedException {
    return core == null ? Optional.empty() : new FirstRun(core, settings.data()).run();
  }

  /** Tells whether a job has ended. */
  public boolean ended(long job) {
    return core == null
        || core.database
            .read(tx -> new JobStore().find(tx, job))
            .map(one -> one.status().terminal())
            .orElse(true);
  }

  /** Returns every route that it serves. */
  public Routes routes() {
    return routes;
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.atError()
            .addKeyValue("part", part.getClass().getSimpleName())
            .setCause(e)
            .log("close_failed");
      }
    }
  }

  private void open(ConnectorRegistry registry) {
    AuthSettings login = AuthSettings.of(settings.environment(), secure());
    BindRule.check(settings.http().host(), login);
    keep(settings.data().lock());
    KnownSecrets known = new KnownSecrets();
    keep(LogFile.open(settings.data().logs(), "server", known::mask));
    RetentionSettings bounds = RetentionSettings.of(settings.environment());
    JobLogs logs = keep(new JobLogs(settings.data().jobLogs(), bounds.logs()));
    keep(JobLogAppender.attach(logs, known::mask));
    keep(StoreLock.shared(settings.database()));
    Database database = keep(Database.open(settings.database()));
    Secrets secrets = secrets(database, known);
    new Installations().open(database, clock);
    Core core = new Core(settings, database, secrets, registry, clock);
    core.sealWebhooks();
    Upkeep upkeep = keep(new Upkeep(settings, bounds, core, logs));
    Auth auth = auth(core, secrets, login);
    password = auth.generatedPassword();
    SchemaChangeCheck schemas = core.schemas();
    Scheduler scheduler = keep(scheduler(core));
    JobSettings jobs =
        JobSettings.of(settings.data().id(), settings.data().temporary(), settings.environment());
    JobWorkers workers = keep(workers(core, jobs, schemas, upkeep.disk()));
    JobWaits waits = new JobWaits(core.running, jobs.parallelMax(), upkeep.disk()::problem, clock);
    Metrics metrics = keep(metrics(core));
    upkeep.with(metrics);
    Notifications notifications = keep(notifications(core));
    upkeep.alert(notifications);
    listen(core, logs, scheduler, notifications, metrics);
    ActionRunner actions = keep(actions(core, logs));
    core.jobListeners.add(new ActionWatch(actions));
    core.jobListeners.addToEnds(new ActionPlan(core.seal, clock));
    ServerRoutes all =
        new ServerRoutes(core)
            .stored(settings, auth, login.required(), schemas)
            .jobs(logs, waits, scheduler);
    routes = all.all();
    upkeep.addTo(routes);
    new ActionEndpoints(new ActionService(database, core.seal, core.audit, clock)).add(routes);
    new NotificationEndpoints(notifications, clock).addTo(routes);
    health(core, metrics, upkeep.disk()).addTo(routes);
    HttpServer http = keep(HttpServer.start(settings.http(), auth.gatekeeper(), routes));
    ports = http.ports();
    upkeep.start();
    workers.start();
    scheduler.start();
    actions.start();
    this.core = core;
    LOG.atInfo()
        .addKeyValue("ports", ports)
        .addKeyValue("connectors", registry.all().size())
        .log("server_started");
  }

  private Auth auth(Core core, Secrets secrets, AuthSettings login) {
    return Auth.open(
        core.database,
        secrets,
        core.audit,
        login,
        PasswordFile.in(settings.data().root()),
        () -> organizationEmail(core.database),
        clock);
  }

  private void listen(
      Core core, JobLogs logs, Scheduler scheduler, Notifications notifications, Metrics metrics) {
    core.jobListeners.add(new JobLogEnds(logs));
    core.jobListeners.add(new JobMetrics(metrics));
    JobNotices notices = new JobNotices(notifications, settings.http().publicUrl());
    core.jobListeners.addToEnds(notices);
    core.jobListeners.add(new ScheduleWatch(scheduler));
    core.connectionListeners.add(new ConnectionHistory(core.audit, core.timeline, core.mappers));
    core.connectionListeners.add((tx, before, after, caller) -> tx.afterCommit(scheduler::changed));
    core.connectionListeners.addForStreams(
        (tx, connection, diff, caller) ->
            core.timeline.add(
                tx,
                connection.id().value(),
                "SCHEMA_CONFIG_UPDATE",
                Documents.empty().set("airbyteCatalogDiff", diff),
                caller.name()));
    core.connectionListeners.addForSchemas(new SchemaHistory(core.timeline, notices));
  }

  private ActionRunner actions(Core core, JobLogs logs) {
    return new ActionRunner(
        core.database,
        core.seal,
        (tx, connection) -> core.jobs.startQuietly(tx, connection, Trigger.AFTER).isPresent(),
        new DestinationSql(
            id -> core.actors.endpoint(core.actors.get(Side.DESTINATION, id)), clock),
        new JobLogReport(
            core.database,
            logs,
            (tx, connection, type, summary, job) ->
                core.timeline.add(tx, connection.value(), type, summary, job, null),
            clock),
        clock);
  }

  private Notifications notifications(Core core) {
    return new Notifications(
        MailSettings.notifications(settings.environment()), core.database, core.seal, clock);
  }

  private static HealthEndpoints health(Core core, Metrics metrics, DiskWatch disk) {
    return new HealthEndpoints(
        metrics,
        Map.of(
            "store",
            () -> core.database.healthy() ? Optional.empty() : Optional.of("no answer"),
            "disk",
            disk::problem,
            "threads",
            core.running::problem),
        disk::problem);
  }

  private Scheduler scheduler(Core core) {
    return new Scheduler(
        core.database,
        (connection, newest) ->
            core.database.write(tx -> core.jobs.startScheduled(tx, connection, newest)).isPresent(),
        ScheduleSettings.of(settings.environment()),
        clock);
  }

  private JobWorkers workers(
      Core core, JobSettings jobs, SchemaChangeCheck schemas, DiskWatch disk) {
    AttemptPreparation preparation =
        new AttemptPreparation(
            core.database,
            core.actors,
            core.checks,
            new StoredCatalogs(core.database, core.catalogs, false),
            schemas,
            core.mappers,
            new JobLimits(jobs.memoryMax(), jobs.parallelMax()));
    return new JobWorkers(
        core.database,
        clock,
        jobs,
        core.transitions,
        preparation,
        (connection, fence) ->
            new StoredSyncStore(
                core.database,
                connection,
                new StateFolder(
                    connection.toString(),
                    settings.data().quarantine().resolve(connection.toString())),
                clock,
                fence),
        core.running,
        core.bell,
        core.jobListeners,
        disk::open);
  }

  private Metrics metrics(Core core) {
    Metrics metrics = new Metrics();
    metrics.activeJobs(core.running::count);
    StoreMetrics.addTo(
        metrics, core.database, ScheduleSettings.of(settings.environment()), core.clock);
    return metrics;
  }

  private Secrets secrets(Database database, KnownSecrets known) {
    Path root = settings.data().root();
    keyWarning = Keyring.guardFile(root);
    keyWarning.ifPresent(text -> LOG.atWarn().addKeyValue("why", text).log("key_file_was_open"));
    database.change(tx -> Keyring.refuseLost(root, settings.environment(), tx));
    return new Secrets(Keyring.load(root, settings.environment()), known::add);
  }

  private boolean secure() {
    return settings.http().tls() != null
        || (settings.http().publicUrl() != null
            && "https".equals(settings.http().publicUrl().getScheme()));
  }

  private static Optional<String> organizationEmail(Database database) {
    String email = database.read(tx -> new Installations().read(tx)).email();
    return email.isBlank() ? Optional.empty() : Optional.of(email);
  }

  private <T extends AutoCloseable> T keep(T part) {
    parts.push(part);
    return part;
  }
}
