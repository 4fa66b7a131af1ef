package io.millrace.server.actor;

import static io.millrace.server.http.TestApi.body;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.millrace.server.connector.Side;
import io.millrace.server.http.TestApi;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

@EachStore
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class ActorApiTest {
  private static final String NOBODY = "7b1e2c3d-0000-4000-8000-000000000001";
  private static final String SECRET = "open sesame";

  @TempDir private static Path folder;
  @Parameter private Dialect dialect;
  private ActorFixture fixture;
  private TestApi api;

  @BeforeParameterizedClassInvocation
  void serve() {
    fixture = new ActorFixture(dialect, folder, Clock.systemUTC(), List.of());
    api = TestApi.serve(fixture.routes(Clock.systemUTC()));
  }

  @AfterParameterizedClassInvocation
  void stop() {
    api.close();
    fixture.close();
  }

  private Map<String, Object> postgres(Object... more) {
    Map<String, Object> values =
        body(
            "host",
            "db.example.com",
            "port",
            5432,
            "database",
            "shop",
            "username",
            "ann",
            "password",
            SECRET);
    values.putAll(body(more));
    return values;
  }

  private JsonNode create(String name, Map<String, Object> values) throws Exception {
    return api.ok(
        "/sources/create",
        body(
            "name",
            name,
            "workspaceId",
            fixture.workspace(),
            "sourceDefinitionId",
            ActorFixture.POSTGRES,
            "connectionConfiguration",
            values));
  }

  private Actor stored(String id) {
    return fixture.actors().get(Side.SOURCE, ActorId.of(id));
  }

  private String password(String id) {
    return fixture.actors().endpoint(stored(id)).values().get("password") + "";
  }

  @Test
  void keepsSecretsToItself() throws Exception {
    JsonNode made = create("shop", postgres());
    String id = made.path("sourceId").asText();
    assertThat(made.at("/connectionConfiguration/password").asText()).isEqualTo("**********");
    assertThat(made.path("sourceName").asText()).isEqualTo("Postgres");
    assertThat(stored(id).configuration().toString()).doesNotContain(SECRET);
    assertThat(fixture.changes()).noneMatch(change -> change.contains(SECRET));
    assertThat(password(id)).isEqualTo(SECRET);

    api.ok(
        "/sources/update",
        body(
            "sourceId",
            id,
            "name",
            "shop 2",
            "connectionConfiguration",
            postgres("password", "**********", "port", 5433)));
    assertThat(password(id)).isEqualTo(SECRET);
    assertThat(fixture.actors().endpoint(stored(id)).values()).containsEntry("port", 5433);

    api.ok(
        "/sources/partial_update",
        body("sourceId", id, "connectionConfiguration", body("password", "another")));
    assertThat(password(id)).isEqualTo("another");
    assertThat(api.ok("/sources/get", body("sourceId", id)).path("name").asText())
        .isEqualTo("shop 2");
  }

  @Test
  void namesEveryWrongField() throws Exception {
    TestApi.Reply reply =
        api.config(
            "/sources/create",
            body(
                "name",
                "x",
                "workspaceId",
                fixture.workspace(),
                "sourceDefinitionId",
                ActorFixture.POSTGRES,
                "connectionConfiguration",
                body(
                    "port",
                    "many",
                    "database",
                    "d",
                    "username",
                    "u",
                    "ssl_mode",
                    body("mode", "sometimes"))));
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().path("validationErrors").findValuesAsText("propertyPath"))
        .containsExactlyInAnyOrder(
            "connectionConfiguration.host",
            "connectionConfiguration.port",
            "connectionConfiguration.ssl_mode.mode");
    assertThat(reply.json().path("message").asText())
        .contains("connectionConfiguration.host: expected text")
        .contains("it is required");
  }

  @Test
  void refusesAMaskForNothingAndWhatLooksEncrypted() throws Exception {
    assertThat(
            api.config(
                    "/sources/create",
                    body(
                        "name",
                        "x",
                        "workspaceId",
                        fixture.workspace(),
                        "sourceDefinitionId",
                        ActorFixture.POSTGRES,
                        "connectionConfiguration",
                        postgres("password", "**********")))
                .status())
        .isEqualTo(422);
    assertThat(
            api.config(
                    "/sources/create",
                    body(
                        "name",
                        "x",
                        "workspaceId",
                        fixture.workspace(),
                        "sourceDefinitionId",
                        ActorFixture.POSTGRES,
                        "connectionConfiguration",
                        postgres("password", body("_secret", "v1:x"))))
                .json()
                .path("message")
                .asText())
        .contains("connectionConfiguration.password");
  }

  @Test
  void keepsUnknownFieldsAndDoesNotUseThem() throws Exception {
    JsonNode made =
        create(
            "odd",
            postgres("entra_client_id", "x", "ssl_mode", body("mode", "prefer", "more", true)));
    assertThat(made.at("/connectionConfiguration/entra_client_id").asText()).isEqualTo("x");
    Actor actor = stored(made.path("sourceId").asText());
    assertThat(fixture.actors().endpoint(actor).problems()).isEmpty();
    assertThat(fixture.actors().notes(actor))
        .hasSize(2)
        .anyMatch(line -> line.contains("entra_client_id"))
        .anyMatch(line -> line.contains("ssl_mode.more"));
  }

  @Test
  void resolvesReferencesOnlyForTheConnector() throws Exception {
    JsonNode made = create("by reference", postgres("host", "${env:PGHOST}"));
    assertThat(made.at("/connectionConfiguration/host").asText()).isEqualTo("${env:PGHOST}");
    assertThat(fixture.actors().endpoint(stored(made.path("sourceId").asText())).values())
        .containsEntry("host", "db.example.com");
    TestApi.Reply missing =
        api.config(
            "/sources/create",
            body(
                "name",
                "x",
                "workspaceId",
                fixture.workspace(),
                "sourceDefinitionId",
                ActorFixture.POSTGRES,
                "connectionConfiguration",
                postgres("host", "${env:NOT_THERE}")));
    assertThat(missing.status()).isEqualTo(422);
    assertThat(missing.json().path("message").asText()).contains("NOT_THERE");
    TestApi.Reply hidden =
        api.config(
            "/sources/create",
            body(
                "name",
                "x",
                "workspaceId",
                fixture.workspace(),
                "sourceDefinitionId",
                ActorFixture.POSTGRES,
                "connectionConfiguration",
                postgres("port", "${env:PGHOST}")));
    assertThat(hidden.status()).isEqualTo(422);
    assertThat(hidden.text()).doesNotContain("db.example.com");
  }

  @Test
  void takesNoTextForANumber() throws Exception {
    Map<String, Object> typed = postgres("port", "5433");
    TestApi.Reply refused =
        api.config(
            "/sources/create",
            body(
                "name",
                "x",
                "workspaceId",
                fixture.workspace(),
                "sourceDefinitionId",
                ActorFixture.POSTGRES,
                "connectionConfiguration",
                typed));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("message").asText())
        .isEqualTo(
            "connectionConfiguration.port is \"5433\"; expected a whole number from 1 to 65535"
                + " (without quotes).");
    String id = create("number", postgres("port", 5433)).path("sourceId").asText();
    assertThat(
            api.config(
                    "/sources/partial_update",
                    body("sourceId", id, "connectionConfiguration", body("port", "5434")))
                .status())
        .isEqualTo(422);
    delete(id);
  }

  @Test
  void aReferenceMayStandForANumber() throws Exception {
    String id = create("port", postgres("port", "${env:PGPORT}")).path("sourceId").asText();
    assertThat(fixture.actors().endpoint(stored(id)).problems()).isEmpty();
    assertThat(fixture.actors().endpoint(stored(id)).values()).containsEntry("port", "5433");
    delete(id);
  }

  @Test
  void textThatIsStoredForANumberStays() throws Exception {
    String id = create("old", postgres("port", 5433)).path("sourceId").asText();
    fixture
        .database()
        .change(
            tx ->
                tx.execute(
                    "UPDATE actor SET configuration = replace(configuration, '5433', '\"5433\"')"));
    api.ok(
        "/sources/partial_update",
        body("sourceId", id, "connectionConfiguration", body("database", "other")));
    assertThat(fixture.actors().endpoint(stored(id)).values()).containsEntry("port", "5433");
    assertThat(fixture.actors().endpoint(stored(id)).problems()).isEmpty();
    delete(id);
  }

  /** A workspace of the fixture holds few. */
  private void delete(String id) throws Exception {
    assertThat(api.config("/sources/delete", body("sourceId", id)).status()).isEqualTo(204);
  }

  @Test
  void mergesDeeplyAndTakesFieldsAway() throws Exception {
    JsonNode made =
        create(
            "merged",
            postgres(
                "schemas",
                List.of("a", "b"),
                "ssl_mode",
                body("mode", "verify-ca", "ca_certificate", "PEM")));
    String id = made.path("sourceId").asText();
    JsonNode changed =
        api.call(
                "PATCH",
                "/sources/" + id,
                body(
                    "configuration",
                    body(
                        "schemas",
                        List.of("c"),
                        "ssl_mode",
                        body("client_key", "KEY"),
                        "port",
                        NullNode.getInstance())))
            .json()
            .path("configuration");
    assertThat(changed.path("schemas")).hasSize(1);
    assertThat(changed.at("/ssl_mode/mode").asText()).isEqualTo("verify-ca");
    assertThat(changed.at("/ssl_mode/ca_certificate").asText()).isEqualTo("**********");
    assertThat(changed.at("/ssl_mode/client_key").asText()).isEqualTo("**********");
    assertThat(changed.has("port")).isFalse();
  }

  @Test
  void deletesOnceAndForAll() throws Exception {
    String id = create("gone", postgres()).path("sourceId").asText();
    assertThat(api.config("/sources/delete", body("sourceId", id)).status()).isEqualTo(204);
    assertThat(fixture.ended()).contains(ActorId.of(id));
    assertThat(api.config("/sources/get", body("sourceId", id)).status()).isEqualTo(404);
    assertThat(api.get("/sources/" + id).status()).isEqualTo(404);
    assertThat(api.call("DELETE", "/sources/" + id, "").status()).isEqualTo(404);
    JsonNode all = api.get("/sources?includeDeleted=true&limit=100").json().path("data");
    assertThat(all.findValuesAsText("sourceId")).contains(id);
    assertThat(all.toString()).doesNotContain("\"sourceId\":\"" + id + "\",\"password");
  }

  @Test
  void clonesSearchesAndLists() throws Exception {
    String id = create("Needle", postgres("database", "hay")).path("sourceId").asText();
    JsonNode copy = api.ok("/sources/clone", body("sourceCloneId", id));
    assertThat(copy.path("name").asText()).isEqualTo("Needle (Copy)");
    assertThat(password(copy.path("sourceId").asText())).isEqualTo(SECRET);
    JsonNode found =
        api.ok(
            "/sources/search",
            body("sourceName", "Postgres", "connectionConfiguration", body("database", "hay")));
    assertThat(found.path("sources").findValuesAsText("name"))
        .containsExactly("Needle", "Needle (Copy)");
    JsonNode page =
        api.ok(
            "/sources/list",
            body(
                "workspaceId",
                fixture.workspace(),
                "pageSize",
                1,
                "filters",
                body("searchTerm", "needle")));
    assertThat(page.path("sources")).hasSize(1);
    assertThat(page.path("num_connections").asInt()).isEqualTo(2);
    assertThat(page.at("/sources/0/status").asText()).isEqualTo("inactive");
    JsonNode second =
        api.ok(
            "/sources/list",
            body(
                "workspaceId",
                fixture.workspace(),
                "pageSize",
                1,
                "cursor",
                page.at("/sources/0/sourceId").asText(),
                "filters",
                body("searchTerm", "needle")));
    assertThat(second.at("/sources/0/name").asText()).isEqualTo("Needle (Copy)");
    assertThat(
            api.ok(
                    "/sources/list_paginated",
                    body(
                        "workspaceIds",
                        List.of(fixture.workspace()),
                        "pagination",
                        body("pageSize", 1)))
                .path("sources"))
        .hasSize(1);
    assertThat(api.config("/sources/list", body("workspaceId", NOBODY)).status()).isEqualTo(404);
  }

  @Test
  void servesThePublicResources() throws Exception {
    TestApi.Reply made =
        api.call(
            "POST",
            "/destinations",
            body(
                "name",
                "lake",
                "workspaceId",
                fixture.workspace(),
                "configuration",
                body("destinationType", "duckdb", "destination_path", "lake.duckdb")));
    assertThat(made.status()).isEqualTo(200);
    assertThat(made.json().path("destinationType").asText()).isEqualTo("duckdb");
    assertThat(made.json().at("/configuration/destinationType").asText()).isEqualTo("duckdb");
    assertThat(made.json().path("definitionId").asText()).isEqualTo(ActorFixture.DUCKDB);
    String id = made.json().path("destinationId").asText();
    assertThat(
            fixture
                .actors()
                .get(Side.DESTINATION, ActorId.of(id))
                .configuration()
                .has("destinationType"))
        .isFalse();
    TestApi.Reply put =
        api.call(
            "PUT",
            "/destinations/" + id,
            body("name", "lake 2", "configuration", made.json().path("configuration")));
    assertThat(put.status()).isEqualTo(200);
    assertThat(put.json().path("configuration")).isEqualTo(made.json().path("configuration"));
    assertThat(api.call("DELETE", "/destinations/" + id, "").status()).isEqualTo(204);
  }

  @Test
  void refusesUnknownTypesAndIds() throws Exception {
    TestApi.Reply unknown =
        api.call(
            "POST",
            "/sources",
            body(
                "name",
                "x",
                "workspaceId",
                fixture.workspace(),
                "configuration",
                body("sourceType", "github")));
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.json().path("title").asText()).isEqualTo("value-not-found");
    assertThat(
            api.call(
                    "POST",
                    "/sources",
                    body(
                        "name",
                        "x",
                        "workspaceId",
                        fixture.workspace(),
                        "configuration",
                        body("count", 1)))
                .status())
        .isEqualTo(422);
    assertThat(
            api.call(
                    "POST",
                    "/sources",
                    body(
                        "name",
                        "x",
                        "workspaceId",
                        NOBODY,
                        "configuration",
                        body("sourceType", "faker")))
                .status())
        .isEqualTo(404);
    assertThat(api.call("PATCH", "/sources/" + NOBODY, "{}").status()).isEqualTo(404);
  }

  @Test
  void pagesThePublicList() throws Exception {
    create("p1", postgres());
    create("p2", postgres());
    JsonNode page = api.get("/sources?limit=1&workspaceIds=" + fixture.workspace()).json();
    assertThat(page.path("data")).hasSize(1);
    assertThat(page.path("next").asText()).contains("workspaceIds=").contains("offset=1");
    assertThat(api.get("/sources?workspaceIds=" + NOBODY).status()).isEqualTo(404);
  }
}
