package io.millrace.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.actor.Actor;
import io.millrace.server.actor.ActorId;
import io.millrace.server.actor.ActorStore;
import io.millrace.server.connection.api.CatalogDiffEndpoints;
import io.millrace.server.connection.api.ConnectionEndpoints;
import io.millrace.server.connection.api.PublicConnectionEndpoints;
import io.millrace.server.connection.api.ScheduleReader;
import io.millrace.server.connection.mapper.StreamMappers;
import io.millrace.server.connection.schema.SchemaChangeCheck;
import io.millrace.server.connector.Side;
import io.millrace.server.cron.CronRules;
import io.millrace.server.http.Gatekeeper;
import io.millrace.server.http.HttpServer;
import io.millrace.server.http.HttpSettings;
import io.millrace.server.http.Routes;
import io.millrace.server.json.Documents;
import io.millrace.server.operation.OperationEndpoints;
import io.millrace.server.operation.OperationService;
import io.millrace.server.pipeline.ConfigurationReferences;
import io.millrace.server.secret.TestSecrets;
import io.millrace.server.store.Database;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.TestStore;
import io.millrace.server.streamstate.StateEndpoints;
import io.millrace.server.streamstate.StateService;
import io.millrace.server.streamstate.StreamStates;
import io.millrace.server.tag.TagEndpoints;
import io.millrace.server.tag.TagService;
import io.millrace.server.webbackend.ActorViews;
import io.millrace.server.webbackend.MapperEndpoints;
import io.millrace.server.webbackend.WebConnectionEndpoints;
import io.millrace.server.webbackend.WebConnectionService;
import io.millrace.server.workspace.Workspace;
import io.millrace.server.workspace.WorkspaceId;
import io.millrace.server.workspace.WorkspaceStore;
import io.millrace.spi.AirbyteStates;
import io.millrace.spi.PathRule;
import io.millrace.spi.StateCheck;
import io.millrace.spi.StreamName;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Both APIs of connections over real HTTP, with one workspace, source and destination. */
public final class TestApi {
  public static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private static final Map<Dialect, TestApi> STARTED = new EnumMap<>(Dialect.class);

  /** Those with references first. */
  private static final List<String> TABLES =
      List.of(
          "connection_tag",
          "tag",
          "connection_stream",
          "sync_memory",
          "stream_memory",
          "stream_state_version",
          "job",
          "operation",
          "connection",
          "actor",
          "workspace");

  public final Database database;
  public WorkspaceId workspace = WorkspaceId.random();
  public ActorId source = ActorId.random();
  public ActorId destination = ActorId.random();
  public final FakeCatalogs catalogs = new FakeCatalogs();
  public final FakeJobs jobs = new FakeJobs();
  public final List<String> told = new ArrayList<>();
  public final ConnectionService service;
  public final SchemaChangeCheck schemas;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  /** What an answer says. */
  public record Reply(int status, JsonNode json) {
    /** Returns this reply's body, having seen that all went well. */
    public ObjectNode ok() {
      assertThat(status).as(json.toString()).isEqualTo(200);
      return (ObjectNode) json;
    }
  }

  private TestApi(Dialect dialect, Path folder) {
    database = TestStore.open(dialect, folder);
    StreamStates states = new StreamStates(CLOCK);
    ConnectionListeners listeners =
        new ConnectionListeners()
            .add((tx, before, after, caller) -> told.add(told(before, after) + caller.name()))
            .addForSchemas((tx, after, change) -> told.add("schema of " + after.name()));
    ConnectionRules rules = ConnectionRules.of(Map.of("MILLRACE_CONNECTION_FIELDS_MAX", "60"));
    service =
        new ConnectionService(
            database,
            catalogs,
            new FakeFacts(),
            jobs,
            states,
            listeners,
            rules,
            new StreamMappers(
                TestSecrets.in(folder),
                new ConfigurationReferences(Map.of(), folder, PathRule.ANY)),
            CLOCK);
    schemas =
        new SchemaChangeCheck(database, catalogs, new FakeFacts(), states, listeners, rules, CLOCK);
    ScheduleReader schedules = new ScheduleReader(new CronRules(CLOCK));
    Routes routes = new Routes();
    new ConnectionEndpoints(service, schemas, schedules).addTo(routes);
    new PublicConnectionEndpoints(service, schedules).addTo(routes);
    new TagEndpoints(new TagService(database)).addTo(routes);
    new StateEndpoints(new StateService(database, jobs, states, catalogs, new FakeFacts()))
        .addTo(routes);
    new CatalogDiffEndpoints(database, catalogs, schemas).addTo(routes);
    OperationService operations = new OperationService(database, CLOCK);
    new OperationEndpoints(operations).addTo(routes);
    new MapperEndpoints(service).addTo(routes);
    new WebConnectionEndpoints(
            new WebConnectionService(database, service, catalogs, operations, new PlainViews()),
            service,
            operations,
            schedules)
        .addTo(routes);
    server =
        HttpServer.start(
            new HttpSettings("127.0.0.1", List.of(0), null, null), Gatekeeper.OPEN, routes);
  }

  /**
   * Returns the API over a store of this kind. It is started once for all tests; everything that
   * earlier ones left is gone, and there is a workspace with a source and a destination.
   */
  public static TestApi fresh(Dialect dialect) {
    synchronized (STARTED) {
      TestApi api = STARTED.computeIfAbsent(dialect, TestApi::start);
      api.begin();
      return api;
    }
  }

  private static TestApi start(Dialect dialect) {
    try {
      Path folder = Files.createTempDirectory("millrace-api-");
      TestApi api = new TestApi(dialect, folder);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    api.close();
                    delete(folder);
                  }));
      return api;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    File[] files = folder.toFile().listFiles();
    for (File file : files == null ? new File[0] : files) {
      assertThat(file.delete()).isTrue();
    }
    assertThat(folder.toFile().delete()).isTrue();
  }

  private void begin() {
    database.change(tx -> TABLES.forEach(table -> tx.execute("DELETE FROM " + table)));
    catalogs.clear();
    jobs.clear();
    told.clear();
    workspace = WorkspaceId.random();
    database.change(
        tx ->
            new WorkspaceStore()
                .insert(
                    tx,
                    new Workspace(
                        workspace, "W", workspace.toString(), Documents.empty(), NOW, NOW, null)));
    source = addActor(Side.SOURCE, "Shop");
    destination = addActor(Side.DESTINATION, "Lake");
  }

  /** Adds a source or destination. */
  public ActorId addActor(Side side, String name) {
    ActorId id = ActorId.random();
    Actor actor =
        new Actor(
            id,
            workspace,
            side,
            definition(side),
            name,
            Documents.empty().put("host", "localhost"),
            Documents.empty(),
            NOW,
            NOW,
            null);
    database.change(tx -> new ActorStore().insert(tx, actor));
    return id;
  }

  /** Returns the definition id of every connector of a side. */
  public static UUID definition(Side side) {
    return UUID.nameUUIDFromBytes(side.label().getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** Calls the Config API. */
  public Reply config(String path, String body) {
    return send("POST", "/api/v1" + path, body);
  }

  /** Calls either API with any verb. */
  public Reply send(String method, String path, @Nullable String body) {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    path.startsWith("http")
                        ? path
                        : "http://127.0.0.1:" + server.ports().getFirst() + path))
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      return new Reply(answer.statusCode(), Documents.MAPPER.readTree(answer.body()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns JSON written with single quotes. */
  public static String json(String text, Object... arguments) {
    return String.format(java.util.Locale.ROOT, text.replace('\'', '"'), arguments);
  }

  private void close() {
    server.close();
    client.close();
    database.close();
  }

  private static String told(@Nullable Connection before, Connection after) {
    return (before == null ? "" : before.status().label()) + "->" + after.status().label() + " by ";
  }

  /** Offers every mode. */
  static final class FakeFacts implements ActorFacts {
    @Override
    public Set<String> writeModes(UUID definition) {
      return Set.of("append", "overwrite", "append_dedup", "overwrite_dedup");
    }

    @Override
    public Optional<AirbyteStates> airbyteStates(Actor actor) {
      return Optional.empty();
    }

    @Override
    public Optional<StateCheck> stateCheck(Actor actor) {
      return Optional.empty();
    }

    @Override
    public String connectorName(Actor actor) {
      return "Postgres";
    }
  }

  /** Shows actors by name alone. */
  private static final class PlainViews implements ActorViews {
    @Override
    public ObjectNode read(Actor actor) {
      return snippet(actor);
    }

    @Override
    public ObjectNode snippet(Actor actor) {
      return Documents.empty().put("name", actor.name());
    }

    @Override
    public ObjectNode version(Actor actor) {
      return Documents.empty().put("dockerImageTag", "1");
    }
  }

  /** Remembers what it is asked. */
  public static final class FakeJobs implements ConnectionJobs {
    public final Set<ConnectionId> open = new HashSet<>();
    public final List<ConnectionId> cancelled = new ArrayList<>();
    public final List<String> again = new ArrayList<>();

    private void clear() {
      open.clear();
      cancelled.clear();
      again.clear();
    }

    @Override
    public boolean open(Handle tx, ConnectionId connection) {
      return open.contains(connection);
    }

    @Override
    public void cancelOpen(ConnectionId connection) {
      cancelled.add(connection);
    }

    @Override
    public void readAgain(Handle tx, ConnectionId connection, List<StreamName> streams) {
      streams.forEach(stream -> again.add(stream.display()));
    }
  }

  /** Catalogs in memory; a discover finds what a test put there. */
  public static final class FakeCatalogs implements CatalogSource {
    private final List<Found> kept = new ArrayList<>();
    private List<ObjectNode> atSource = List.of();
    public int discovers;

    private void clear() {
      kept.clear();
      atSource = List.of();
      discovers = 0;
    }

    /** Says what the source offers from now on. */
    public void offer(ObjectNode... streams) {
      atSource = List.of(streams);
    }

    /** Keeps what the source offers as if it had been discovered. */
    public Found keep() {
      Found found = new Found(UUID.randomUUID(), atSource);
      kept.add(found);
      return found;
    }

    @Override
    public Optional<Found> newest(Handle tx, ActorId source) {
      return kept.isEmpty() ? Optional.empty() : Optional.of(kept.getLast());
    }

    @Override
    public Map<ActorId, UUID> newestIds(Handle tx, java.util.Collection<ActorId> sources) {
      Map<ActorId, UUID> ids = new java.util.HashMap<>();
      if (!kept.isEmpty()) {
        sources.forEach(id -> ids.put(id, kept.getLast().id()));
      }
      return ids;
    }

    @Override
    public Optional<Found> find(Handle tx, UUID id) {
      return kept.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    @Override
    public boolean isOf(Handle tx, ActorId source, UUID id) {
      return find(tx, id).isPresent();
    }

    @Override
    public Found discover(ActorId source) {
      discovers++;
      return keep();
    }
  }
}
