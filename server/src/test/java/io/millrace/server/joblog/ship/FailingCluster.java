package io.millrace.server.joblog.ship;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.server.json.Documents;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Speaks as much of a cluster's protocol as log shipping needs, and fails in its ways: busy, too
 * large, single lines refused, an answer lost after the lines were taken.
 */
final class FailingCluster implements AutoCloseable {
  /** The message of a line that is never taken. */
  static final String POISON = "poison";

  private static final int LINES_MAX = 60;

  private final HttpServer server;
  private final Map<String, String> taken = new LinkedHashMap<>();
  private final Set<String> logins = new HashSet<>();
  private int requests;
  private int failures;
  private int duplicates;
  private int templates;
  private boolean away;

  private FailingCluster(HttpServer server) {
    this.server = server;
  }

  static FailingCluster start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    FailingCluster cluster = new FailingCluster(server);
    server.createContext("/", cluster::handle);
    server.start();
    return cluster;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  synchronized Collection<String> messages() {
    return List.copyOf(taken.values());
  }

  /** While it is away, it answers every call with 503. */
  synchronized void away(boolean now) {
    away = now;
  }

  synchronized int failures() {
    return failures;
  }

  synchronized int duplicates() {
    return duplicates;
  }

  synchronized int templates() {
    return templates;
  }

  synchronized Set<String> logins() {
    return Set.copyOf(logins);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private synchronized void handle(HttpExchange call) throws IOException {
    try (call) {
      if (away) {
        fail(call, 503);
        return;
      }
      logins.add(call.getRequestHeaders().getFirst("Authorization"));
      String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String what = call.getRequestMethod() + " " + call.getRequestURI();
      switch (what) {
        case "GET /_index_template/airbyte-logs" -> answer(call, templates > 0 ? 200 : 404, "{}");
        case "PUT /_index_template/airbyte-logs" -> template(call, body);
        case "POST /_bulk" -> bulk(call, body);
        default -> answer(call, 400, "{}");
      }
    }
  }

  private void template(HttpExchange call, String body) throws IOException {
    JsonNode json = Documents.MAPPER.readTree(body);
    boolean good = json.path("index_patterns").path(0).asText().equals("airbyte-logs-*");
    templates++;
    answer(call, good ? 200 : 400, "{}");
  }

  private void bulk(HttpExchange call, String body) throws IOException {
    requests++;
    String[] lines = body.split("\n", -1);
    if (!lines[lines.length - 1].isEmpty() || lines.length % 2 == 0) {
      answer(call, 400, "{}");
    } else if (requests == 1) {
      fail(call, 503);
    } else if (lines.length / 2 > LINES_MAX) {
      fail(call, 413);
    } else {
      ObjectNode answer = Documents.empty();
      ArrayNode items = answer.putArray("items");
      for (int i = 0; i + 1 < lines.length; i += 2) {
        items
            .addObject()
            .putObject("create")
            .put("status", take(lines[i], lines[i + 1], requests % 3 == 0 && i > 20));
      }
      if (requests % 4 == 0) {
        fail(call, 502);
      } else {
        answer(call, 200, answer.toString());
      }
    }
  }

  private int take(String action, String document, boolean busy) throws IOException {
    JsonNode create = Documents.MAPPER.readTree(action).path("create");
    String message = Documents.MAPPER.readTree(document).path("message").asText();
    String id = create.path("_index").asText() + "/" + create.path("_id").asText();
    if (message.equals(POISON)) {
      return 400;
    }
    if (taken.containsKey(id)) {
      duplicates++;
      return 409;
    }
    if (busy) {
      failures++;
      return 429;
    }
    taken.put(id, message);
    return 201;
  }

  private void fail(HttpExchange call, int status) throws IOException {
    failures++;
    answer(call, status, "{}");
  }

  private static void answer(HttpExchange call, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    call.getResponseHeaders().add("Content-Type", "application/json");
    call.sendResponseHeaders(status, bytes.length);
    call.getResponseBody().write(bytes);
  }
}
