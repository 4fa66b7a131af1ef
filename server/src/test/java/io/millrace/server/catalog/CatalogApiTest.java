package io.millrace.server.catalog;

import static io.millrace.server.http.TestApi.body;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.actor.ActorFixture;
import io.millrace.server.http.Routes;
import io.millrace.server.http.TestApi;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import io.millrace.spi.StreamName;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.fake.FakeDatabase;
import io.millrace.testkit.fake.FakeSourceDefinition;
import io.millrace.testkit.fake.FakeSourceOptions;
import io.millrace.testkit.fake.Fault;
import io.millrace.testkit.fake.FaultPlan;
import io.millrace.testkit.fake.Step;
import io.millrace.testkit.servers.PostgresServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EachStore
final class CatalogApiTest {
  private static final Schema ORDERS =
      new Schema(
          List.of(
              Fields.of("id", new LogicalType.Int(64)),
              Fields.of("updated_at", new LogicalType.TimestampTz()),
              Fields.of("note", new LogicalType.Text())));

  private final Dialect dialect;
  private final MovedClock clock = new MovedClock();
  private final FakeDatabase tables = new FakeDatabase();
  private final FaultPlan faults = FaultPlan.none();

  @TempDir private Path folder;
  private ActorFixture fixture;
  private TestApi api;
  private Catalogs catalogs;

  CatalogApiTest(Dialect dialect) {
    this.dialect = dialect;
  }

  /** A clock that the test moves. */
  private static final class MovedClock extends Clock {
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @BeforeEach
  void serve() {
    fixture =
        new ActorFixture(
            dialect,
            folder,
            clock,
            List.of(new FakeSourceDefinition(tables, FakeSourceOptions.DEFAULT, faults)));
    catalogs =
        new Catalogs(
            fixture.database(), clock, fixture.actors(), fixture.definitions(), fixture.calls());
    Routes routes = fixture.routes(clock);
    CatalogRoutes.add(
        routes,
        fixture.database(),
        clock,
        fixture.actors(),
        fixture.configurations(),
        fixture.definitions(),
        catalogs,
        fixture.calls(),
        (connection, catalog) -> Documents.empty().put("breakingChange", false));
    api = TestApi.serve(routes);
  }

  @AfterEach
  void stop() {
    api.close();
    fixture.close();
  }

  private String source(String password) throws Exception {
    return api.ok(
            "/sources/create",
            body(
                "name",
                "fake",
                "workspaceId",
                fixture.workspace(),
                "sourceDefinitionId",
                ActorFixture.FAKE,
                "connectionConfiguration",
                body("host", "fake", "password", password)))
        .path("sourceId")
        .asText();
  }

  private JsonNode discover(String source, Object... more) throws Exception {
    Map<String, Object> request = body(more);
    request.put("sourceId", source);
    return api.ok("/sources/discover_schema", request);
  }

  private void table(String name) {
    tables.create(new StreamName("public", name), ORDERS, List.of("id"), List.of("updated_at"));
  }

  @Test
  void discoversOnceUntilSomethingChanges() throws Exception {
    table("orders");
    String source = source("open sesame");
    JsonNode first = discover(source);
    JsonNode stream = first.at("/catalog/streams/0/stream");
    assertThat(stream.path("name").asText()).isEqualTo("orders");
    assertThat(stream.path("namespace").asText()).isEqualTo("public");
    assertThat(stream.at("/jsonSchema/properties/updated_at/airbyte_type").asText())
        .isEqualTo("timestamp_with_timezone");
    assertThat(stream.path("supportedSyncModes")).hasSize(2);
    assertThat(stream.at("/sourceDefinedPrimaryKey/0/0").asText()).isEqualTo("id");
    JsonNode config = first.at("/catalog/streams/0/config");
    assertThat(config.path("selected").asBoolean()).isTrue();
    assertThat(config.path("syncMode").asText()).isEqualTo("full_refresh");
    assertThat(config.path("destinationSyncMode").asText()).isEqualTo("overwrite");
    assertThat(first.at("/jobInfo/succeeded").asBoolean()).isTrue();
    String id = first.path("catalogId").asText();

    JsonNode cached = discover(source);
    assertThat(cached.at("/jobInfo/configId").asText()).isEqualTo("NoConfiguration");
    assertThat(cached.path("catalog")).isEqualTo(first.path("catalog"));
    assertThat(faults.calls(Step.DISCOVER)).isEqualTo(1);

    assertThat(discover(source, "disable_cache", true).path("catalogId").asText()).isEqualTo(id);
    assertThat(faults.calls(Step.DISCOVER)).isEqualTo(2);

    clock.now = clock.now.plus(Duration.ofHours(25));
    table("customers");
    JsonNode later = discover(source, "connectionId", id);
    assertThat(later.path("catalogId").asText()).isNotEqualTo(id);
    assertThat(later.at("/catalog/streams")).hasSize(2);
    assertThat(later.at("/catalog/streams/0/config/selected").asBoolean()).isFalse();
    assertThat(later.path("breakingChange").isBoolean()).isTrue();

    api.ok(
        "/sources/partial_update",
        body("sourceId", source, "connectionConfiguration", body("more", 1)));
    int before = faults.calls(Step.DISCOVER);
    discover(source);
    assertThat(faults.calls(Step.DISCOVER)).isEqualTo(before + 2);

    JsonNode newest = api.ok("/sources/most_recent_source_actor_catalog", body("sourceId", source));
    assertThat(newest.path("updatedAt").asLong()).isEqualTo(clock.now.getEpochSecond());
    assertThat(newest.at("/catalog/streams/0/source_defined_primary_key/0/0").asText())
        .isEqualTo("id");
  }

  @Test
  void answersAFailureWithoutACatalog() throws Exception {
    String source = source("wrong");
    JsonNode answer = discover(source);
    assertThat(answer.at("/jobInfo/succeeded").asBoolean(true)).isTrue();
    table("orders");
    answer = discover(source, "disable_cache", true);
    assertThat(answer.has("catalog")).isFalse();
    assertThat(answer.at("/jobInfo/succeeded").asBoolean(true)).isFalse();
    assertThat(answer.at("/jobInfo/failureReason/failureType").asText()).isEqualTo("config_error");
    assertThat(answer.at("/jobInfo/failureReason/failureOrigin").asText()).isEqualTo("source");
    TestApi.Reply streams = api.get("/streams?ignoreCache=true&sourceId=" + source);
    assertThat(streams.status()).isEqualTo(422);
    assertThat(streams.json().path("detail").asText()).contains("refused the password");
  }

  @Test
  void streamsOfASourceThatIsAwayAreAnUnexpectedProblem() throws Exception {
    table("orders");
    String source = source("open sesame");
    faults.at(Step.DISCOVER, 1, Fault.transientFailure());
    TestApi.Reply away = api.get("/streams?sourceId=" + source);
    assertThat(away.status()).isEqualTo(500);
    assertThat(away.json().path("title").asText()).isEqualTo("unexpected-problem");
    assertThat(away.json().path("detail").asText()).isNotBlank();
    assertThat(away.json().path("errorId").asText()).isNotBlank();
    assertThat(api.get("/streams?sourceId=" + source).status()).isEqualTo(200);
  }

  @Test
  void streamsOfASourceThatDoesNotAnswerAreThoseFoundLast() throws Exception {
    table("orders");
    String streams = "/streams?sourceId=" + source("open sesame");
    api.get(streams);
    table("customers");
    changeSource(streams);
    CountDownLatch answers = new CountDownLatch(1);
    faults.at(Step.DISCOVER, 2, new Fault.Run(() -> await(answers)));
    FutureTask<TestApi.Reply> other = new FutureTask<>(() -> api.get(streams));
    Thread.ofVirtual().start(other);
    assertThat(api.get(streams).json()).hasSize(1);
    assertThat(other.get().json()).hasSize(1);
    assertThat(faults.calls(Step.DISCOVER)).as("both wait for one look").isEqualTo(2);
    answers.countDown();
    assertThat(api.get(streams).json()).as("the look went on").hasSize(2);
  }

  @Test
  void streamsOfASourceThatIsAwayAreThoseFoundLast() throws Exception {
    table("orders");
    String streams = "/streams?sourceId=" + source("open sesame");
    api.get(streams);
    changeSource(streams);
    faults.at(Step.DISCOVER, 2, Fault.transientFailure());
    assertThat(api.get(streams).json()).hasSize(1);
    faults.at(Step.DISCOVER, 3, Fault.configFailure());
    TestApi.Reply wrong = api.get(streams);
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.json().path("detail").asText()).contains("set up wrongly");
    assertThat(api.get(streams).json()).hasSize(1);
    assertThat(faults.calls(Step.DISCOVER)).isEqualTo(4);
  }

  private void changeSource(String streams) throws Exception {
    String source = streams.substring(streams.indexOf('=') + 1);
    api.ok(
        "/sources/partial_update",
        body("sourceId", source, "connectionConfiguration", body("more", 1)));
  }

  /** Far longer than the answer may take, and an end for a test that fails. */
  private static void await(CountDownLatch answers) {
    try {
      assertThat(answers.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void discoversWhatIsNotStored() throws Exception {
    table("orders");
    JsonNode answer =
        api.ok(
            "/scheduler/sources/discover_schema",
            body(
                "sourceDefinitionId",
                ActorFixture.FAKE,
                "workspaceId",
                fixture.workspace(),
                "sourceId",
                source("open sesame"),
                "connectionConfiguration",
                body("host", "fake", "password", "**********")));
    assertThat(answer.at("/catalog/streams")).hasSize(1);
    assertThat(answer.has("catalogId")).isFalse();
  }

  @Test
  void showsStreamsWithTheModesOfADestination() throws Exception {
    table("orders");
    String source = source("open sesame");
    JsonNode streams = api.get("/streams?sourceId=" + source).json();
    assertThat(streams.isArray()).isTrue();
    assertThat(streams.get(0).path("streamnamespace").asText()).isEqualTo("public");
    assertThat(streams.get(0).has("syncModes")).isFalse();
    assertThat(streams.get(0).path("propertyFields")).hasSize(3);
    String destination =
        api.ok(
                "/destinations/create",
                body(
                    "name",
                    "lake",
                    "workspaceId",
                    fixture.workspace(),
                    "destinationDefinitionId",
                    ActorFixture.DUCKDB,
                    "connectionConfiguration",
                    body("destination_path", "lake.duckdb")))
            .path("destinationId")
            .asText();
    JsonNode modes =
        api.get("/streams?sourceId=" + source + "&destinationId=" + destination)
            .json()
            .get(0)
            .path("syncModes");
    assertThat(modes.toString())
        .contains("incremental_deduped_history", "full_refresh_overwrite", "incremental_append");
    assertThat(api.get("/streams").status()).isEqualTo(422);
    assertThat(
            api.config("/destinations/discover_schema", body("destinationId", destination))
                .json()
                .path("type")
                .asText())
        .isEqualTo("error:destination/discover-not-supported");
  }

  @Test
  void looksAtARealDatabase() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String database = server.newDatabase();
    server.execute(database, "CREATE TABLE orders (id bigint PRIMARY KEY, price numeric(10, 2))");
    String source =
        api.ok(
                "/sources/create",
                body(
                    "name",
                    "shop",
                    "workspaceId",
                    fixture.workspace(),
                    "sourceDefinitionId",
                    ActorFixture.POSTGRES,
                    "connectionConfiguration",
                    body(
                        "host",
                        PostgresServer.HOST,
                        "port",
                        server.port(),
                        "database",
                        database,
                        "username",
                        PostgresServer.USER)))
            .path("sourceId")
            .asText();
    assertThat(
            api.ok("/sources/check_connection", body("sourceId", source)).path("status").asText())
        .isEqualTo("succeeded");
    JsonNode stream = discover(source).at("/catalog/streams/0/stream");
    assertThat(stream.path("name").asText()).isEqualTo("orders");
    assertThat(stream.at("/sourceDefinedPrimaryKey/0/0").asText()).isEqualTo("id");
  }

  @Test
  void keepsTwentyThousandStreams() throws Exception {
    for (int i = 0; i < 20_000; i++) {
      table("t" + i);
    }
    String source = source("open sesame");
    JsonNode found = discover(source);
    assertThat(found.at("/catalog/streams")).hasSize(20_000);
    JsonNode cached = api.get("/streams?sourceId=" + source).json();
    assertThat(cached).hasSize(20_000);
    assertThat(cached.get(0).path("streamName").asText())
        .isEqualTo(found.at("/catalog/streams/0/stream/name").asText());
  }
}
