package io.millrace.server.up;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.actor.Actor;
import io.millrace.server.actor.ActorStore;
import io.millrace.server.actor.Actors;
import io.millrace.server.actor.Configurations;
import io.millrace.server.connection.ConnectionDraft;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionStatus;
import io.millrace.server.connection.Schedule;
import io.millrace.server.connection.api.PublicStreams;
import io.millrace.server.connector.Side;
import io.millrace.server.http.Caller;
import io.millrace.server.job.JobConfig;
import io.millrace.server.job.JobType;
import io.millrace.server.job.Trigger;
import io.millrace.server.json.Documents;
import io.millrace.server.workspace.Installations;
import io.millrace.server.workspace.WorkspaceId;
import io.millrace.spi.ConnectorDefinition;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Gives a new installation something to look at: sample data, an embedded warehouse, and a
 * connection between them that syncs at once.
 */
final class FirstRun {
  private static final int SAMPLE_ROWS = 1_000;
  private static final int SAMPLE_SEED = 7;

  private final Core core;
  private final DataDirectory data;

  FirstRun(Core core, DataDirectory data) {
    this.core = core;
    this.data = data;
  }

  /**
   * Makes the sample where the installation has never had a source, and starts its sync.
   *
   * @return the job, or nothing where there is something already
   */
  Optional<Server.Sample> run() throws InterruptedException {
    WorkspaceId workspace = core.database.read(tx -> new Installations().read(tx)).workspace();
    if (!core.definitionsHave("source-faker", "destination-duckdb") || used()) {
      return Optional.empty();
    }
    ObjectNode faker = Documents.empty().put("count", SAMPLE_ROWS).put("seed", SAMPLE_SEED);
    Path warehouse = data.warehouse();
    ObjectNode duckdb = Documents.empty().put("destination_path", warehouse.toString());
    Actor source = actor(workspace, Side.SOURCE, "source-faker", "Sample data", faker);
    Actor destination =
        actor(workspace, Side.DESTINATION, "destination-duckdb", "Warehouse", duckdb);
    ConnectionId connection =
        core.connections
            .create(source.id(), destination.id(), draft(), Caller.LOCAL)
            .connection()
            .id();
    long job =
        core.database
            .write(
                tx ->
                    core.jobs.start(
                        tx, connection, JobType.SYNC, JobConfig.of(Trigger.MANUAL, null)))
            .id();
    return Optional.of(new Server.Sample(job, warehouse));
  }

  /** Tells whether there ever was a source, be it deleted. */
  private boolean used() {
    return core.database.read(tx -> new ActorStore().any(tx));
  }

  private Actor actor(
      WorkspaceId workspace, Side side, String connector, String name, ObjectNode values) {
    ConnectorDefinition<?> found = core.registry.find(connector);
    ObjectNode stored =
        core.configurations.accept(
            new Configurations.Given(found, values, "connectionConfiguration"));
    return core.actors.create(
        side, workspace, found.info().definitionId(), Actors.Draft.of(name, stored), Caller.LOCAL);
  }

  private static ConnectionDraft draft() {
    return new ConnectionDraft(
        "Sample data → Warehouse",
        ConnectionStatus.ACTIVE,
        new Schedule.Manual(),
        "destination",
        null,
        "",
        null,
        PublicStreams.everything(),
        Documents.empty(),
        null);
  }
}
