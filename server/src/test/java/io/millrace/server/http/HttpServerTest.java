package io.millrace.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.json.Documents;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HttpServerTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;

  @BeforeAll
  void start() {
    Routes routes =
        new Routes()
            .config(
                Access.READ,
                "/things/get",
                call -> {
                  Body body = call.body();
                  UUID id = body.id("thingId");
                  long count = body.number("count");
                  body.check();
                  return Answer.ok(Map.of("thingId", id, "count", count));
                })
            .resource(
                Access.READ,
                Method.GET,
                "/things/{thingId}",
                call -> {
                  throw ApiException.notFound("thing", call.pathId("thingId"));
                })
            .resource(
                Access.EDIT,
                Method.POST,
                "/things",
                call -> {
                  throw new IllegalStateException("a secret detail");
                });
    server =
        HttpServer.start(
            new HttpSettings("127.0.0.1", List.of(0, 0), null, null), Gatekeeper.OPEN, routes);
  }

  @AfterAll
  void stop() {
    server.close();
    client.close();
  }

  @Test
  void answersOnBothPortsAndWithASlashAtTheEnd() throws Exception {
    String body = "{\"thingId\":\"7b1e2c3d-0000-4000-8000-000000000001\",\"count\":42}";
    for (int port : server.ports()) {
      HttpResponse<String> answer = post(port, "/api/v1/things/get/", body, "application/json");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("content-type")).contains("application/json");
      assertThat(json(answer).path("count").asLong()).isEqualTo(42);
    }
  }

  @Test
  void namesEveryWrongField() throws Exception {
    HttpResponse<String> answer = post("/api/v1/things/get", "{\"thingId\":\"x\",\"count\":true}");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(json(answer).path("validationErrors")).hasSize(2);
    assertThat(json(answer).path("message").asText())
        .isEqualTo(
            "thingId is \"x\"; expected a UUID. count is \"true\"; expected a whole number.");
  }

  @Test
  void refusesWhatIsNoJsonObject() throws Exception {
    for (String body :
        List.of(
            "[1]", "{", "{\"a\":1,\"a\":2}", "{}{}", "[".repeat(5000), "{\"a\":1e99999999999}")) {
      assertThat(post("/api/v1/things/get", body).statusCode()).as(body).isEqualTo(422);
    }
  }

  @Test
  void blamesTheClientForABodyThatEndsEarlyOrIsTooLarge() throws Exception {
    String length = "Content-Length: 20\r\n\r\n{";
    assertThat(raw(length)).startsWith("HTTP/1.1 400").contains("read to its end");
    assertThat(raw("Transfer-Encoding: chunked\r\n\r\nzz\r\n{")).startsWith("HTTP/1.1 400");
    assertThat(raw("Content-Length: 70000000\r\n\r\n{"))
        .startsWith("HTTP/1.1 413")
        .contains("64 MB");
  }

  @Test
  void refusesHalvesOfCharacters() throws Exception {
    HttpResponse<String> answer =
        post(
            "/api/v1/things/get",
            "{\"name\":\"a\\ud800\",\"whole\":\"\\ud83d\\ude00\",\"list\":[{\"x\":\"\\udc00\"}]}");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(json(answer).path("validationErrors").findValuesAsText("propertyPath"))
        .containsExactly("name", "list[0].x");
    assertThat(json(answer).path("message").asText()).contains("name: expected a text of whole");
    assertThat(post("/api/v1/things/get", "{\"\\udfff\":1}").statusCode()).isEqualTo(422);
  }

  @Test
  void cutsAValueBetweenCharacters() throws Exception {
    String id = "x".repeat(99) + "\ud83d\ude00";
    HttpResponse<String> answer =
        post("/api/v1/things/get", "{\"thingId\":\"" + id + "\",\"count\":1}");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(json(answer).at("/validationErrors/0/invalidValue").asText())
        .isEqualTo("x".repeat(99) + "…");
  }

  @Test
  void refusesOtherContentTypes() throws Exception {
    assertThat(post(server.ports().get(0), "/api/v1/things/get", "{}", "text/plain").statusCode())
        .isEqualTo(415);
  }

  @Test
  void answersErrorsOfThePublicApiAsProblems() throws Exception {
    HttpResponse<String> answer = get("/v1/things/7b1e2c3d-0000-4000-8000-000000000001", Map.of());
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(json(answer).path("title").asText()).isEqualTo("resource-not-found");
    assertThat(json(answer).path("data").path("resourceType").asText()).isEqualTo("thing");
  }

  @Test
  void saysNothingOfWhatWentWrongInside() throws Exception {
    HttpResponse<String> answer = post("/api/public/v1/things", "{}");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).doesNotContain("secret detail");
  }

  @Test
  void refusesForeignOriginsAndUnknownPaths() throws Exception {
    HttpRequest foreign =
        HttpRequest.newBuilder(uri(server.ports().get(0), "/api/v1/things/get"))
            .header("Content-Type", "application/json")
            .header("Origin", "https://evil.example")
            .POST(BodyPublishers.ofString("{}"))
            .build();
    assertThat(client.send(foreign, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
    assertThat(get("/api/v1/nothing", Map.of()).statusCode()).isEqualTo(404);
    assertThat(get("/api/v1/nothing", Map.of()).body()).isEqualTo("Object not found.");
  }

  @Test
  void answersWhatIsNoRequestInTheShapeOfBothApis() throws Exception {
    for (String path : List.of("%00", "..%2f..%2fetc", "%2e%2e/x", "a%5cb", "%zz", "a;b=%00")) {
      String config = whole("POST /api/v1/things/" + path + " HTTP/1.1\r\nHost: localhost");
      assertThat(config).as(path).startsWith("HTTP/1.1 4").doesNotContain("<html", "text/html");
      String answer = whole("GET /v1/things/" + path + " HTTP/1.1\r\nHost: localhost");
      assertThat(answer).as(path).startsWith("HTTP/1.1 4").doesNotContain("<html", "text/html");
    }
    String config = whole("POST /api/v1/things/%00 HTTP/1.1\r\nHost: localhost");
    assertThat(config).startsWith("HTTP/1.1 400").contains("application/json");
    assertThat(Documents.MAPPER.readTree(body(config)).path("message").asText()).contains("%00");
    String problem = whole("GET /v1/things/..%2fx HTTP/1.1\r\nHost: localhost");
    assertThat(problem).startsWith("HTTP/1.1 400");
    assertThat(Documents.MAPPER.readTree(body(problem)).path("title").asText())
        .isEqualTo("bad-request");
    String noHost = whole("GET /v1/things/x HTTP/1.1");
    assertThat(noHost).startsWith("HTTP/1.1 400").contains("application/json");
    String headers =
        whole("GET /v1/things/x HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000));
    assertThat(headers).startsWith("HTTP/1.1 431").contains("application/json");
  }

  private static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  private String whole(String head) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.ports().get(0))) {
      socket
          .getOutputStream()
          .write((head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void refusesForeignHostNames() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.ports().get(0))) {
      socket
          .getOutputStream()
          .write(
              "GET /v1/things/x HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 403");
    }
  }

  /** Sends the rest of a request as it is, and no more. */
  private String raw(String rest) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.ports().get(0))) {
      String head =
          String.join(
              "\r\n",
              "POST /api/v1/things/get HTTP/1.1",
              "Host: localhost",
              "Connection: close",
              "Content-Type: application/json",
              rest);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return post(server.ports().get(0), path, body, "application/json");
  }

  private HttpResponse<String> post(int port, String path, String body, String type)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri(port, path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(server.ports().get(0), path));
    headers.forEach(request::header);
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static URI uri(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    return Documents.MAPPER.readTree(answer.body());
  }
}
