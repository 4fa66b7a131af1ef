package io.millrace.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Malformed requests get an answer in time that blames the client, and change nothing. {@code
 * -Dmillrace.fuzz=10000} makes a long run, {@code -Dmillrace.fuzz.seed} repeats one, {@code
 * -Dmillrace.fuzz.role} chooses who makes them: none (nobody logs in), admin, editor, reader.
 */
@EachStore
final class FuzzTest {
  private static final int REQUESTS = Integer.getInteger("millrace.fuzz", 300);
  private static final long SEED = Long.getLong("millrace.fuzz.seed", 20_261_128);

  private static final String ROLE = System.getProperty("millrace.fuzz.role", "");
  private static final String PASSWORD = RolesTest.PASSWORD;
  private static final Map<String, String> LOGIN = Map.of("MILLRACE_PASSWORD", PASSWORD);

  private static final List<String> BROKEN_CREDENTIALS =
      List.of(
          "Authorization: Basic",
          "Authorization: Basic %%%",
          "Authorization: Basic Og==",
          "Authorization: Basic YWlyYnl0ZQ==",
          "Authorization: Basic " + "QUFB".repeat(3_000),
          "Authorization: Basic /////w==",
          "Authorization: Bearer",
          "Authorization: Bearer x",
          "Authorization: Bearer ..",
          "Authorization: Bearer eyJhbGciOiJub25lIn0.eyJyb2xlIjoiYWRtaW4ifQ.",
          "Authorization: Bearer " + "a.b.c".repeat(2_000),
          "Authorization: Bearer \u00ff\u00fe",
          "Authorization: Negotiate x",
          "Authorization:",
          "Authorization: Basic x\r\nAuthorization: Bearer y",
          "Cookie: millrace_session=",
          "Cookie: millrace_session=%00; ;;=;",
          "X-Nothing: x");

  private final Dialect dialect;
  @TempDir private Path folder;

  FuzzTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @Test
  void malformedRequestsChangeNothing() {
    assumeTrue(ROLE.isEmpty() || ROLE.equals("none"));
    run("none", Map.of(), "");
  }

  @Test
  void malformedRequestsOfARoleChangeNothing() {
    assumeTrue(!ROLE.equals("none"));
    String role = ROLE.isEmpty() ? "reader" : ROLE;
    run(role, LOGIN, role);
  }

  /** A reader's changes nothing either when there is nothing wrong with it. */
  @Test
  void readersChangeNothing() {
    assumeTrue(ROLE.isEmpty() || ROLE.equals("reader"));
    try (RunningServer server = new RunningServer(dialect, folder, LOGIN)) {
      Random random = new Random(SEED);
      String login = RolesTest.bearer(server, "reader");
      Malformed requests = new Malformed(new Operations(), random, things(server));
      hunt("reader", server, () -> login(requests.wellFormed(), login));
    }
  }

  private void run(String name, Map<String, String> environment, String role) {
    try (RunningServer server = new RunningServer(dialect, folder, environment)) {
      String login = role.isEmpty() ? "" : RolesTest.bearer(server, role);
      Malformed malformed = new Malformed(new Operations(), new Random(SEED), things(server));
      hunt(name, server, () -> login(malformed.next(), login));
    }
  }

  private void hunt(String name, RunningServer server, Supplier<Malformed.Request> requests) {
    Map<String, List<String>> before = server.rows();
    Map<Integer, Integer> statuses = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      Malformed.Request request = requests.get();
      RawHttp.Answer answer = RawHttp.send(server.port(), request.wire());
      statuses.merge(answer.status(), 1, Integer::sum);
      boolean blamesTheServer = answer.status() >= 500 && answer.status() != 501;
      if (blamesTheServer && wrong.size() < 100) {
        wrong.add(i + " " + request.kind() + ", " + request.what() + ": " + answer.text());
      }
    }
    System.out.println(
        dialect + ", " + name + ", seed " + SEED + ", answers by status: " + statuses);
    Map<String, List<String>> after = server.rows();
    assertSoftly(
        all -> {
          all.assertThat(wrong).as("seed %s", SEED).isEmpty();
          after.forEach(
              (table, rows) ->
                  all.assertThat(rows)
                      .as("table %s after seed %s", table, SEED)
                      .isEqualTo(before.get(table)));
        });
  }

  /** Returns a request that says who makes it, right after its first line. */
  private static Malformed.Request login(Malformed.Request request, String login) {
    int at = request.wire().indexOf("\r\n") + 2;
    String wire = request.wire().substring(0, at) + login + request.wire().substring(at);
    return new Malformed.Request(request.kind(), request.what(), wire);
  }

  @Test
  void numbersAndTextsThatAreHardToHoldAreRefused() {
    try (RunningServer server = new RunningServer(dialect, folder);
        ValidatingClient client = new ValidatingClient(server.uri())) {
      String workspace =
          client.resource("POST", "/workspaces", named()).path("workspaceId").asText();
      ObjectNode faker = named().put("workspaceId", workspace);
      for (String number : List.of("1e999999999", "1e-999999999", "1e2147483647", "-1e400000")) {
        faker
            .putObject("configuration")
            .put("sourceType", "faker")
            .put("count", new BigDecimal(number));
        client.call("POST", "/v1/sources", faker, 422);
      }
      ObjectNode odd = Documents.empty().put("name", "a\0b");
      client.call("POST", "/v1/workspaces", odd, 422);
      client.call("POST", "/api/v1/workspaces/get_by_slug", odd.put("slug", "a\0b"), 422);
      client.call("POST", "/api/v1/logs/search", Documents.empty().put("text", "\0"), 422);
    }
  }

  @Test
  void brokenCredentialsLetNobodyIn() {
    Random random = new Random(SEED);
    try (RunningServer server = new RunningServer(dialect, folder, LOGIN)) {
      for (int i = 0; i < Math.min(REQUESTS, 500); i++) {
        String request =
            "POST /api/v1/workspaces/list HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + BROKEN_CREDENTIALS.get(random.nextInt(BROKEN_CREDENTIALS.size()))
                + "\r\nContent-Length: 0\r\n\r\n";
        RawHttp.Answer answer = RawHttp.send(server.port(), request);
        assertThat(answer.status()).as(request + answer.text()).isIn(400, 401, 403, 429);
      }
    }
  }

  /** Makes one of everything and returns the ids. */
  private List<String> things(RunningServer server) {
    List<String> ids = new ArrayList<>();
    try (ValidatingClient client = ValidatingClient.basic(server.uri(), "airbyte", PASSWORD)) {
      String workspace = add(ids, client, "/workspaces", named(), "workspaceId");
      ObjectNode faker = named().put("workspaceId", workspace);
      faker.putObject("configuration").put("sourceType", "faker").put("count", 5);
      String source = add(ids, client, "/sources", faker, "sourceId");
      ObjectNode duckdb = named().put("workspaceId", workspace);
      duckdb
          .putObject("configuration")
          .put("destinationType", "duckdb")
          .put("destination_path", folder.resolve("fuzz.duckdb").toString());
      String destination = add(ids, client, "/destinations", duckdb, "destinationId");
      ObjectNode connection = named().put("sourceId", source).put("destinationId", destination);
      add(ids, client, "/connections", connection, "connectionId");
      ObjectNode tag = named().put("workspaceId", workspace).put("color", "00FF00");
      add(ids, client, "/tags", tag, "tagId");
      JsonNode key = client.resource("POST", "/applications", named().put("role", "reader"));
      ids.add(key.path("id").asText());
    }
    return ids;
  }

  private static String add(
      List<String> ids, ValidatingClient client, String path, ObjectNode body, String id) {
    String made = client.resource("POST", path, body).path(id).asText();
    ids.add(made);
    return made;
  }

  private static ObjectNode named() {
    return Documents.empty().put("name", "fuzz");
  }
}
