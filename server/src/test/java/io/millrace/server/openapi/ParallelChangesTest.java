package io.millrace.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests at one moment change a thing one after the other, and none undoes another's work. */
@EachStore
final class ParallelChangesTest {
  private static final int ROUNDS = 12;

  private final Dialect dialect;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  @TempDir private Path folder;
  private RunningServer server;
  private ValidatingClient client;
  private String workspace;

  ParallelChangesTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void start() {
    server = new RunningServer(dialect, folder);
    client = new ValidatingClient(server.uri());
    ObjectNode life = Documents.empty().put("name", "Life");
    workspace = client.resource("POST", "/workspaces", life).path("workspaceId").asText();
  }

  @AfterEach
  void stop() {
    threads.close();
    client.close();
    server.close();
  }

  @Test
  void eachChangesItsOwnFieldOfAConnection() throws Exception {
    String id = connection(source(), destination());
    ObjectNode which = Documents.empty().put("connectionId", id);
    for (int i = 0; i < ROUNDS; i++) {
      String value = "v" + i;
      String policy = i % 2 == 0 ? "propagate_columns" : "ignore";
      atOnce(
          List.of(
              () -> config("/connections/update", which.deepCopy().put("name", value)),
              () -> config("/connections/update", which.deepCopy().put("prefix", value)),
              () ->
                  status(
                      "PATCH",
                      "/api/public/v1/connections/" + id,
                      Documents.empty().put("nonBreakingSchemaUpdatesBehavior", policy))));
      JsonNode read = client.config("/connections/get", which);
      assertThat(read.path("name").asText()).isEqualTo(value);
      assertThat(read.path("prefix").asText()).isEqualTo(value);
      assertThat(read.path("nonBreakingChangesPreference").asText()).isEqualTo(policy);
    }
  }

  @Test
  void eachChangesItsOwnFieldOfASource() throws Exception {
    String id = source();
    ObjectNode which = Documents.empty().put("sourceId", id);
    for (int i = 1; i <= ROUNDS; i++) {
      ObjectNode count = which.deepCopy();
      count.putObject("connectionConfiguration").put("count", i);
      ObjectNode seed = which.deepCopy();
      seed.putObject("connectionConfiguration").put("seed", i);
      atOnce(
          List.of(
              () -> config("/sources/partial_update", count),
              () -> config("/sources/partial_update", seed),
              () -> config("/sources/partial_update", which.deepCopy().put("name", "n"))));
      JsonNode read = client.config("/sources/get", which).path("connectionConfiguration");
      assertThat(read.path("count").asInt()).isEqualTo(i);
      assertThat(read.path("seed").asInt()).isEqualTo(i);
    }
  }

  @Test
  void oneTagOfANameIsMade() throws Exception {
    ObjectNode tag = Documents.empty().put("workspaceId", workspace).put("color", "FFD700");
    for (int i = 0; i < ROUNDS; i++) {
      ObjectNode named = tag.deepCopy().put("name", "gold " + i);
      List<Integer> answers = all(Collections.nCopies(6, () -> config("/tags/create", named)));
      assertThat(answers).containsOnlyOnce(200).containsOnly(200, 409);
    }
  }

  @Test
  void noConnectionIsMadeOfASourceThatIsDeleted() throws Exception {
    String destination = destination();
    for (int i = 0; i < ROUNDS; i++) {
      String source = source();
      List<Callable<Integer>> calls = new ArrayList<>();
      ObjectNode gone = Documents.empty().put("sourceId", source);
      calls.add(() -> config("/sources/delete", gone));
      ObjectNode draft = Documents.empty().put("sourceId", source).put("status", "active");
      draft.put("destinationId", destination);
      calls.addAll(Collections.nCopies(4, () -> config("/connections/create", draft)));
      assertThat(all(calls)).allMatch(status -> status < 500);
    }
    ObjectNode where = Documents.empty().put("workspaceId", workspace);
    assertThat(client.config("/connections/list", where).path("connections")).isEmpty();
  }

  private void atOnce(List<Callable<Integer>> calls) throws Exception {
    assertThat(all(calls)).containsOnly(200);
  }

  private List<Integer> all(List<? extends Callable<Integer>> calls) throws Exception {
    List<Integer> statuses = new ArrayList<>();
    for (Future<Integer> status : threads.invokeAll(calls)) {
      statuses.add(status.get());
    }
    return statuses;
  }

  private int config(String path, JsonNode body) {
    return status("POST", "/api/v1" + path, body);
  }

  private int status(String method, String path, JsonNode body) {
    return client.any(method, path, body);
  }

  private String source() {
    ObjectNode body = Documents.empty().put("name", "People").put("workspaceId", workspace);
    body.putObject("configuration").put("sourceType", "faker").put("count", 10);
    return client.resource("POST", "/sources", body).path("sourceId").asText();
  }

  private String destination() {
    ObjectNode body = Documents.empty().put("name", "Lake").put("workspaceId", workspace);
    body.putObject("configuration")
        .put("destinationType", "duckdb")
        .put("destination_path", folder.resolve("lake.duckdb").toString());
    return client.resource("POST", "/destinations", body).path("destinationId").asText();
  }

  private String connection(String source, String destination) {
    ObjectNode body = Documents.empty().put("sourceId", source).put("name", "People to lake");
    body.put("destinationId", destination).putObject("schedule").put("scheduleType", "manual");
    return client.resource("POST", "/connections", body).path("connectionId").asText();
  }
}
