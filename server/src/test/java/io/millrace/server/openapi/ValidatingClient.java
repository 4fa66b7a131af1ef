package io.millrace.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.millrace.server.json.Documents;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Makes requests; every one of them and every answer must be what the document says. */
public final class ValidatingClient implements AutoCloseable {
  private static final Duration WAIT = Duration.ofSeconds(60);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Operations operations = new Operations();
  private final URI server;
  private final String authorization;

  /** Makes one for a server such as {@code http://127.0.0.1:8000}. */
  public ValidatingClient(URI server) {
    this(server, "");
  }

  private ValidatingClient(URI server, String authorization) {
    this.server = server;
    this.authorization = authorization;
  }

  /** Makes one that says who it is, where the server asks. */
  public static ValidatingClient basic(URI server, String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return new ValidatingClient(server, "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  /** Makes a call of the Config API that must succeed: {@code config("/sources/get", body)}. */
  public JsonNode config(String path, JsonNode body) {
    return call("POST", "/api/v1" + path, body, 200);
  }

  /** Makes a call of the Config API that must succeed and answers nothing. */
  public void done(String path, JsonNode body) {
    call("POST", "/api/v1" + path, body, 204);
  }

  /** Makes a call of the public API that must succeed. */
  public JsonNode resource(String method, String path, @Nullable JsonNode body) {
    return call(method, "/api/public/v1" + path, body, 200);
  }

  /**
   * Makes any call.
   *
   * @param path with its query
   * @param status the one that is expected
   * @return the answer's document; missing where it is none
   */
  public JsonNode call(String method, String path, @Nullable JsonNode body, int status) {
    Operations.Operation operation = operations.find(method, path.replaceAll("\\?.*", ""));
    if (body != null && status < 400) {
      assertThat(operation.requestSchema().isMissingNode())
          .as("%s %s takes no body", method, path)
          .isFalse();
      assertThat(operations.mistakes(operation.requestSchema(), body))
          .as("the request %s %s %s", method, path, body)
          .isEmpty();
    }
    HttpResponse<String> answer = send(method, path, body);
    assertThat(answer.statusCode()).as("%s %s: %s", method, path, answer.body()).isEqualTo(status);
    return checked(operation, answer);
  }

  /**
   * Makes any call; whatever it answers must be what the document says.
   *
   * @return the status
   */
  public int any(String method, String path, @Nullable JsonNode body) {
    Operations.Operation operation = operations.find(method, path.replaceAll("\\?.*", ""));
    HttpResponse<String> answer = send(method, path, body);
    checked(operation, answer);
    return answer.statusCode();
  }

  @Override
  public void close() {
    client.close();
  }

  private JsonNode checked(Operations.Operation operation, HttpResponse<String> answer) {
    JsonNode said = operation.response(answer.statusCode());
    assertThat(said.isMissingNode())
        .as("%s %s may not answer %s", operation.method(), operation.path(), answer.statusCode())
        .isFalse();
    if (!said.has("content")) {
      assertThat(answer.body()).isEmpty();
      return MissingNode.getInstance();
    }
    String type = answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
    JsonNode schema = said.path("content").path(type).path("schema");
    assertThat(schema.isMissingNode()).as("%s answers %s", operation.path(), type).isFalse();
    if (!type.equals("application/json")) {
      return MissingNode.getInstance();
    }
    JsonNode json = json(answer.body());
    assertThat(operations.mistakes(schema, json))
        .as("the answer of %s %s: %s", operation.method(), operation.path(), json)
        .isEmpty();
    assertThat(operations.unnamed(schema, json))
        .as(
            "what %s %s answers and the document does not name",
            operation.method(), operation.path())
        .isEmpty();
    return json;
  }

  private HttpResponse<String> send(String method, String path, @Nullable JsonNode body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(WAIT)
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(method + " " + path + " has no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return Documents.MAPPER.readTree(text);
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }
}
