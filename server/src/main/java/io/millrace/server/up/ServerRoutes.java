package io.millrace.server.up;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.Version;
import io.millrace.server.actor.ActorId;
import io.millrace.server.actor.ActorRoutes;
import io.millrace.server.actor.ActorStore;
import io.millrace.server.audit.AuditEndpoints;
import io.millrace.server.auth.Auth;
import io.millrace.server.catalog.Catalog;
import io.millrace.server.catalog.CatalogRoutes;
import io.millrace.server.connection.CatalogSource;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionStore;
import io.millrace.server.connection.api.CatalogDiffEndpoints;
import io.millrace.server.connection.api.ConnectionEndpoints;
import io.millrace.server.connection.api.PublicConnectionEndpoints;
import io.millrace.server.connection.api.ScheduleReader;
import io.millrace.server.connection.schema.CatalogDiffJson;
import io.millrace.server.connection.schema.SchemaChange;
import io.millrace.server.connection.schema.SchemaChangeCheck;
import io.millrace.server.connector.ConnectorRoutes;
import io.millrace.server.connector.DefinitionJson;
import io.millrace.server.connector.Side;
import io.millrace.server.cron.CronEndpoints;
import io.millrace.server.cron.CronRules;
import io.millrace.server.event.EventEndpoints;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Fault;
import io.millrace.server.http.Routes;
import io.millrace.server.job.AttemptLogs;
import io.millrace.server.job.JobWaits;
import io.millrace.server.job.api.HistoryEndpoints;
import io.millrace.server.job.api.JobEndpoints;
import io.millrace.server.job.api.JobListEndpoints;
import io.millrace.server.job.api.PublicJobEndpoints;
import io.millrace.server.job.api.RunEndpoints;
import io.millrace.server.job.api.StatusEndpoints;
import io.millrace.server.job.api.StreamStatusEndpoints;
import io.millrace.server.joblog.JobLogEndpoints;
import io.millrace.server.joblog.JobLogSearch;
import io.millrace.server.joblog.JobLogs;
import io.millrace.server.json.Documents;
import io.millrace.server.openapi.OpenApiEndpoints;
import io.millrace.server.operation.OperationEndpoints;
import io.millrace.server.operation.OperationService;
import io.millrace.server.schedule.Scheduler;
import io.millrace.server.streamstate.StateEndpoints;
import io.millrace.server.streamstate.StateService;
import io.millrace.server.tag.TagEndpoints;
import io.millrace.server.tag.TagService;
import io.millrace.server.webbackend.MapperEndpoints;
import io.millrace.server.webbackend.WebConnectionEndpoints;
import io.millrace.server.webbackend.WebConnectionService;
import io.millrace.server.welcome.WelcomePage;
import io.millrace.server.workspace.Installations;
import io.millrace.server.workspace.InstanceSettings;
import io.millrace.server.workspace.WorkspaceRoutes;
import java.util.UUID;

/** Collects the routes of every feature. */
final class ServerRoutes {
  private final Core core;
  private final Routes routes = new Routes();

  ServerRoutes(Core core) {
    this.core = core;
  }

  /** Adds the routes of what is stored. */
  ServerRoutes stored(
      ServerSettings settings, Auth auth, boolean login, SchemaChangeCheck schemas) {
    WelcomePage.addTo(routes);
    new OpenApiEndpoints().addTo(routes);
    auth.addTo(routes);
    InstanceSettings instance =
        new InstanceSettings(Version.TEXT, settings.http().publicUrl(), login);
    WorkspaceRoutes.add(
        routes,
        core.database,
        core.workspaces,
        instance,
        core.audit::changed,
        core.rules.limits(),
        core.seal);
    ActorStore actors = new ActorStore();
    ConnectorRoutes.add(routes, core.database, core.definitions, core.clock, actors::definitions);
    ActorRoutes.add(
        routes,
        core.database,
        core.actors,
        core.definitions,
        core.configurations,
        core.calls,
        core.clock);
    CatalogRoutes.add(
        routes,
        core.database,
        core.clock,
        core.actors,
        core.configurations,
        core.definitions,
        core.catalogs,
        core.calls,
        (connection, catalog) -> look(schemas, connection, catalog));
    connections(schemas);
    new TagEndpoints(new TagService(core.database)).addTo(routes);
    StoredCatalogs catalogs = new StoredCatalogs(core.database, core.catalogs, false);
    new StateEndpoints(new StateService(core.database, core.runs, core.states, catalogs, core.ends))
        .addTo(routes);
    new AuditEndpoints(core.database).addTo(routes);
    new EventEndpoints(
            core.database, () -> core.database.read(tx -> new Installations().read(tx)).email())
        .add(routes);
    new CronEndpoints(core.clock).add(routes);
    return this;
  }

  /** Adds the routes of jobs and their logs. */
  ServerRoutes jobs(JobLogs logs, JobWaits waits, Scheduler scheduler) {
    AttemptLogs lines = new SortedLogs(logs);
    new JobEndpoints(core.database, core.jobs, lines, waits, definitions(), Version.TEXT)
        .add(routes);
    new JobListEndpoints(core.database, waits).add(routes);
    new PublicJobEndpoints(core.database, core.jobs, core.clock).add(routes);
    new RunEndpoints(core.database, core.jobs, lines, waits).add(routes);
    new StatusEndpoints(
            core.database, waits, connection -> scheduler.nextSyncAt(connection.id()).orElse(null))
        .add(routes);
    new HistoryEndpoints(core.database, core.clock).add(routes);
    new StreamStatusEndpoints(core.database).add(routes);
    new JobLogEndpoints(logs, new JobLogSearch(core.database, logs)).addTo(routes);
    return this;
  }

  Routes all() {
    return routes;
  }

  private void connections(SchemaChangeCheck schemas) {
    ScheduleReader schedules = new ScheduleReader(new CronRules(core.clock));
    new ConnectionEndpoints(core.connections, schemas, schedules).addTo(routes);
    new PublicConnectionEndpoints(core.connections, schedules).addTo(routes);
    StoredCatalogs catalogs = new StoredCatalogs(core.database, core.catalogs, false);
    new CatalogDiffEndpoints(core.database, catalogs, schemas).addTo(routes);
    OperationService operations = new OperationService(core.database, core.clock);
    new OperationEndpoints(operations).addTo(routes);
    WebConnectionService web =
        new WebConnectionService(
            core.database, core.connections, catalogs, operations, new ActorPages(core));
    new WebConnectionEndpoints(web, core.connections, operations, schedules).addTo(routes);
    new MapperEndpoints(core.connections).addTo(routes);
  }

  private ObjectNode look(SchemaChangeCheck schemas, UUID connection, Catalog catalog) {
    ConnectionId id = new ConnectionId(connection);
    CatalogSource.Found found =
        new CatalogSource.Found(
            catalog.id(), core.database.read(tx -> core.catalogs.streams(tx, catalog.id())));
    Connection before =
        core.database.read(
            tx ->
                new ConnectionStore()
                    .find(tx, id)
                    .orElseThrow(() -> ApiException.notFound("connection", id)));
    if (!before.source().equals(catalog.source())) {
      throw new ApiException(
          Fault.BAD_REQUEST,
          "The connection " + id + " reads the source " + before.source() + ", not this one.");
    }
    SchemaChange change = schemas.look(id, found);
    ObjectNode answer = Documents.empty();
    answer.set("catalogDiff", CatalogDiffJson.of(change.diff()));
    answer.put("breakingChange", change.breaking());
    Connection after = core.database.read(tx -> new ConnectionStore().find(tx, id).orElseThrow());
    return answer.put("connectionStatus", after.status().label());
  }

  private JobEndpoints.Definitions definitions() {
    DefinitionJson json = new DefinitionJson(core.definitions, core.clock);
    ActorStore actors = new ActorStore();
    return new JobEndpoints.Definitions() {
      @Override
      public ObjectNode source(Connection connection) {
        return definition(Side.SOURCE, connection.source());
      }

      @Override
      public ObjectNode destination(Connection connection) {
        return definition(Side.DESTINATION, connection.destination());
      }

      private ObjectNode definition(Side side, ActorId id) {
        return core.database
            .read(tx -> actors.find(tx, side, id))
            .flatMap(actor -> core.definitions.find(side, actor.definition()))
            .map(json::config)
            .orElseGet(Documents::empty);
      }
    };
  }
}
