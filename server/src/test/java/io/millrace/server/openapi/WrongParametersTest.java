package io.millrace.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.store.Dialect;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every parameter of a query that is no free text, with a word in its place. */
final class WrongParametersTest {
  private static final String WORD = "maybe";

  /** The id of nothing. */
  private static final String NOBODY = "7b1e2c3d-0000-4000-8000-000000000001";

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void everyWrongParameterIsNamed() throws Exception {
    List<String> taken = new ArrayList<>();
    int asked = 0;
    try (RunningServer server = new RunningServer(Dialect.SQLITE, folder)) {
      for (Operations.Operation one : new Operations().all()) {
        for (JsonNode parameter : one.node().path("parameters")) {
          if (parameter.path("in").asText().equals("query")
              && !freeText(parameter.path("schema"))) {
            String name = parameter.path("name").asText();
            HttpResponse<String> answer = send(server.uri(), one, name);
            asked++;
            if (answer.statusCode() != 422 || !answer.body().contains(name)) {
              taken.add(one.method() + " " + one.path() + " " + name + ": " + answer.statusCode());
            }
          }
        }
      }
    }
    assertThat(String.join("\n", taken)).isEmpty();
    assertThat(asked).isPositive();
  }

  private static boolean freeText(JsonNode schema) {
    JsonNode one = schema.has("items") ? schema.get("items") : schema;
    return one.path("type").asText().equals("string") && !one.has("format") && !one.has("enum");
  }

  private HttpResponse<String> send(URI server, Operations.Operation operation, String name)
      throws IOException, InterruptedException {
    String path = operation.path().replaceAll("\\{\\w+}", NOBODY) + "?" + name + "=" + WORD;
    return client.send(
        HttpRequest.newBuilder(server.resolve(path))
            .method(operation.method(), HttpRequest.BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }
}
