package io.millrace.server.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The plain HTTP calls of the guides that people bring along, on both ports, as they are written.
 */
final class SeedCallsTest {
  @TempDir private Path folder;

  @Test
  void answersWithoutLoginAndIgnoresOne() throws Exception {
    try (RunningServer server = RunningServer.open(folder)) {
      for (String url : server.urls()) {
        everyCall(new Calls(url, ""));
        everyCall(new Calls(url, "airbyte:password"));
      }
    }
  }

  @Test
  void answersWithALoginWhereOneIsNeeded() throws Exception {
    try (RunningServer server = RunningServer.withLogin(folder)) {
      for (String url : server.urls()) {
        everyCall(new Calls(url, RunningServer.USER + ":" + RunningServer.PASSWORD));
        assertThat(new Calls(url, "").status("GET", "connections/list", "")).isEqualTo(401);
        assertThat(new Calls(url, "airbyte:password").status("GET", "connections/list", ""))
            .isEqualTo(401);
      }
    }
  }

  private void everyCall(Calls calls) throws Exception {
    String workspace =
        calls.post("workspaces/list", "{}").path("workspaces").path(0).path("workspaceId").asText();
    String source = actor(calls, "source", workspace, "{\"count\":20}");
    String destination =
        actor(
            calls,
            "destination",
            workspace,
            Documents.empty()
                .put("destination_path", folder.resolve("seed.duckdb").toString())
                .toString());
    JsonNode sources =
        calls.post("sources/list", "{\"workspaceId\":\"%s\"}".formatted(workspace)).path("sources");
    assertThat(sources.findValuesAsText("sourceId")).contains(source);

    String connection = connection(calls, source, destination);
    JsonNode job = calls.post("connections/sync", id("connectionId", connection)).path("job");
    assertThat(job.path("status").asText()).isIn("pending", "running", "succeeded");
    String number = job.path("id").asText();
    assertThat(number).isNotEmpty();
    looksAtTheJob(calls, connection, number);
    listsByName(calls, connection);
    // A job as small as this one may have ended before it can be cancelled.
    if (calls.status("POST", "jobs/cancel", id("id", number)) != 200) {
      JsonNode ended = calls.post("jobs/get", id("id", number));
      assertThat(ended.path("job").path("status").asText())
          .as(ended.toString())
          .isEqualTo("succeeded");
    }
  }

  /** The job's id comes as text, as the shell and the guide's Python write it. */
  private static void looksAtTheJob(Calls calls, String connection, String number)
      throws Exception {
    JsonNode got = calls.post("jobs/get", id("id", number)).path("job");
    assertThat(got.path("id").asText()).isEqualTo(number);
    assertThat(got.path("status").asText()).isIn("pending", "running", "incomplete", "succeeded");
    JsonNode listed =
        calls.call(
            "GET",
            "jobs/list",
            "{\"configTypes\": [\"sync\"], \"configId\": \"%s\"}".formatted(connection));
    assertThat(listed.path("jobs").path(0).path("job").path("id").asText()).isEqualTo(number);
  }

  /** As {@code jq '.data[] | select(.name=="...") | .connectionId'} finds it. */
  private static void listsByName(Calls calls, String connection) throws Exception {
    JsonNode all = calls.call("GET", "connections/list", "").path("data");
    String name =
        calls.post("connections/get", id("connectionId", connection)).path("name").asText();
    assertThat(all)
        .anySatisfy(
            one -> {
              assertThat(one.path("connectionId").asText()).isEqualTo(connection);
              assertThat(one.path("name").asText()).isEqualTo(name);
            });
  }

  /** A stream by name and schema alone, and the schedule in its old form. */
  private static String connection(Calls calls, String source, String destination)
      throws Exception {
    String body =
        """
        {"sourceId": "%s", "destinationId": "%s",
         "syncCatalog": {"streams": [
           {"stream": {"name": "users",
                       "jsonSchema": {"type": "object", "properties": {
                         "id": {"type": "integer"},
                         "updated_at": {"type": "string", "format": "date-time"}}}},
            "config": {"syncMode": "incremental", "destinationSyncMode": "append",
                       "cursorField": ["updated_at"]}}]},
         "schedule": {"units": 24, "timeUnit": "hours"}}
        """
            .formatted(source, destination);
    JsonNode made = calls.post("connections/create", body);
    assertThat(made.path("status").asText()).isEqualTo("active");
    assertThat(made.path("schedule").path("units").asInt()).isEqualTo(24);
    assertThat(made.path("schedule").path("timeUnit").asText()).isEqualTo("hours");
    assertThat(made.at("/syncCatalog/streams/0/config/selected").asBoolean()).isTrue();
    return made.path("connectionId").asText();
  }

  private static String actor(Calls calls, String side, String workspace, String configuration)
      throws Exception {
    String connector = side.equals("source") ? "Sample" : "Warehouse";
    JsonNode definitions = calls.post(side + "_definitions/list", "{}").path(side + "Definitions");
    String definition = "";
    for (JsonNode one : definitions) {
      if (one.path("dockerRepository")
          .asText()
          .endsWith(side.equals("source") ? "faker" : "duckdb")) {
        definition = one.path(side + "DefinitionId").asText();
      }
    }
    assertThat(definition).as(connector + " in " + definitions).isNotEmpty();
    ObjectNode body =
        Documents.empty()
            .put("workspaceId", workspace)
            .put("name", connector)
            .put(side + "DefinitionId", definition);
    body.set("connectionConfiguration", Documents.MAPPER.readTree(configuration));
    return calls.post(side + "s/create", body.toString()).path(side + "Id").asText();
  }

  private static String id(String field, String value) {
    return Documents.empty().put(field, value).toString();
  }

  /** Calls of the Config API as curl sends them. */
  private record Calls(String url, String login) {
    JsonNode post(String path, String body) throws Exception {
      return call("POST", path, body);
    }

    JsonNode call(String method, String path, String body) throws Exception {
      HttpResponse<String> answer = send(method, path, body);
      assertThat(answer.statusCode()).as(method + " " + path + ": " + answer.body()).isEqualTo(200);
      return Documents.MAPPER.readTree(answer.body());
    }

    int status(String method, String path, String body) throws Exception {
      return send(method, path, body).statusCode();
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url + "/api/v1/" + path))
              .method(
                  method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
      if (!body.isEmpty()) {
        request.header("Content-Type", "application/json");
      }
      if (!login.isEmpty()) {
        byte[] bytes = login.getBytes(StandardCharsets.UTF_8);
        request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
      }
      try (HttpClient http = HttpClient.newHttpClient()) {
        return http.send(request.build(), BodyHandlers.ofString());
      }
    }
  }
}
