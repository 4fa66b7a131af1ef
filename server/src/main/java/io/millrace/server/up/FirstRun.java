package io.millrace.server.up;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.actor.Actor;
import io.millrace.server.actor.ActorStore;
import io.millrace.server.actor.Actors;
import io.millrace.server.actor.Configurations;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionDraft;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionStatus;
import io.millrace.server.connection.ConnectionStore;
import io.millrace.server.connection.Schedule;
import io.millrace.server.connection.api.PublicStreams;
import io.millrace.server.connector.Side;
import io.millrace.server.http.Caller;
import io.millrace.server.job.JobConfig;
import io.millrace.server.job.JobType;
import io.millrace.server.job.Trigger;
import io.millrace.server.json.Documents;
import io.millrace.server.workspace.Installations;
import io.millrace.server.workspace.SettingStore;
import io.millrace.server.workspace.WorkspaceId;
import io.millrace.spi.ConnectorDefinition;
import java.nio.file.Path;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Gives a new installation something to look at: sample data, an embedded warehouse, and a
 * connection between them that syncs at once.
 */
final class FirstRun {
  private static final int SAMPLE_ROWS = 1_000;
  private static final int SAMPLE_SEED = 7;

  private static final String FAKER = "source-faker";
  private static final String DUCKDB = "destination-duckdb";
  private static final String SOURCE = "Sample data";
  private static final String DESTINATION = "Warehouse";

  /** Under this name the store keeps how far the sample has come; not at all in old stores. */
  private static final String SETTING = "first_run";

  private static final String BEGUN = "begun";
  private static final String DONE = "done";

  private final SettingStore settings = new SettingStore();
  private final Core core;
  private final DataDirectory data;

  FirstRun(Core core, DataDirectory data) {
    this.core = core;
    this.data = data;
  }

  /**
   * Makes the sample where the installation has never had a source, and starts its sync. A sample
   * that an earlier process could not complete is completed.
   *
   * @return the job, or nothing where there is something already
   */
  Optional<Server.Sample> run() throws InterruptedException {
    if (!core.definitionsHave(FAKER, DUCKDB) || !core.database.write(this::wanted)) {
      return Optional.empty();
    }
    WorkspaceId workspace = core.database.read(tx -> new Installations().read(tx)).workspace();
    ObjectNode faker = Documents.empty().put("count", SAMPLE_ROWS).put("seed", SAMPLE_SEED);
    Path warehouse = data.warehouse();
    ObjectNode duckdb = Documents.empty().put("destination_path", warehouse.toString());
    Actor source = actor(workspace, Side.SOURCE, FAKER, SOURCE, faker);
    Actor destination = actor(workspace, Side.DESTINATION, DUCKDB, DESTINATION, duckdb);
    ConnectionId connection = connection(source, destination);
    long job = core.database.write(tx -> start(tx, connection));
    return Optional.of(new Server.Sample(job, warehouse));
  }

  /**
   * Tells whether the sample is to be made, or was begun and not completed; says so from now on.
   * Where anything else is or was, somebody has found the way without it.
   */
  private boolean wanted(Handle tx) {
    Optional<String> progress = settings.find(tx, SETTING);
    boolean begun = progress.filter(BEGUN::equals).isPresent();
    boolean wanted = begun ? !othersAre(tx) : progress.isEmpty() && !new ActorStore().any(tx);
    if (wanted != begun || progress.isEmpty()) {
      settings.put(tx, SETTING, wanted ? BEGUN : DONE);
    }
    return wanted;
  }

  private static boolean othersAre(Handle tx) {
    return tx.createQuery(
                "SELECT count(*) FROM actor WHERE deleted_at IS NOT NULL OR name NOT IN (:one,"
                    + " :other)")
            .bind("one", SOURCE)
            .bind("other", DESTINATION)
            .mapTo(Long.class)
            .one()
        > 0;
  }

  /** The sync and the mark that nothing is left to do come together. */
  private long start(Handle tx, ConnectionId connection) {
    settings.put(tx, SETTING, DONE);
    return core.jobs.start(tx, connection, JobType.SYNC, JobConfig.of(Trigger.MANUAL, null)).id();
  }

  private Actor actor(
      WorkspaceId workspace, Side side, String connector, String name, ObjectNode values) {
    Optional<Actor> made =
        core.database.read(tx -> new ActorStore().list(tx, side, workspace)).stream()
            .filter(one -> one.name().equals(name))
            .findFirst();
    if (made.isPresent()) {
      return made.get();
    }
    ConnectorDefinition<?> found = core.registry.find(connector);
    ObjectNode stored =
        core.configurations.accept(
            new Configurations.Given(found, values, "connectionConfiguration"));
    return core.actors.create(
        side, workspace, found.info().definitionId(), Actors.Draft.of(name, stored), Caller.LOCAL);
  }

  private ConnectionId connection(Actor source, Actor destination) throws InterruptedException {
    Optional<ConnectionId> made =
        core.database.read(tx -> new ConnectionStore().ofActor(tx, source.id())).stream()
            .map(Connection::id)
            .findFirst();
    return made.isPresent()
        ? made.get()
        : core.connections
            .create(source.id(), destination.id(), draft(), Caller.LOCAL)
            .connection()
            .id();
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
