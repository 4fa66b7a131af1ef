package io.millrace.server.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.apiclient.ApiClient;
import io.millrace.server.apiclient.Credentials;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever may edit a source or destination cannot reach the server's own files with it. */
final class ServerFilesTest {
  @TempDir private Path folder;

  @Test
  void refusesItsOwnFilesAndLetsOthersThrough() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    Path csv = Files.writeString(folder.resolve("orders.csv"), "id,name\n1,one\n");
    Path link = Files.createSymbolicLink(folder.resolve("keys.csv"), data.resolve("secret.key"));
    try (RunningServer server = RunningServer.open(data);
        ApiClient api = new ApiClient(server.urls().getFirst(), new Credentials.None())) {
      assertThat(check(api, "source", "source-file", Map.of("url", csv.toString())))
          .isEqualTo("succeeded");
      assertThat(Files.exists(data.resolve("secret.key"))).isTrue();
      for (String url :
          List.of(
              "secret.key",
              "millrace.db",
              data + "/*.key",
              folder + "/*/secret.*",
              folder + "/**",
              link.toString(),
              "/proc/self/environ")) {
        assertThat(check(api, "source", "source-file", Map.of("url", url, "format", "csv")))
            .as(url)
            .containsAnyOf("the server's data directory", "no file of data");
      }
      writes(api, data);
      assertThat(
              check(
                  api,
                  "source",
                  "source-faker",
                  Map.of("count", "${file:" + data.resolve("millrace.db") + "}")))
          .contains("the server's data directory");
    }
  }

  private static void writes(ApiClient api, Path data) throws Exception {
    for (String path : List.of("millrace.db", data + "/logs/x.duckdb")) {
      assertThat(check(api, "destination", "destination-duckdb", Map.of("destination_path", path)))
          .as(path)
          .contains("the server's data directory");
    }
    assertThat(
            check(api, "destination", "destination-duckdb", Map.of("destination_path", "a.duckdb")))
        .isEqualTo("succeeded");
    for (String path : List.of(".", "logs", data.toString())) {
      assertThat(check(api, "destination", "destination-local-files", local(path)))
          .as(path)
          .contains("the server's data directory");
    }
    assertThat(check(api, "destination", "destination-local-files", local("warehouse/lake")))
        .isEqualTo("succeeded");
  }

  private static Map<String, String> local(String path) {
    return Map.of("destination_path", path);
  }

  /** Returns {@code succeeded}, or why not. */
  private static String check(
      ApiClient api, String side, String connector, Map<String, String> values)
      throws IOException, InterruptedException {
    ObjectNode body =
        Documents.empty().put(side + "DefinitionId", definition(api, side, connector));
    JsonNode workspaces = api.post("/workspaces/list", Documents.empty()).path("workspaces");
    body.put("workspaceId", workspaces.path(0).path("workspaceId").asText());
    body.set("connectionConfiguration", Documents.MAPPER.valueToTree(values));
    try {
      JsonNode answer = api.post("/scheduler/" + side + "s/check_connection", body);
      String status = answer.path("status").asText();
      return status.equals("succeeded") ? status : answer.path("message").asText();
    } catch (ConfigException e) {
      return e.userMessage();
    }
  }

  private static String definition(ApiClient api, String side, String connector)
      throws InterruptedException {
    String list = side + "Definitions";
    for (JsonNode one : api.post("/" + side + "_definitions/list", Documents.empty()).path(list)) {
      if (one.path("dockerRepository").asText().endsWith("/" + connector)) {
        return one.path(side + "DefinitionId").asText();
      }
    }
    throw new AssertionError(connector);
  }
}
