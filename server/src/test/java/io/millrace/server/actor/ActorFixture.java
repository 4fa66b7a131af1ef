package io.millrace.server.actor;

import io.millrace.server.connector.ConnectorRegistry;
import io.millrace.server.connector.Definitions;
import io.millrace.server.http.Caller;
import io.millrace.server.http.Routes;
import io.millrace.server.store.Database;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.TestStore;
import io.millrace.server.workspace.Installations;
import io.millrace.server.workspace.WorkspaceId;
import io.millrace.server.workspace.WorkspaceLimits;
import io.millrace.spi.ConnectorDefinition;
import io.millrace.spi.PathRule;
import io.millrace.testkit.fake.FakeDatabase;
import io.millrace.testkit.fake.FakeSourceDefinition;
import io.millrace.testkit.fake.FakeSourceOptions;
import io.millrace.testkit.fake.FaultPlan;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A store, the real connectors and a fake source, put together as the server does. */
public final class ActorFixture implements AutoCloseable {
  /** The definition ids that tests use. */
  public static final String FAKER = "dfd88b22-b603-4c3d-aad7-3701784586b1";

  public static final String POSTGRES = "decd338e-5647-4c0b-adf4-da0e75f5a750";
  public static final String FAKE = "3a5f1c1e-0d3b-4a59-9a43-0f6d1b9e7c01";
  public static final String DUCKDB = "94bd199c-2ff0-4aa2-b98e-17f0acb72610";

  /** The version that every connector has. */
  public static final String VERSION = "1.2.3";

  private final Database database;
  private final Definitions definitions;
  private final Configurations configurations;
  private final Actors actors;
  private final ConnectorCalls calls = new ConnectorCalls();
  private static final WorkspaceLimits LIMITS =
      WorkspaceLimits.of(Map.of("MILLRACE_SOURCES_MAX", "9"));

  private final String workspace;
  private final List<ActorId> ended = new ArrayList<>();
  private final List<String> changes = new ArrayList<>();

  /** Opens everything on a new, empty store. */
  public ActorFixture(
      Dialect dialect, Path folder, Clock clock, List<ConnectorDefinition<?>> more) {
    database = TestStore.open(dialect, folder);
    List<ConnectorDefinition<?>> connectors = new ArrayList<>(ConnectorRegistry.load().all());
    connectors.addAll(more);
    definitions = new Definitions(ConnectorRegistry.of(connectors), clock, VERSION);
    configurations =
        new Configurations(
            new PlainSecretBox(),
            Map.of("PGHOST", "db.example.com", "PGPORT", "5433"),
            folder,
            PathRule.ANY,
            PathRule.ANY);
    actors =
        new Actors(
            database,
            clock,
            definitions,
            configurations,
            (tx, entity, id, action, version, caller) ->
                changes.add(action + " " + entity + " " + version),
            (tx, id, caller) -> () -> ended.add(id),
            LIMITS);
    workspace = new Installations().open(database, clock).workspace().toString();
  }

  /** Returns a definition of a source over a database in memory. */
  public static FakeSourceDefinition fake(FakeDatabase tables) {
    return new FakeSourceDefinition(tables, FakeSourceOptions.DEFAULT, FaultPlan.none());
  }

  /** Returns the routes of actors. */
  public Routes routes(Clock clock) {
    Routes routes = new Routes();
    ActorRoutes.add(routes, database, actors, definitions, configurations, calls, clock);
    return routes;
  }

  public Database database() {
    return database;
  }

  public Definitions definitions() {
    return definitions;
  }

  public Configurations configurations() {
    return configurations;
  }

  public Actors actors() {
    return actors;
  }

  public ConnectorCalls calls() {
    return calls;
  }

  /** Returns the default workspace. */
  public String workspace() {
    return workspace;
  }

  /** Returns the actors whose connections were ended after their deletion. */
  List<ActorId> ended() {
    return ended;
  }

  /** Returns what was recorded. */
  List<String> changes() {
    return changes;
  }

  /** Deletes what a workspace holds. */
  Runnable deleteAll() {
    return database.write(tx -> actors.deleteAll(tx, WorkspaceId.of(workspace), Caller.LOCAL));
  }

  @Override
  public void close() {
    database.close();
  }
}
