package io.millrace.server.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.apiclient.ApiClient;
import io.millrace.server.apiclient.Credentials;
import io.millrace.server.connector.ConnectorRegistry;
import io.millrace.server.http.HttpSettings;
import io.millrace.server.json.Documents;
import io.millrace.server.secret.SecretHunt;
import io.millrace.server.store.Database;
import io.millrace.server.store.DatabaseUrl;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import io.millrace.server.store.TestStore;
import io.millrace.server.workspacefile.WorkspaceApi;
import io.millrace.server.workspacefile.WorkspaceFiles;
import io.millrace.testkit.servers.PostgresServer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No password lies in anything that a server writes or answers, whatever fails. */
@EachStore
final class ServerLeaksTest {
  private static final String GIVEN = "hunter2-given-by-hand";
  private static final String REFERENCED = "hunter3-from-the-environment";
  private static final Set<String> OPEN = Set.of("pending", "running", "incomplete");
  private static final int LOOKS_MAX = 600;

  private final DatabaseUrl url;
  private final List<String> answers = new ArrayList<>();
  @TempDir private Path folder;

  ServerLeaksTest(Dialect dialect, @TempDir Path stores) {
    this.url = TestStore.url(dialect, stores);
  }

  @Test
  void saysNoSecretWhateverFails() throws Exception {
    try (SecretHunt hunt = SecretHunt.begin(GIVEN, REFERENCED)) {
      try (Server server = start();
          ApiClient client =
              new ApiClient(
                  "http://127.0.0.1:" + server.ports().getFirst(), new Credentials.None())) {
        live(client, "given", GIVEN);
        live(client, "referenced", "${env:SHOP_PASSWORD}");
        answers.add(new WorkspaceFiles(WorkspaceApi.open(client, null)).export());
        post(client, "/audit/list", Documents.empty());
        post(client, "/logs/search", Documents.empty());
      }
      try (Database database = Database.open(url)) {
        hunt.lookIn(folder).lookIn(database).lookAt("answers", answers);
      }
      assertThat(hunt.findings()).isEmpty();
    }
  }

  /** The destination has no such database: checks fail, and a job fails with its log. */
  private void live(ApiClient client, String name, String password) throws InterruptedException {
    String workspace =
        post(client, "/workspaces/list", Documents.empty())
            .path("workspaces")
            .path(0)
            .path("workspaceId")
            .asText();
    ObjectNode people = Documents.empty().put("count", 10);
    String source = actor(client, "source", workspace, "source-faker", name, people);
    ObjectNode nowhere =
        Documents.empty()
            .put("host", PostgresServer.HOST)
            .put("port", PostgresServer.shared().port())
            .put("database", "no such " + name)
            .put("username", PostgresServer.USER)
            .put("password", password);
    String lake = actor(client, "destination", workspace, "destination-postgres", name, nowhere);
    post(client, "/destinations/check_connection", Documents.empty().put("destinationId", lake));
    post(client, "/destinations/get", Documents.empty().put("destinationId", lake));
    JsonNode found =
        post(client, "/sources/discover_schema", Documents.empty().put("sourceId", source));
    ObjectNode connection = Documents.empty().put("sourceId", source).put("destinationId", lake);
    connection.put("status", "active").set("syncCatalog", selected(found.path("catalog")));
    String id = post(client, "/connections/create", connection).path("connectionId").asText();
    long job =
        post(client, "/connections/sync", Documents.empty().put("connectionId", id))
            .path("job")
            .path("id")
            .asLong();
    ObjectNode which = Documents.empty().put("id", job);
    String status = "pending";
    for (int i = 0; i < LOOKS_MAX && OPEN.contains(status); i++) {
      Thread.sleep(50);
      status = client.post("/jobs/get_light", which).path("job").path("status").asText();
    }
    assertThat(status).isEqualTo("failed");
    assertThat(post(client, "/jobs/get", which).toString()).contains("no such " + name);
  }

  private static JsonNode selected(JsonNode catalog) {
    JsonNode copy = catalog.deepCopy();
    copy.path("streams")
        .forEach(stream -> ((ObjectNode) stream.get("config")).put("selected", true));
    return copy;
  }

  private String actor(
      ApiClient client,
      String side,
      String workspace,
      String connector,
      String name,
      ObjectNode configuration)
      throws InterruptedException {
    String definition = ConnectorRegistry.load().find(connector).info().definitionId().toString();
    ObjectNode body = Documents.empty().put("workspaceId", workspace).put("name", name);
    body.put(side + "DefinitionId", definition).set("connectionConfiguration", configuration);
    return post(client, "/" + side + "s/create", body).path(side + "Id").asText();
  }

  private JsonNode post(ApiClient client, String path, ObjectNode body)
      throws InterruptedException {
    JsonNode answer = client.post(path, body);
    answers.add(answer.toString());
    return answer;
  }

  private Server start() {
    ServerSettings settings =
        new ServerSettings(
            new DataDirectory(folder),
            url,
            new HttpSettings("127.0.0.1", List.of(0, 0), null, null),
            Map.of("SHOP_PASSWORD", REFERENCED));
    return Server.start(settings, ConnectorRegistry.load(), Clock.systemUTC());
  }
}
