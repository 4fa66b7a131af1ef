package io.millrace.server.job.prepare;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.engine.SyncSpec;
import io.millrace.server.actor.Actor;
import io.millrace.server.actor.ActorId;
import io.millrace.server.actor.ActorJson;
import io.millrace.server.actor.Actors;
import io.millrace.server.actor.Checks;
import io.millrace.server.connection.CatalogSource;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionRules;
import io.millrace.server.connection.ConnectionStore;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.Resources;
import io.millrace.server.connection.SyncSettings;
import io.millrace.server.connection.mapper.StreamMappers;
import io.millrace.server.connection.schema.LostStream;
import io.millrace.server.connection.schema.SchemaAdvice;
import io.millrace.server.connection.schema.SchemaChange;
import io.millrace.server.connection.schema.SchemaChangeCheck;
import io.millrace.server.connection.spec.ConnectionSpecs;
import io.millrace.server.connector.Endpoint;
import io.millrace.server.connector.Side;
import io.millrace.server.http.ApiException;
import io.millrace.server.job.Job;
import io.millrace.server.job.JobConfig;
import io.millrace.server.job.JobStatus;
import io.millrace.server.job.JobStore;
import io.millrace.server.job.JobType;
import io.millrace.server.job.RetryPolicy;
import io.millrace.server.job.run.JobSpecs;
import io.millrace.server.job.run.SideException;
import io.millrace.server.store.Database;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.StreamName;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes attempts ready from what the store knows and the connectors say. Thread-safe. */
public final class AttemptPreparation implements JobSpecs {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptPreparation.class);

  private final Database database;
  private final Actors actors;
  private final Checks checks;
  private final CatalogSource catalogs;
  private final SchemaChangeCheck schemas;
  private final StreamMappers mappers;
  private final JobLimits limits;
  private final ConnectionStore connections = new ConnectionStore();
  private final JobStore jobs = new JobStore();

  /** Makes it. */
  public AttemptPreparation(
      Database database,
      Actors actors,
      Checks checks,
      CatalogSource catalogs,
      SchemaChangeCheck schemas,
      StreamMappers mappers,
      JobLimits limits) {
    this.database = database;
    this.actors = actors;
    this.checks = checks;
    this.catalogs = catalogs;
    this.schemas = schemas;
    this.mappers = mappers;
    this.limits = limits;
  }

  @Override
  public Prepared prepare(Job job, Connection connection, int attempt) throws InterruptedException {
    Actor from = actor(Side.SOURCE, connection.source());
    Actor to = actor(Side.DESTINATION, connection.destination());
    Endpoint source = endpoint(from);
    Endpoint destination = endpoint(to);
    boolean reads = job.type() != JobType.RESET_CONNECTION;
    if (attempt > 0 || failedBefore(job)) {
      if (reads) {
        check(Side.SOURCE, source);
      }
      check(Side.DESTINATION, destination);
    }
    List<ConnectionStream> streams = database.read(tx -> connections.streams(tx, connection.id()));
    List<LostStream> lost = List.of();
    boolean refused = false;
    if (reads) {
      SchemaChange change = schemaChange(job, connection);
      if (change.disabledReason() != null) {
        return new Prepared.SwitchedOff(SchemaAdvice.of(change));
      }
      streams = change.streams();
      lost = change.lost();
      warn(lost);
      refused = change.refusal() != null;
      warn(connection, streams);
    }
    SyncSpec spec =
        ConnectionSpecs.spec(
            connection, mappers.opened(streams), lost, refused, source, destination);
    Resources resources =
        JobLimits.resources(connection, job.type(), allocation(from), allocation(to));
    return ready(connection, spec, resources);
  }

  /** Says in the job's log what cannot be read; the engine says the same of each stream. */
  private static void warn(List<LostStream> lost) {
    lost.forEach(
        one ->
            LOG.atWarn()
                .addKeyValue("stream", one.stream().name().display())
                .addKeyValue("problem", one.problem())
                .log("stream_lost"));
  }

  private Prepared ready(Connection connection, SyncSpec spec, Resources resources) {
    SyncSettings wish = SyncSettings.of(connection);
    return new Prepared.Ready(
        spec,
        limits.engine(connection, resources),
        limits.memory(resources),
        RetryPolicy.of(connection),
        wish.timeout().orElse(null));
  }

  private static JsonNode allocation(Actor actor) {
    return actor.details().path(ActorJson.ALLOCATION);
  }

  /** Says in the job's log that others write where this connection does. */
  private void warn(Connection connection, List<ConnectionStream> streams) {
    List<String> warnings =
        database.read(
            tx ->
                ConnectionRules.warnings(
                    tx,
                    connection,
                    streams,
                    actors.get(tx, Side.DESTINATION, connection.destination())));
    warnings.forEach(
        warning ->
            LOG.atWarn()
                .addKeyValue("connection", connection.id())
                .addKeyValue("warning", warning)
                .log("targets_shared"));
  }

  private SchemaChange schemaChange(Job job, Connection connection) throws InterruptedException {
    CatalogSource.Found found;
    try {
      found = catalogs.discover(connection.source());
    } catch (ConnectorException e) {
      throw new SideException(Side.SOURCE, e);
    }
    SchemaChange change =
        database.write(
            tx -> {
              SchemaChange made = schemas.check(tx, connection.id(), found);
              if (made.disabledReason() == null) {
                backfill(tx, job, schemas.takeBackfilled(tx, connection.id()));
              }
              return made;
            });
    if (change.refusal() != null) {
      LOG.atWarn()
          .addKeyValue("connection", connection.id())
          .addKeyValue("reason", change.refusal())
          .log("schema_changes_refused");
    }
    if (!change.propagated().isEmpty()) {
      LOG.atInfo()
          .addKeyValue("connection", connection.id())
          .addKeyValue("backfilled", change.backfilled().size())
          .log("schema_changes_applied");
    }
    return change;
  }

  private void backfill(Handle tx, Job job, List<StreamName> streams) {
    if (!streams.isEmpty()) {
      JobConfig config = JobConfig.of(jobs.find(tx, job.id()).orElseThrow().config());
      jobs.saveConfig(tx, job.id(), config.backfilling(streams));
    }
  }

  private Actor actor(Side side, ActorId id) {
    try {
      return database.read(tx -> actors.get(tx, side, id));
    } catch (ApiException e) {
      throw new SideException(side, new ConfigException(side.label() + "_gone", e.sentence()));
    }
  }

  private Endpoint endpoint(Actor actor) {
    try {
      return actors.endpoint(actor);
    } catch (ApiException e) {
      throw new SideException(
          actor.side(), new ConfigException(actor.side().label() + "_gone", e.sentence()));
    } catch (ConnectorException e) {
      throw new SideException(actor.side(), e);
    }
  }

  private void check(Side side, Endpoint endpoint) throws InterruptedException {
    Optional<ConnectorException> failure = checks.failure(endpoint);
    if (failure.isPresent()) {
      throw new SideException(side, failure.get());
    }
  }

  /** Tells whether the connection's job before this one did not succeed. */
  private boolean failedBefore(Job job) {
    return database.read(tx -> jobs.ended(tx, job.connection(), 1)).stream()
        .anyMatch(before -> before.status() != JobStatus.SUCCEEDED);
  }
}
