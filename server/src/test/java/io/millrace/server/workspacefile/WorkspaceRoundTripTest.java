package io.millrace.server.workspacefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connector.Side;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConfigException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the public API has made, as a file and at a fresh server. */
final class WorkspaceRoundTripTest {
  private static final String ENDS =
      """
      version: 1
      sources:
      - {name: people, connector: source-faker, config: {count: 20, seed: 1}}
      destinations:
      - {name: lake, connector: destination-duckdb, config: {destination_path: lake.duckdb}}
      """;

  @TempDir private Path folder;
  private FileServer server;

  @BeforeEach
  void start() throws Exception {
    server = new FileServer(folder.resolve("one"));
    server.apply(ENDS);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whatWasLeftEmptyStaysEmptyAtAFreshServer() throws Exception {
    ObjectNode bare = connection("bare");
    var streams = bare.putObject("configurations").putArray("streams");
    streams.addObject().put("name", "users").put("syncMode", "full_refresh_overwrite");
    streams
        .addObject()
        .put("name", "products")
        .put("syncMode", "incremental_append")
        .putArray("cursorField")
        .add("updated_at");
    server.publicPost("/connections", bare);
    String exported = server.export();
    assertThat(exported).contains("cursor_field: []", "primary_key: []");
    assertThat(server.plan(exported)).as("its own export").isEmpty();
    try (FileServer fresh = new FileServer(folder.resolve("two"))) {
      fresh.apply(exported);
      assertThat(fresh.export()).isEqualTo(exported);
    }
  }

  @Test
  void theKeyOfAMapperThatTheServerHasIsNoChange() throws Exception {
    String key = "000102030405060708090a0b0c0d0e0f";
    String given =
        ENDS
            + """
            connections:
            - name: sealed
              source: people
              destination: lake
              streams:
              - name: users
                mappers:
                - type: hashing
                  mapperConfiguration: {targetField: name, method: SHA-256, fieldNameSuffix: _h}
                - type: encryption
                  mapperConfiguration:
                    {algorithm: AES, targetField: email, fieldNameSuffix: _x, key: "%s", mode: GCM, padding: NoPadding}
              - {name: products}
            """
                .formatted(key);
    server.apply(given);
    long changes = changes();
    assertThat(server.plan(given)).as("said again").isEmpty();
    server.apply(given);
    assertThat(changes()).isEqualTo(changes);
    String exported = server.export();
    assertThat(exported).contains("**********").doesNotContain(key);
    assertThat(server.plan(exported)).as("its own export").isEmpty();
    assertThat(server.plan(exported.replace("'**********'", '"' + key + '"')))
        .as("with the key")
        .isEmpty();
    String other = given.replace(key, "ff" + key.substring(2));
    assertThat(server.plan(other)).containsExactly("~ connection sealed: streams");
    server.apply(other);
    assertThat(server.plan(other)).isEmpty();
    assertThat(server.plan(given)).containsExactly("~ connection sealed: streams");
    assertThat(server.plan(other.replace("mode: GCM", "mode: CBC")))
        .containsExactly("~ connection sealed: streams");
  }

  private long changes() throws InterruptedException {
    return server.api().call("/audit/list", Documents.empty()).path("totalCount").asLong();
  }

  @Test
  void theUrlOfAWebhookStandsInNoFile() throws Exception {
    String url = "https://hooks.example.com/terces";
    server.apply(
        ENDS
            + """
            workspace:
              notificationSettings:
                sendOnFailure: {notificationType: [slack], slackConfiguration: {webhook: %s}}
            """
                .formatted(url));
    String exported = server.export();
    assertThat(exported).contains("webhook: '**********'").doesNotContain("terces");
    assertThat(server.plan(exported)).as("its own export").isEmpty();
    assertThat(server.plan(exported.replace("**********", url))).as("with the URL").isEmpty();
    server.apply(
        ENDS
            + """
            workspace:
              notificationSettings:
                sendOnFailure:
                  notificationType: [slack, customerio]
                  slackConfiguration: {webhook: "**********"}
            """);
    assertThat(server.plan(server.export().replace("**********", url)))
        .as("a mask keeps the URL")
        .isEmpty();
    try (FileServer fresh = new FileServer(folder.resolve("two"))) {
      assertThatThrownBy(() -> fresh.plan(exported))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("sendOnFailure.slackConfiguration.webhook is masked");
    }
  }

  @Test
  void whatFollowsJobsComesAlongAndIsInTheAuditTrail() throws Exception {
    for (String name : List.of("first", "second")) {
      server.publicPost("/connections", connection(name));
    }
    String url = "https://hooks.example.com/terces";
    String given =
        """
        connections:
        - name: first
          after_success: [{connection: second}, {sql: "SELECT 1"}]
          after_failure: [{webhook: "%s"}]
        - name: second
          after_failure: [{sql: [SELECT 2, SELECT 3], timeout_seconds: 7}]
        """
            .formatted(url);
    server.change(given);
    String exported = server.export();
    assertThat(exported)
        .contains("- connection: second", "SELECT 3", "timeout_seconds: 7")
        .contains("webhook: https://hooks.example.com/**********")
        .doesNotContain("terces");
    assertThat(server.plan(exported)).as("its own export").isEmpty();
    JsonNode kept =
        server.api().call("/audit/list", Documents.empty().put("entity", "action")).path("changes");
    assertThat(kept).hasSize(2);
    assertThat(kept.toString()).contains("SELECT 3", "**********").doesNotContain("terces");
    try (FileServer fresh = new FileServer(folder.resolve("two"))) {
      assertThatThrownBy(() -> fresh.plan(exported))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("after_failure: the webhook https://hooks.example.com/**********");
      fresh.apply(exported.replace("**********", "terces"));
      assertThat(fresh.export()).isEqualTo(exported);
    }
    server.change(
        """
        connections:
        - {name: second, after_success: [{connection: first}]}
        - {name: first, after_success: []}
        """);
    assertThat(server.export()).contains("- connection: first").doesNotContain("SELECT 1");
  }

  @Test
  void refusesActionsThatCannotBe() throws Exception {
    for (String wrong :
        List.of(
            "after_success: [{connection: nobody}]",
            "after_failure: [{connection: only}]",
            "after_success: [{webhook: \"https://a.example/**********\"}]",
            "after_success: [{sql: [SELECT 1], webhook: \"https://a.example/x\"}]",
            "after_success: [{sq: [SELECT 1]}]",
            "after_success: [{webhook: \"ftp://a.example\"}]",
            "after_failure: [{sql: []}]",
            "after_success: [{sql: [SELECT 1], timeout_seconds: 99999}]",
            "after_success: {sql: [SELECT 1]}")) {
      String file =
          "connections:\n- {name: only, source: people, destination: lake, streams: [{name: users}], "
              + wrong
              + "}\n";
      assertThatThrownBy(() -> server.plan(file)).as(wrong).isInstanceOf(ConfigException.class);
    }
  }

  @Test
  void namesThatTheServerMakesCanBeExported() throws Exception {
    for (int i = 0; i < 3; i++) {
      ObjectNode unnamed = connection("");
      unnamed.remove("name");
      server.publicPost("/connections", unnamed);
      ObjectNode clone = Documents.empty().put("sourceCloneId", server.id(Side.SOURCE, "people"));
      server.api().call("/sources/clone", clone);
    }
    assertThat(server.api().connections().keySet())
        .containsExactly("people <> lake", "people <> lake (2)", "people <> lake (3)");
    assertThat(server.api().actors(Side.SOURCE).keySet())
        .containsExactly("people", "people (Copy)", "people (Copy) (2)", "people (Copy) (3)");
    assertThat(server.plan(server.export())).as("its own export").isEmpty();
  }

  private ObjectNode connection(String name) throws InterruptedException {
    return Documents.empty()
        .put("name", name)
        .put("sourceId", server.id(Side.SOURCE, "people"))
        .put("destinationId", server.id(Side.DESTINATION, "lake"));
  }
}
