package io.millrace.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.http.Names;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Dialect;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names have an end, whatever they name and on both APIs. */
final class NameBoundsTest {
  private static final String LONGEST = "n".repeat(Names.CHARS_MAX);
  private static final String FAKER = "dfd88b22-b603-4c3d-aad7-3701784586b1";
  private static final String DUCKDB = "042ee9b5-eb98-4e99-a4e5-3f0d573bee66";

  @TempDir private Path folder;
  private RunningServer server;
  private ValidatingClient client;

  @BeforeEach
  void start() {
    server = new RunningServer(Dialect.SQLITE, folder);
    client = new ValidatingClient(server.uri());
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void everythingThatHasAName() {
    String workspace = made("/workspaces", Documents.empty(), "workspaceId");
    refused("PATCH", "/workspaces/" + workspace, Documents.empty());
    ObjectNode in = Documents.empty().put("workspaceId", workspace);
    ObjectNode faker = in.deepCopy();
    faker.putObject("configuration").put("sourceType", "faker").put("count", 1);
    String source = made("/sources", faker, "sourceId");
    ObjectNode duckdb = in.deepCopy();
    duckdb
        .putObject("configuration")
        .put("destinationType", "duckdb")
        .put("destination_path", "names.duckdb");
    String destination = made("/destinations", duckdb, "destinationId");
    refused("PATCH", "/sources/" + source, Documents.empty());
    refused(
        "PUT",
        "/destinations/" + destination,
        Documents.empty().set("configuration", duckdb.path("configuration")));
    ObjectNode ends = Documents.empty().put("sourceId", source).put("destinationId", destination);
    String connection = made("/connections", ends, "connectionId");
    refused("PATCH", "/connections/" + connection, Documents.empty());
    made("/applications", Documents.empty().put("role", "reader"), "id");
  }

  @Test
  void theConfigApi() {
    String workspace = made("/workspaces", Documents.empty(), "workspaceId");
    ObjectNode source =
        Documents.empty().put("workspaceId", workspace).put("sourceDefinitionId", FAKER);
    source.putObject("connectionConfiguration").put("count", 1);
    refusedThere("/sources/create", source);
    ObjectNode destination =
        Documents.empty().put("workspaceId", workspace).put("destinationDefinitionId", DUCKDB);
    destination.putObject("connectionConfiguration").put("destination_path", "names.duckdb");
    refusedThere("/destinations/create", destination);
    refusedThere("/workspaces/update_name", Documents.empty().put("workspaceId", workspace));
    ObjectNode operation = Documents.empty().put("workspaceId", workspace);
    operation.putObject("operatorConfiguration").put("operatorType", "webhook");
    refusedThere("/operations/create", operation);
  }

  /** What is made of two long names is cut. */
  @Test
  void aNameThatNobodyGave() {
    ObjectNode in =
        Documents.empty().put("workspaceId", made("/workspaces", Documents.empty(), "workspaceId"));
    ObjectNode faker = in.deepCopy();
    faker.putObject("configuration").put("sourceType", "faker").put("count", 1);
    String source = made("/sources", faker, "sourceId");
    ObjectNode duckdb = in.deepCopy();
    duckdb
        .putObject("configuration")
        .put("destinationType", "duckdb")
        .put("destination_path", "names.duckdb");
    ObjectNode ends =
        Documents.empty()
            .put("sourceId", source)
            .put("destinationId", made("/destinations", duckdb, "destinationId"));
    JsonNode connection = client.resource("POST", "/connections", ends);
    assertThat(connection.path("name").asText()).hasSize(Names.CHARS_MAX).endsWith("…");
    JsonNode copy = client.config("/sources/clone", Documents.empty().put("sourceCloneId", source));
    assertThat(copy.path("name").asText()).hasSize(Names.CHARS_MAX);
  }

  /** Makes something of the longest name, having seen that one more character is too many. */
  private String made(String path, ObjectNode body, String id) {
    refused("POST", path, body);
    JsonNode made = client.resource("POST", path, body.deepCopy().put("name", LONGEST));
    assertThat(made.path("name").asText()).isEqualTo(LONGEST);
    return made.path(id).asText();
  }

  private void refused(String method, String path, ObjectNode body) {
    check(client.call(method, "/api/public/v1" + path, tooLong(body), 422).path("data"));
  }

  private void refusedThere(String path, ObjectNode body) {
    check(client.call("POST", "/api/v1" + path, tooLong(body), 422));
  }

  private static void check(JsonNode answer) {
    assertThat(answer.path("validationErrors")).hasSize(1);
    assertThat(answer.at("/validationErrors/0/propertyPath").asText()).isEqualTo("name");
    assertThat(answer.at("/validationErrors/0/message").asText())
        .contains("at most 256 characters; this has 257");
    assertThat(answer.at("/validationErrors/0/invalidValue").asText()).hasSizeLessThan(110);
  }

  private static ObjectNode tooLong(ObjectNode body) {
    return body.deepCopy().put("name", LONGEST + "n");
  }
}
