package io.millrace.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.http.Access;
import io.millrace.server.http.Method;
import io.millrace.server.http.Routes;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a workspace on both APIs; every request and answer is what the document says. */
@EachStore
final class WorkspaceLifeTest {
  private static final Duration JOB_MAX = Duration.ofMinutes(2);

  private final Dialect dialect;
  @TempDir private Path folder;
  private RunningServer server;
  private ValidatingClient client;

  WorkspaceLifeTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void start() {
    server = new RunningServer(dialect, folder);
    client = new ValidatingClient(server.uri());
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void onTheConfigApi() throws InterruptedException {
    look();
    ObjectNode workspace = id("workspaceId", created("/workspaces/create", named("Life")));
    client.config("/workspaces/get", workspace);
    client.config("/workspaces/update", workspace.deepCopy().put("email", "me@example.org"));
    client.config("/source_definitions/list_for_workspace", workspace);
    client.config("/destination_definitions/list_for_workspace", workspace);
    ObjectNode source = source(workspace);
    ObjectNode destination = destination(workspace);
    ObjectNode connection = connection(source, destination);
    sync(connection);
    watch(workspace, connection);
    readEverything(workspace, source, destination, connection);
    change(workspace, connection);
    client.done("/connections/delete", connection);
    assertThat(client.config("/connections/get", connection).path("status").asText())
        .isEqualTo("deprecated");
    client.done("/sources/delete", source);
    client.call("POST", "/api/v1/sources/get", source, 404);
    client.done("/destinations/delete", destination);
    client.done("/workspaces/delete", workspace);
    client.call("POST", "/api/v1/workspaces/get", workspace, 404);
    client.config("/audit/list", Documents.empty());
  }

  @Test
  void onThePublicApi() throws InterruptedException {
    String workspace = text(client.resource("POST", "/workspaces", named("Life")), "workspaceId");
    ObjectNode faker = Documents.empty().put("name", "Sample").put("workspaceId", workspace);
    faker.putObject("configuration").put("sourceType", "faker").put("count", 50);
    String source = text(client.resource("POST", "/sources", faker), "sourceId");
    ObjectNode duckdb = Documents.empty().put("name", "Lake").put("workspaceId", workspace);
    duckdb
        .putObject("configuration")
        .put("destinationType", "duckdb")
        .put("destination_path", folder.resolve("public.duckdb").toString());
    String destination = text(client.resource("POST", "/destinations", duckdb), "destinationId");
    String streams = "/streams?sourceId=" + source + "&destinationId=" + destination;
    assertThat(client.resource("GET", streams, null)).isNotEmpty();
    ObjectNode wanted = Documents.empty().put("sourceId", source).put("destinationId", destination);
    String connection = text(client.resource("POST", "/connections", wanted), "connectionId");
    String job = text(client.resource("POST", "/jobs", job(connection)), "jobId");
    assertThat(ended(() -> client.resource("GET", "/jobs/" + job, null))).isEqualTo("succeeded");
    client.call("DELETE", "/api/public/v1/jobs/" + job, null, 409);
    lists(workspace);
    client.resource("PATCH", "/sources/" + source, named("Renamed"));
    client.resource("PATCH", "/destinations/" + destination, named("Renamed"));
    client.resource("PATCH", "/connections/" + connection, named("Renamed"));
    client.resource("PATCH", "/workspaces/" + workspace, named("Renamed"));
    for (String path :
        List.of(
            "/connections/" + connection,
            "/sources/" + source,
            "/destinations/" + destination,
            "/workspaces/" + workspace)) {
      client.resource("GET", path, null);
      client.call("DELETE", "/v1" + path, null, 204);
    }
    client.call("GET", "/v1/sources/" + source, null, 404);
  }

  private void look() {
    for (String path :
        List.of(
            "/",
            "/health",
            "/ready",
            "/metrics",
            "/v1/health",
            "/api/v1/health",
            "/api/v1/instance_configuration",
            "/api/public/v1/users",
            "/api/public/v1/organizations",
            "/api/public/v1/permissions")) {
      client.call("GET", path, null, 200);
    }
    client.config("/deployment/metadata", Documents.empty());
    client.config("/dataplane_group/list", Documents.empty());
    client.config(
        "/applications/token", Documents.empty().put("client_id", "x").put("client_secret", "y"));
    client.config(
        "/web_backend/describe_cron_expression",
        Documents.empty().put("cronExpression", "0 0 12 * * ?"));
  }

  private ObjectNode source(ObjectNode workspace) {
    JsonNode definition = definition("source", "Sample Data");
    client.config("/source_definition_specifications/get", scoped(definition, workspace));
    ObjectNode body = scoped(definition, workspace).put("name", "Sample");
    body.putObject("connectionConfiguration").put("count", 100);
    ObjectNode source = id("sourceId", created("/sources/create", body));
    client.config("/sources/get", source);
    client.config("/sources/list", workspace);
    client.config("/actor_definition_versions/get_for_source", source);
    assertThat(text(client.config("/sources/check_connection", source), "status"))
        .isEqualTo("succeeded");
    return source;
  }

  private ObjectNode destination(ObjectNode workspace) {
    JsonNode definition = definition("destination", "DuckDB");
    client.config("/destination_definition_specifications/get", scoped(definition, workspace));
    ObjectNode body = scoped(definition, workspace).put("name", "Lake");
    body.putObject("connectionConfiguration")
        .put("destination_path", folder.resolve("lake.duckdb").toString());
    ObjectNode destination = id("destinationId", created("/destinations/create", body));
    client.config("/destinations/get", destination);
    client.config("/destinations/list", workspace);
    client.config("/destinations/check_connection", destination);
    return destination;
  }

  private ObjectNode connection(ObjectNode source, ObjectNode destination) {
    JsonNode found = client.config("/sources/discover_schema", source);
    ObjectNode body = source.deepCopy();
    body.setAll(destination);
    body.put("name", "Sample to lake").put("status", "active");
    body.put("sourceCatalogId", text(found, "catalogId"));
    body.set("syncCatalog", found.get("catalog"));
    for (JsonNode stream : body.at("/syncCatalog/streams")) {
      ((ObjectNode) stream.path("config")).put("selected", true);
    }
    ObjectNode connection = id("connectionId", created("/connections/create", body));
    client.config("/connections/get", connection);
    client.config("/web_backend/connections/get", connection);
    return connection;
  }

  private void sync(ObjectNode connection) throws InterruptedException {
    JsonNode started = client.config("/connections/sync", connection);
    ObjectNode job = Documents.empty().put("id", started.path("job").path("id").asLong());
    client.config("/connections/sync_progress", connection);
    String status = ended(() -> client.config("/jobs/get_light", job).path("job"));
    assertThat(status).as("%s", client.config("/jobs/get", job)).isEqualTo("succeeded");
    client.config("/jobs/get_without_logs", job);
    client.config("/jobs/get_debug_info", job);
    client.config("/connections/events/list_for_job", job);
    ObjectNode attempt =
        Documents.empty().put("jobId", job.get("id").asLong()).put("attemptNumber", 0);
    client.config("/attempt/get_for_job", attempt);
    client.config("/attempt/get_combined_stats", attempt);
    client.call("POST", "/api/v1/jobs/cancel", job, 409);
  }

  private void watch(ObjectNode workspace, ObjectNode connection) {
    for (String path :
        List.of(
            "/state/get",
            "/web_backend/state/get_type",
            "/connections/events/list",
            "/connections/history/uptime",
            "/connections/last_job_per_stream",
            "/stream_statuses/latest_per_run_state",
            "/jobs/get_last_replication_job",
            "/operations/list")) {
      client.config(path, connection);
    }
    client.config("/connections/history/data", connection.deepCopy().put("numberOfJobs", 5));
    client.config("/connections/stream_history", connection.deepCopy().put("timezone", "UTC"));
    client.config("/stream_statuses/list", workspace);
    client.config("/connections/list", workspace);
    client.config("/web_backend/connections/list", workspace);
    client.config("/web_backend/connections/status_counts", workspace);
    client.config("/web_backend/workspace/state", workspace);
    ObjectNode jobs = Documents.empty();
    jobs.putArray("configTypes").add("sync");
    client.config("/jobs/list", jobs);
    client.config("/logs/search", Documents.empty());
    ObjectNode several = Documents.empty();
    several.putArray("connectionIds").add(connection.get("connectionId"));
    client.config("/connections/status", several);
  }

  /** Makes every call that changes nothing, with the ids of what is there. */
  private void readEverything(ObjectNode... ids) {
    ObjectNode known = Documents.empty().put("jobId", 1).put("attempt", 0).put("type", "source");
    List.of(ids).forEach(known::setAll);
    known.set("sourceDefinitionId", definition("source", "Sample Data").get("sourceDefinitionId"));
    known.put("definitionId", known.get("sourceDefinitionId").asText());
    known.put("actorDefinitionId", known.get("sourceDefinitionId").asText());
    known.set(
        "destinationDefinitionId",
        definition("destination", "DuckDB").get("destinationDefinitionId"));
    client
        .call("GET", "/api/v1/instance_configuration", null, 200)
        .properties()
        .forEach(
            one ->
                known.set(
                    one.getKey().replace("defaultU", "u").replace("defaultO", "o"),
                    one.getValue()));
    Reading reading = new Reading(known);
    List<String> answered = new ArrayList<>();
    for (Routes.Listed route : server.routes().listed()) {
      boolean reads = route.access() == Access.READ || route.method() == Method.GET;
      if (reads && !route.path().endsWith("/tail")) {
        Reading.Request request = reading.of(route.method().name(), route.path());
        int status = client.any(route.method().name(), request.path(), request.body());
        assertThat(status).as("%s %s", route, request.body()).isIn(200, 400, 404, 422, 501);
        if (status == 200) {
          answered.add(route.path());
        }
      }
    }
    assertThat(answered).hasSizeGreaterThan(150);
  }

  private void change(ObjectNode workspace, ObjectNode connection) {
    ObjectNode tag = workspace.deepCopy().put("name", "gold").put("color", "FFD700");
    JsonNode made = client.config("/tags/create", tag);
    client.config("/tags/list", workspace);
    ObjectNode update = connection.deepCopy().put("name", "Other").put("scheduleType", "cron");
    update
        .putObject("scheduleData")
        .putObject("cron")
        .put("cronExpression", "0 0 3 1 1 ?")
        .put("cronTimeZone", "Europe/Berlin");
    update.putArray("tags").add(made);
    client.config("/connections/update", update);
    ObjectNode state = connection.deepCopy();
    state.set("connectionState", client.config("/state/get", connection));
    client.config("/state/create_or_update_safe", state);
  }

  private void lists(String workspace) {
    for (String path : List.of("/sources", "/destinations", "/connections", "/workspaces")) {
      JsonNode page = client.resource("GET", path + "?limit=1&workspaceIds=" + workspace, null);
      assertThat(page.path("data")).hasSize(1);
      assertThat(text(page, "next")).isEmpty();
    }
    client.resource("GET", "/jobs?orderBy=createdAt%7CDESC", null);
    client.resource("GET", "/tags", null);
    client.resource("GET", "/connector_definitions?type=source", null);
    client.resource("GET", "/workspaces/" + workspace + "/definitions/sources", null);
  }

  private static String ended(Supplier<JsonNode> job) throws InterruptedException {
    Instant end = Instant.now().plus(JOB_MAX);
    while (Instant.now().isBefore(end)) {
      String status = text(job.get(), "status");
      if (!List.of("pending", "running", "incomplete").contains(status)) {
        return status;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("the job has not ended");
  }

  private JsonNode definition(String side, String name) {
    JsonNode all = client.config("/" + side + "_definitions/list", Documents.empty());
    for (JsonNode one : all.path(side + "Definitions")) {
      if (one.path("name").asText().contains(name)) {
        return one;
      }
    }
    throw new AssertionError("no connector " + name + " in " + all);
  }

  private static ObjectNode scoped(JsonNode definition, ObjectNode workspace) {
    ObjectNode body = workspace.deepCopy();
    for (String name : List.of("sourceDefinitionId", "destinationDefinitionId")) {
      if (definition.has(name)) {
        body.set(name, definition.get(name));
      }
    }
    return body;
  }

  private JsonNode created(String path, ObjectNode body) {
    return client.config(path, body);
  }

  private static ObjectNode named(String name) {
    return Documents.empty().put("name", name);
  }

  private static ObjectNode job(String connection) {
    return Documents.empty().put("connectionId", connection).put("jobType", "sync");
  }

  private static ObjectNode id(String name, JsonNode from) {
    return Documents.empty().put(name, text(from, name));
  }

  private static String text(JsonNode json, String name) {
    return json.path(name).asText();
  }
}
