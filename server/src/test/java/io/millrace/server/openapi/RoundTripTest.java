package io.millrace.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A get returns what a create or an update took, whatever is in it. */
@EachStore
final class RoundTripTest {
  private static final long SEED = Long.getLong("millrace.roundtrip.seed", 20_261_128);
  private static final int TURNS = Integer.getInteger("millrace.roundtrip", 25);
  private static final String CONFIGURATION = "configuration";

  private final Dialect dialect;
  private final Random random = new Random(SEED);
  private final RandomThings things = new RandomThings(random);
  @TempDir private Path folder;
  private RunningServer server;
  private ValidatingClient client;
  private String workspace;

  RoundTripTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void start() {
    server = new RunningServer(dialect, folder);
    client = new ValidatingClient(server.uri());
    workspace = client.resource("POST", "/workspaces", named("Round")).path("workspaceId").asText();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void sourcesOnThePublicApi() {
    actorsPublicly("source", "faker");
  }

  @Test
  void destinationsOnThePublicApi() {
    actorsPublicly("destination", "duckdb");
  }

  @Test
  void sourcesAndDestinationsOnTheConfigApi() {
    for (String side : List.of("source", "destination")) {
      String all = "/" + side + "s";
      String made = actor(side, side.equals("source") ? "faker" : "duckdb");
      ObjectNode id = Documents.empty().put(side + "Id", made);
      for (int turn = 0; turn < TURNS; turn++) {
        ObjectNode body = id.deepCopy().put("name", things.name());
        body.set("connectionConfiguration", configuration(side));
        client.config(all + "/update", body);
        agrees(client.config(all + "/get", id), body);
      }
    }
  }

  @Test
  void connectionsOnThePublicApi() {
    ObjectNode ends = ends();
    JsonNode streams =
        client.resource("GET", "/streams?sourceId=" + ends.path("sourceId").asText(), null);
    for (int turn = 0; turn < TURNS; turn++) {
      ObjectNode body = things.publicConnection(streams);
      body.setAll(ends);
      String id = client.resource("POST", "/connections", body).path("connectionId").asText();
      agrees(client.resource("GET", "/connections/" + id, null), expected(body));
      ObjectNode patch = things.publicConnection(streams);
      client.resource("PATCH", "/connections/" + id, patch);
      agrees(client.resource("GET", "/connections/" + id, null), expected(patch));
    }
  }

  @Test
  void connectionsOnTheConfigApi() {
    ObjectNode ends = ends();
    ObjectNode source = Documents.empty().set("sourceId", ends.get("sourceId"));
    JsonNode catalog = client.config("/sources/discover_schema", source).path("catalog");
    for (int turn = 0; turn < TURNS; turn++) {
      ObjectNode body = things.connection(catalog);
      body.setAll(ends);
      JsonNode made = client.config("/connections/create", body);
      ObjectNode id = Documents.empty().set("connectionId", made.get("connectionId"));
      agrees(client.config("/connections/get", id), body);
      ObjectNode update = things.connection(catalog);
      update.setAll(id);
      client.config("/connections/update", update);
      agrees(client.config("/connections/get", id), update);
    }
  }

  private void actorsPublicly(String side, String type) {
    for (int turn = 0; turn < TURNS; turn++) {
      String one = "/" + side + "s/" + actor(side, type);
      ObjectNode body = named(things.name());
      body.set(CONFIGURATION, configuration(side).put(side + "Type", type));
      client.resource("PUT", one, body);
      agrees(client.resource("GET", one, null), body);
    }
  }

  private String actor(String side, String type) {
    ObjectNode body = named(things.name()).put("workspaceId", workspace);
    body.set(CONFIGURATION, configuration(side).put(side + "Type", type));
    JsonNode made = client.resource("POST", "/" + side + "s", body);
    agrees(made, body);
    return made.path(side + "Id").asText();
  }

  private ObjectNode ends() {
    return Documents.empty()
        .put("sourceId", actor("source", "faker"))
        .put("destinationId", actor("destination", "duckdb"));
  }

  private ObjectNode configuration(String side) {
    ObjectNode json = things.unknownFields();
    return side.equals("source")
        ? json.put("count", random.nextInt(1, 1_000_000))
            .put("seed", random.nextInt(-1, Integer.MAX_VALUE))
        : json.put("destination_path", folder.resolve(things.word() + ".duckdb").toString())
            .put("schema", things.word());
  }

  /** The public API writes a cron expression with its zone. */
  private static ObjectNode expected(ObjectNode given) {
    ObjectNode expected = given.deepCopy();
    if (expected.path("schedule").has("cronExpression")) {
      ObjectNode schedule = expected.withObjectProperty("schedule");
      schedule.put("cronExpression", schedule.get("cronExpression").asText() + " UTC");
    }
    return expected;
  }

  /** Every member that was given is in the answer, and the same; the answer may say more. */
  private static void agrees(JsonNode answer, JsonNode given) {
    for (Map.Entry<String, JsonNode> member : given.properties()) {
      JsonNode got = answer.path(member.getKey());
      if (member.getValue().isObject()) {
        agrees(got, member.getValue());
      } else if (member.getValue() instanceof ArrayNode list) {
        assertThat(got).as(member.getKey() + " of " + answer).hasSameSizeAs(list);
        for (int i = 0; i < list.size(); i++) {
          agree(got.get(i), list.get(i));
        }
      } else {
        agree(got, member.getValue());
      }
    }
  }

  private static void agree(JsonNode got, JsonNode given) {
    if (given.isObject()) {
      agrees(got, given);
    } else {
      assertThat(Documents.same(got, given)).as("%s for %s, seed %s", got, given, SEED).isTrue();
    }
  }

  private static ObjectNode named(String name) {
    return Documents.empty().put("name", name);
  }
}
