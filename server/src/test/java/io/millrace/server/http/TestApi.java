package io.millrace.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.json.Documents;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A server on a free port and a client of it, for tests of routes. */
public final class TestApi implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server;

  private TestApi(HttpServer server) {
    this.server = server;
  }

  /** What was answered; {@code json} is a missing node where the body is no JSON. */
  public record Reply(int status, JsonNode json, String text) {}

  /** Serves the routes. */
  public static TestApi serve(Routes routes) {
    return new TestApi(
        HttpServer.start(
            new HttpSettings("127.0.0.1", List.of(0), null, null), Gatekeeper.OPEN, routes));
  }

  /** Calls the Config API, with a JSON text as it is or anything else as JSON. */
  public Reply config(String path, Object body) throws IOException, InterruptedException {
    return send("POST", "/api/v1" + path, body);
  }

  /** Calls the Config API and returns the document of its 200. */
  public JsonNode ok(String path, Object body) throws IOException, InterruptedException {
    Reply reply = config(path, body);
    if (reply.status() != 200) {
      throw new AssertionError(path + " answered " + reply);
    }
    return reply.json();
  }

  /** Calls the public API. */
  public Reply call(String method, String path, Object body)
      throws IOException, InterruptedException {
    return send(method, "/api/public/v1" + path, body);
  }

  /** Gets a resource of the public API. */
  public Reply get(String path) throws IOException, InterruptedException {
    return call("GET", path, "");
  }

  /** Sends any request. */
  public Reply send(String method, String path, Object body)
      throws IOException, InterruptedException {
    String text = body instanceof String given ? given : Documents.MAPPER.writeValueAsString(body);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.ports().get(0) + path))
            .header("Content-Type", "application/json")
            .method(
                method, text.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(text))
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    boolean json =
        answer.headers().firstValue("content-type").orElse("").startsWith("application/json");
    return new Reply(
        answer.statusCode(),
        json ? Documents.MAPPER.readTree(answer.body()) : Documents.MAPPER.missingNode(),
        answer.body());
  }

  /** Returns a JSON object's members, for bodies. */
  public static Map<String, Object> body(Object... keysAndValues) {
    Map<String, Object> body = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      body.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return body;
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.close();
  }
}
