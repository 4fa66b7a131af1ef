package io.millrace.server.connector;

import static io.millrace.server.http.TestApi.body;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.http.Routes;
import io.millrace.server.http.TestApi;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import io.millrace.server.store.TestStore;
import io.millrace.server.workspace.Workspace;
import io.millrace.server.workspace.WorkspaceId;
import io.millrace.server.workspace.WorkspaceStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

@EachStore
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class ConnectorApiTest {
  private static final String POSTGRES = "decd338e-5647-4c0b-adf4-da0e75f5a750";
  private static final String POSTGRES_DESTINATION = "25c5221d-dce2-4163-ade9-739ef790f503";
  private static final String S3 = "4816b78f-1489-44c1-9060-4b19d5fa9362";
  private static final String WORKSPACE = "7b1e2c3d-0000-4000-8000-000000000001";

  @TempDir private static Path folder;
  @Parameter private Dialect dialect;
  private Database database;
  private TestApi api;

  @BeforeParameterizedClassInvocation
  void serve() {
    database = TestStore.open(dialect, folder);
    Workspace known =
        new Workspace(
            WorkspaceId.of(WORKSPACE),
            "W",
            "w",
            Documents.empty(),
            Instant.EPOCH,
            Instant.EPOCH,
            null);
    database.change(tx -> new WorkspaceStore().insert(tx, known));
    Routes routes = new Routes();
    ConnectorRoutes.add(
        routes,
        database,
        new Definitions(ConnectorRegistry.load(), Clock.systemUTC(), "1.2.3"),
        Clock.systemUTC(),
        (tx, side, workspace) -> Set.of(UUID.fromString(POSTGRES)));
    api = TestApi.serve(routes);
  }

  @AfterParameterizedClassInvocation
  void stop() {
    api.close();
    database.close();
  }

  @Test
  void listsConnectorsByTheNamesThatClientsKnow() throws Exception {
    JsonNode sources = api.ok("/source_definitions/list", "").path("sourceDefinitions");
    assertThat(sources.findValuesAsText("name")).containsExactly("Sample Data", "File", "Postgres");
    JsonNode postgres = api.ok("/source_definitions/get", body("sourceDefinitionId", POSTGRES));
    assertThat(postgres.path("dockerRepository").asText()).isEqualTo("airbyte/source-postgres");
    assertThat(postgres.path("dockerImageTag").asText()).isEqualTo("1.2.3");
    assertThat(postgres.path("sourceType").asText()).isEqualTo("database");
    JsonNode used =
        api.ok(
            "/source_definitions/list_for_workspace",
            body("workspaceId", WORKSPACE, "filterByUsed", true));
    assertThat(used.path("sourceDefinitions")).hasSize(1);
    JsonNode destinations =
        api.ok("/destination_definitions/list_latest", "{}").path("destinationDefinitions");
    assertThat(destinations.findValuesAsText("name"))
        .containsExactly("DuckDB", "Local files", "Postgres", "S3");
    assertThat(api.config("/source_definitions/get", body("sourceDefinitionId", S3)).status())
        .isEqualTo(404);
  }

  @Test
  void tellsSpecifications() throws Exception {
    JsonNode postgres =
        api.ok(
            "/source_definition_specifications/get",
            body("sourceDefinitionId", POSTGRES, "workspaceId", WORKSPACE));
    assertThat(
            postgres.at("/connectionSpecification/properties/password/airbyte_secret").asBoolean())
        .isTrue();
    assertThat(postgres.at("/jobInfo/configType").asText()).isEqualTo("get_spec");
    assertThat(postgres.at("/jobInfo/succeeded").asBoolean()).isTrue();
    assertThat(modes(POSTGRES_DESTINATION))
        .containsExactlyInAnyOrder("append", "overwrite", "append_dedup", "overwrite_dedup");
    assertThat(modes(S3)).containsExactlyInAnyOrder("append", "overwrite");
  }

  private List<String> modes(String definition) throws Exception {
    List<String> modes = new ArrayList<>();
    api.ok(
            "/destination_definition_specifications/get",
            body("destinationDefinitionId", definition))
        .path("supportedDestinationSyncModes")
        .forEach(mode -> modes.add(mode.asText()));
    return modes;
  }

  @Test
  void tellsVersionsAndDocumentation() throws Exception {
    JsonNode version =
        api.ok("/actor_definition_versions/get_default", body("actorDefinitionId", S3));
    assertThat(version.path("supportsRefreshes").asBoolean()).isTrue();
    JsonNode resolved =
        api.ok(
            "/actor_definition_versions/resolve",
            body("actorDefinitionId", S3, "actorType", "destination", "dockerImageTag", "1.2.3"));
    assertThat(resolved.path("dockerRepository").asText()).isEqualTo("airbyte/destination-s3");
    JsonNode page =
        api.ok(
            "/connector_documentation/get",
            body("actorType", "source", "actorDefinitionId", POSTGRES, "workspaceId", WORKSPACE));
    assertThat(page.path("doc").asText()).contains("# ").contains("`username`");
  }

  @Test
  void refusesWhatItCannotRun() throws Exception {
    TestApi.Reply custom = api.config("/source_definitions/create_custom", "{}");
    assertThat(custom.status()).isEqualTo(422);
    assertThat(custom.json().path("message").asText()).contains("runs no containers");
    assertThat(
            api.config(
                    "/source_definitions/update",
                    body("sourceDefinitionId", POSTGRES, "dockerImageTag", "9.9.9"))
                .status())
        .isEqualTo(422);
    assertThat(
            api.config(
                    "/source_definitions/update",
                    body("sourceDefinitionId", POSTGRES, "dockerImageTag", "1.2.3"))
                .status())
        .isEqualTo(200);
    assertThat(
            api.config("/source_definitions/delete", body("sourceDefinitionId", POSTGRES)).status())
        .isEqualTo(422);
  }

  @Test
  void servesThePublicResources() throws Exception {
    String base = "/workspaces/" + WORKSPACE + "/definitions/";
    JsonNode page = api.get(base + "sources?limit=2").json();
    assertThat(page.path("data")).hasSize(2);
    assertThat(page.path("next").asText()).contains("offset=2");
    assertThat(api.get(base + "destinations/" + S3).json().path("name").asText()).isEqualTo("S3");
    assertThat(api.get(base + "declarative_sources").json().path("data")).isEmpty();
    assertThat(api.call("POST", base + "sources", "{}").status()).isEqualTo(422);
    assertThat(api.call("DELETE", base + "sources/" + WORKSPACE, "").status()).isEqualTo(404);
    assertThat(api.get("/connector_definitions?type=source").json().path("data")).hasSize(3);
    assertThat(api.get("/connector_definitions").status()).isEqualTo(422);
  }
}
