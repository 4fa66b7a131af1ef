package io.millrace.server.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Answers as an Airbyte does: lists of sources and destinations come in pages of 20 that begin
 * behind a cursor, an unknown route is a 404 in plain text, an unknown id one with an {@code
 * errorId}, and secrets are ten asterisks.
 */
public final class FakeAirbyte implements AutoCloseable {
  /** What a call does instead of answering. */
  public interface Trouble {
    void happen(HttpExchange call) throws IOException;
  }

  public static final String POSTGRES_SOURCE = "decd338e-5647-4c0b-adf4-da0e75f5a750";
  public static final String POSTGRES_DESTINATION = "25c5221d-dce2-4163-ade9-739ef790f503";
  public static final String FILE_SOURCE = "778daa7c-feaf-4db6-96f3-70fd645acc77";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE = 20;

  private final HttpServer server;
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();
  private final ArrayNode workspaces = JSON.createArrayNode();
  private final ArrayNode sources = JSON.createArrayNode();
  private final ArrayNode destinations = JSON.createArrayNode();
  private final ArrayNode connections = JSON.createArrayNode();
  private final Map<String, JsonNode> states = new ConcurrentHashMap<>();
  private volatile @Nullable String login;

  private FakeAirbyte() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  /** Starts one without anything. */
  public static FakeAirbyte start() throws IOException {
    return new FakeAirbyte();
  }

  /** Returns its address. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Returns the paths that were called, in their order. */
  public List<String> calls() {
    return calls;
  }

  /** Lets it ask for this Authorization header. */
  public void requires(String authorization) {
    login = authorization;
  }

  /** Lets a path do something else from now on, until {@link #mend}. */
  public void breaks(String path, Trouble trouble) {
    troubles.put(path, trouble);
  }

  /** Lets a path, such as {@code /state/get}, be none that this version knows. */
  public void lacks(String path) {
    breaks(path, call -> send(call, 404, "text/plain", "Object not found."));
  }

  /** Lets every path answer again. */
  public void mend() {
    troubles.clear();
  }

  /** Adds a workspace. */
  public String workspace(String name) {
    String id = UUID.randomUUID().toString();
    workspaces
        .addObject()
        .put("workspaceId", id)
        .put("customerId", id)
        .put("name", name)
        .put("slug", id)
        .put("initialSetupComplete", true)
        .put("organizationId", "00000000-0000-0000-0000-000000000000");
    return id;
  }

  /** Adds a source; the configuration is JSON with single quotes. */
  public String source(String workspace, String name, String definition, String configuration) {
    return actor(sources, "source", workspace, name, definition, configuration);
  }

  /** Adds a destination. */
  public String destination(String workspace, String name, String definition, String config) {
    return actor(destinations, "destination", workspace, name, definition, config);
  }

  private static String actor(
      ArrayNode list, String side, String workspace, String name, String definition, String json) {
    String id = UUID.randomUUID().toString();
    list.addObject()
        .put(side + "Id", id)
        .put("name", name)
        .put(side + "DefinitionId", definition)
        .put(side + "Name", "Some connector")
        .put("workspaceId", workspace)
        .put("createdAt", 1_700_000_000 + list.size())
        .put("isVersionOverrideApplied", false)
        .put("isEntitled", true)
        .put("supportState", "supported")
        .put("status", "active")
        .set("connectionConfiguration", parse(json));
    return id;
  }

  /** Adds a connection; the rest of it is JSON with single quotes. */
  public String connection(String name, String source, String destination, String rest) {
    String id = UUID.randomUUID().toString();
    ObjectNode one =
        connections
            .addObject()
            .put("connectionId", id)
            .put("name", name)
            .put("sourceId", source)
            .put("destinationId", destination)
            .put("status", "active")
            .put("namespaceDefinition", "destination")
            .put("prefix", "")
            .put("breakingChange", false)
            .put("notifySchemaChanges", true)
            .put("notifySchemaChangesByEmail", false)
            .put("nonBreakingChangesPreference", "ignore")
            .put("created_at", 1_700_000_000)
            .put("backfillPreference", "disabled");
    one.putArray("operationIds");
    one.putArray("tags");
    one.setAll((ObjectNode) parse(rest));
    return id;
  }

  /** Sets the state of a connection, JSON with single quotes. */
  public void state(String connection, String json) {
    ObjectNode state = (ObjectNode) parse(json);
    states.put(connection, state.put("connectionId", connection));
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange call) throws IOException {
    try (call) {
      String path = call.getRequestURI().getPath().replaceFirst("^/api/v1", "");
      calls.add(path);
      JsonNode body = JSON.readTree(call.getRequestBody());
      Trouble trouble = troubles.get(path);
      if (trouble != null) {
        trouble.happen(call);
      } else if (login != null
          && !path.endsWith("/token")
          && !login.equals(call.getRequestHeaders().getFirst("Authorization"))) {
        send(call, 401, "application/json", "{\"errorId\": \"" + UUID.randomUUID() + "\"}");
      } else {
        route(call, path, body);
      }
    }
  }

  private void route(HttpExchange call, String path, JsonNode body) throws IOException {
    switch (path) {
      case "/workspaces/list" -> list(call, "workspaces", List.of(workspaces));
      case "/workspaces/list_by_organization_id" ->
          list(call, "workspaces", page(workspaces, body.path("pagination")));
      case "/sources/list" -> actors(call, "source", of(sources, body), body);
      case "/destinations/list" -> actors(call, "destination", of(destinations, body), body);
      case "/connections/list" -> list(call, "connections", List.of(connections(body)));
      case "/state/get" -> state(call, body.path("connectionId").asText());
      default -> send(call, 404, "text/plain", "Object not found.");
    }
  }

  private void state(HttpExchange call, String connection) throws IOException {
    JsonNode none =
        JSON.createObjectNode().put("stateType", "not_set").put("connectionId", connection);
    send(call, 200, "application/json", states.getOrDefault(connection, none).toString());
  }

  private ArrayNode connections(JsonNode body) {
    List<String> ids = of(sources, body).stream().map(s -> s.path("sourceId").asText()).toList();
    ArrayNode found = JSON.createArrayNode();
    for (JsonNode one : connections) {
      if (ids.contains(one.path("sourceId").asText())) {
        found.add(one);
      }
    }
    return found;
  }

  private static List<JsonNode> of(ArrayNode all, JsonNode body) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode one : all) {
      if (one.path("workspaceId").equals(body.path("workspaceId"))) {
        found.add(one);
      }
    }
    return found;
  }

  private static List<JsonNode> page(ArrayNode all, JsonNode pagination) {
    int from = pagination.path("rowOffset").asInt(0);
    int end = Math.min(all.size(), from + pagination.path("pageSize").asInt(PAGE));
    ArrayNode page = JSON.createArrayNode();
    for (int i = from; i < end; i++) {
      page.add(all.get(i));
    }
    return List.of(page);
  }

  private static void actors(HttpExchange call, String side, List<JsonNode> all, JsonNode body)
      throws IOException {
    int size = body.path("pageSize").asInt(PAGE);
    int from = 0;
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).path(side + "Id").equals(body.path("cursor"))) {
        from = i + 1;
      }
    }
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode page = answer.putArray(side + "s");
    all.subList(from, Math.min(all.size(), from + size)).forEach(page::add);
    answer.put("page_size", size).put("num_connections", all.size());
    send(call, 200, "application/json", answer.toString());
  }

  private static void list(HttpExchange call, String name, List<? extends JsonNode> list)
      throws IOException {
    ObjectNode answer = JSON.createObjectNode();
    answer.set(name, list.getFirst());
    send(call, 200, "application/json", answer.toString());
  }

  /** Sends an answer. */
  public static void send(HttpExchange call, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    call.getResponseHeaders().set("Content-Type", type);
    call.sendResponseHeaders(status, bytes.length);
    call.getResponseBody().write(bytes);
  }
}
