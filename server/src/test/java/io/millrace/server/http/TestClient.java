package io.millrace.server.http;

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
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/**
 * Talks to a server over real HTTP, and remembers every answer. What {@code with} returns shares
 * that memory. Thread-safe.
 */
public final class TestClient implements AutoCloseable {
  private final HttpClient http;
  private final URI base;
  private final Map<String, String> headers;
  private final List<String> answers;

  /** One answer. */
  public record Reply(int status, Map<String, List<String>> headers, String text) {
    /** Returns its body as JSON; a missing node when it is none. */
    public JsonNode json() {
      try {
        return text.isBlank() ? MissingNode.getInstance() : Documents.MAPPER.readTree(text);
      } catch (IOException e) {
        return MissingNode.getInstance();
      }
    }

    /** Returns a header's first value; empty when there is none. */
    public String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }

    /** Returns the cookie that it sets as {@code name=value}; empty when it sets none. */
    public String cookie() {
      return header("set-cookie").split(";", 2)[0];
    }
  }

  private TestClient(HttpClient http, URI base, Map<String, String> headers, List<String> answers) {
    this.http = http;
    this.base = base;
    this.headers = headers;
    this.answers = answers;
  }

  /** Makes a client of a server on this machine. */
  public static TestClient of(HttpServer server) {
    URI base = URI.create("http://127.0.0.1:" + server.ports().getFirst());
    return new TestClient(HttpClient.newHttpClient(), base, Map.of(), new CopyOnWriteArrayList<>());
  }

  /** Makes a client of a server on this machine that has a certificate. */
  public static TestClient of(HttpServer server, SSLContext trust) {
    return of(server.ports().getFirst(), trust);
  }

  /** Makes a client of a port of this machine that has a certificate. */
  public static TestClient of(int port, SSLContext trust) {
    URI base = URI.create("https://localhost:" + port);
    HttpClient http = HttpClient.newBuilder().sslContext(trust).build();
    return new TestClient(http, base, Map.of(), new CopyOnWriteArrayList<>());
  }

  /** Returns a client that sends one more header. */
  public TestClient with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new TestClient(http, base, more, answers);
  }

  /** Returns a client that sends a user name and a password. */
  public TestClient basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return with("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  /** Returns a client that sends a token. */
  public TestClient bearer(String token) {
    return with("Authorization", "Bearer " + token);
  }

  /** Returns every body and header that came so far, of all clients that share this memory. */
  public List<String> answers() {
    return List.copyOf(answers);
  }

  public Reply get(String path) throws IOException, InterruptedException {
    return send("GET", path, "", "");
  }

  public Reply delete(String path) throws IOException, InterruptedException {
    return send("DELETE", path, "", "");
  }

  /** Posts JSON. */
  public Reply post(String path, String json) throws IOException, InterruptedException {
    return send("POST", path, "application/json", json);
  }

  /** Posts a form. */
  public Reply form(String path, String form) throws IOException, InterruptedException {
    return send("POST", path, "application/x-www-form-urlencoded", form);
  }

  private Reply send(String method, String path, String type, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    headers.forEach(request::header);
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    answers.add(answer.headers().map() + "\n" + answer.body());
    return new Reply(answer.statusCode(), answer.headers().map(), answer.body());
  }

  @Override
  public void close() {
    http.close();
  }
}
