package io.millrace.server.up;

import io.millrace.server.Version;
import io.millrace.server.actor.ActorId;
import io.millrace.server.actor.Actors;
import io.millrace.server.actor.Checks;
import io.millrace.server.actor.Configurations;
import io.millrace.server.actor.ConnectorCalls;
import io.millrace.server.audit.Audit;
import io.millrace.server.catalog.Catalogs;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionJobs;
import io.millrace.server.connection.ConnectionListeners;
import io.millrace.server.connection.ConnectionRules;
import io.millrace.server.connection.ConnectionService;
import io.millrace.server.connection.mapper.StreamMappers;
import io.millrace.server.connection.schema.SchemaChangeCheck;
import io.millrace.server.connector.ConnectorRegistry;
import io.millrace.server.connector.Definitions;
import io.millrace.server.event.Timeline;
import io.millrace.server.http.Caller;
import io.millrace.server.job.JobBell;
import io.millrace.server.job.JobListeners;
import io.millrace.server.job.JobTransitions;
import io.millrace.server.job.Jobs;
import io.millrace.server.job.RunningJobs;
import io.millrace.server.pipeline.ConfigurationReferences;
import io.millrace.server.secret.Secrets;
import io.millrace.server.store.Database;
import io.millrace.server.streamstate.StreamStates;
import io.millrace.server.workspace.WebhookUrls;
import io.millrace.server.workspace.Workspaces;
import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The services that features share, put together. Nothing here runs by itself. */
final class Core {
  final Clock clock;
  final SealedTexts seal;
  final Database database;
  final ConnectorRegistry registry;
  final Audit audit;
  final Definitions definitions;
  final Configurations configurations;
  final ConnectorCalls calls = new ConnectorCalls();
  final Actors actors;
  final Checks checks;
  final Workspaces workspaces;
  final Catalogs catalogs;
  final Timeline timeline;
  final JobListeners jobListeners = new JobListeners();
  final JobTransitions transitions;
  final RunningJobs running = new RunningJobs();
  final JobBell bell = new JobBell();
  final Jobs jobs;
  final ConnectionJobs runs;
  final ConnectionListeners connectionListeners = new ConnectionListeners();
  final StreamStates states;
  final ActorEnds ends;
  final ConnectionRules rules;
  final StreamMappers mappers;
  final ConnectionService connections;

  Core(
      ServerSettings settings,
      Database database,
      Secrets secrets,
      ConnectorRegistry registry,
      Clock clock) {
    this.clock = clock;
    this.seal = new SealedTexts(secrets);
    this.database = database;
    this.registry = registry;
    this.audit = new Audit(clock);
    this.rules = ConnectionRules.of(settings.environment());
    this.definitions = new Definitions(registry, clock, Version.TEXT);
    ServerPaths secretFiles =
        ServerPaths.of(settings.data(), ServerPaths.SECRET_FILE_ROOTS, settings.environment());
    this.configurations =
        new Configurations(
            secrets,
            settings.environment(),
            settings.data().root(),
            ServerPaths.of(settings.data(), ServerPaths.FILE_ROOTS, settings.environment()),
            secretFiles);
    this.timeline = new Timeline(clock);
    this.transitions = new JobTransitions(clock, timeline, jobListeners);
    this.jobs = new Jobs(database, transitions, running, bell, jobListeners);
    this.runs = new ConnectionRuns(jobs);
    this.actors =
        new Actors(
            database,
            clock,
            definitions,
            configurations,
            audit::changed,
            this::deleteConnections,
            rules.limits());
    this.workspaces = new Workspaces(database, clock, audit::changed, actors::deleteAll);
    this.checks = new Checks(configurations, calls, clock);
    this.catalogs = new Catalogs(database, clock, actors, definitions, calls);
    this.states = new StreamStates(clock);
    this.ends = new ActorEnds(definitions);
    this.mappers =
        new StreamMappers(
            secrets,
            new ConfigurationReferences(
                settings.environment(), settings.data().root(), secretFiles));
    this.connections =
        new ConnectionService(
            database,
            new StoredCatalogs(database, catalogs, false),
            ends,
            runs,
            states,
            connectionListeners,
            rules,
            mappers,
            clock);
  }

  /** Encrypts and masks the URLs of webhooks, which earlier versions kept as they were. */
  void sealWebhooks() {
    database.change(
        tx -> {
          if (WebhookUrls.sealStored(tx, seal)) {
            audit.mask(tx, "workspace", WebhookUrls::masked);
          }
        });
  }

  /** Tells whether the program has all of these connectors. */
  boolean definitionsHave(String... names) {
    return registry.all().stream()
        .map(one -> one.info().name())
        .toList()
        .containsAll(List.of(names));
  }

  /** Returns what deals with a changed schema. */
  SchemaChangeCheck schemas() {
    return new SchemaChangeCheck(
        database,
        new StoredCatalogs(database, catalogs, true),
        ends,
        states,
        connectionListeners,
        rules,
        clock);
  }

  /** The connections of a deleted actor go with it. */
  private Runnable deleteConnections(Handle tx, ActorId actor, Caller caller) {
    List<ConnectionId> deleted = connections.deleteOfActor(tx, actor, caller);
    return () -> deleted.forEach(runs::cancelOpen);
  }
}
