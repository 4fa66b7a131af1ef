package io.millrace.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.http.Access;
import io.millrace.server.http.Caller;
import io.millrace.server.http.Gatekeeper;
import io.millrace.server.http.HttpServer;
import io.millrace.server.http.HttpSettings;
import io.millrace.server.http.Routes;
import io.millrace.server.http.TestClient;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Database;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import io.millrace.server.store.TestStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EachStore
final class AuditEndpointsTest {
  private static final Caller ANNA = new Caller("anna", Access.EDIT);
  private static final Caller KEY = new Caller("key nightly", Access.EDIT);

  private final Database database;
  private final HttpServer server;
  private final TestClient client;
  private Access access = Access.ADMIN;

  AuditEndpointsTest(Dialect dialect, @TempDir Path folder) {
    database = TestStore.open(dialect, folder);
    Routes routes = new Routes();
    new AuditEndpoints(database).addTo(routes);
    Gatekeeper gatekeeper = call -> new Caller("tester", access);
    server =
        HttpServer.start(new HttpSettings("127.0.0.1", List.of(0), null, null), gatekeeper, routes);
    client = TestClient.of(server);
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
    database.close();
  }

  @Test
  void listsChangesNewestFirstAndFiltered() throws Exception {
    change("source", "s1", "create", ANNA, 100);
    change("source", "s1", "update", KEY, 200);
    change("connection", "c1", "create", ANNA, 300);
    assertThat(ids("{}")).containsExactly("c1 create", "s1 update", "s1 create");
    assertThat(ids("{\"entity\":\"source\"}")).containsExactly("s1 update", "s1 create");
    assertThat(ids("{\"entityId\":\"c1\"}")).containsExactly("c1 create");
    assertThat(ids("{\"actor\":\"key nightly\"}")).containsExactly("s1 update");
    assertThat(ids("{\"from\":200,\"to\":300}")).containsExactly("s1 update");
    assertThat(ids("{\"actor\":\"nobody\"}")).isEmpty();
  }

  @Test
  void pagesThroughThem() throws Exception {
    for (int i = 0; i < 25; i++) {
      change("source", "s" + i, "create", ANNA, 100 + i);
    }
    assertThat(ids("{}")).hasSize(20);
    assertThat(ids("{\"pagination\":{\"pageSize\":10,\"rowOffset\":20}}"))
        .containsExactly("s4 create", "s3 create", "s2 create", "s1 create", "s0 create");
    assertThat(client.post("/api/v1/audit/list", "{}").json().path("totalCount").asInt())
        .isEqualTo(25);
  }

  @Test
  void showsTheVersionAsItWasKept() throws Exception {
    change("source", "s1", "create", ANNA, 100);
    JsonNode change = client.post("/api/v1/audit/list", "{}").json().at("/changes/0");
    assertThat(change.path("actor").asText()).isEqualTo("anna");
    assertThat(change.path("createdAt").asLong()).isEqualTo(100);
    assertThat(change.at("/version/password").asText()).isEqualTo("**********");
  }

  @Test
  void showsWhatDiffersFromTheVersionBefore() throws Exception {
    version(
        "c1", "create", "{'name':'a','details':{'x':1},'streams':[{'name':'t','cursor':['u']}]}");
    version("c2", "create", "{'name':'other'}");
    version(
        "c1",
        "update",
        "{'name':'a','details':{'x':2,'y':true},'streams':[{'name':'s','mode':1}]}");
    JsonNode list = client.post("/api/v1/audit/list", "{\"entityId\":\"c1\"}").json();
    String newest = "{\"changeId\":" + list.at("/changes/0/changeId") + "}";
    JsonNode change = client.post("/api/v1/audit/get", newest).json();
    assertThat(change.at("/before/details/x").asInt()).isEqualTo(1);
    assertThat(change.path("differences").toString().replace('"', '\''))
        .isEqualTo(
            "[{'path':'details.x','from':1,'to':2},{'path':'details.y','to':true},"
                + "{'path':'streams[s].mode','to':1},{'path':'streams[s].name','to':'s'},"
                + "{'path':'streams[t].cursor','from':['u']},"
                + "{'path':'streams[t].name','from':'t'}]");
    String first = "{\"changeId\":" + list.at("/changes/1/changeId") + "}";
    assertThat(client.post("/api/v1/audit/get", first).json().path("before")).isEmpty();
    assertThat(client.post("/api/v1/audit/get", "{\"changeId\":99}").status()).isEqualTo(404);
  }

  private void version(String id, String action, String json) throws Exception {
    JsonNode version = Documents.MAPPER.readTree(json.replace('\'', '"'));
    database.change(
        tx -> new Audit(Clock.systemUTC()).changed(tx, "connection", id, action, version, ANNA));
  }

  @Test
  void refusesWrongFieldsAndThoseWhoAreNoAdmins() throws Exception {
    TestClient.Reply wrong =
        client.post(
            "/api/v1/audit/list", "{\"from\":-1,\"entity\":5,\"pagination\":{\"pageSize\":0}}");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.json().path("validationErrors")).hasSize(3);
    TestClient.Reply unknown = client.post("/api/v1/audit/list", "{\"entity\":\"sorce\"}");
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.json().path("message").asText())
        .startsWith("entity is \"sorce\"; expected one of workspace, source, destination, ");
    access = Access.EDIT;
    assertThat(client.post("/api/v1/audit/list", "{}").status()).isEqualTo(403);
  }

  private List<String> ids(String filter) throws Exception {
    return client
        .post("/api/v1/audit/list", filter)
        .json()
        .path("changes")
        .valueStream()
        .map(one -> one.path("entityId").asText() + " " + one.path("action").asText())
        .toList();
  }

  private void change(String entity, String id, String action, Caller caller, long second) {
    Clock clock = Clock.fixed(Instant.ofEpochSecond(second), ZoneOffset.UTC);
    database.change(
        tx ->
            new Audit(clock)
                .changed(
                    tx,
                    entity,
                    id,
                    action,
                    Documents.empty().put("name", id).put("password", "**********"),
                    caller));
  }
}
