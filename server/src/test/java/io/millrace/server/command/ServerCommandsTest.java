package io.millrace.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.apiclient.ApiClient;
import io.millrace.server.apiclient.Credentials;
import io.millrace.server.json.Documents;
import io.millrace.server.up.Server;
import io.millrace.server.up.SqliteServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands about a server: what it keeps of changes, and copies of its store. */
final class ServerCommandsTest {
  private static final String FILE =
      """
      sources:
      - {name: shop, connector: source-faker, config: {count: 20, seed: 1}}
      destinations:
      - {name: lake, connector: destination-duckdb, config: {destination_path: lake.duckdb}}
      connections:
      - name: shop to lake
        source: shop
        destination: lake
        status: inactive
        prefix: p_
        streams:
        - {name: users, sync_mode: full_refresh_overwrite}
        - {name: products, sync_mode: full_refresh_overwrite}
      """;

  @TempDir private Path folder;

  @Test
  void showsWhatWasChangedAndPutsItBack() throws Exception {
    TestProgram program = new TestProgram(folder);
    try (Server server = server()) {
      String url = "http://127.0.0.1:" + server.ports().getFirst();
      program.environment.put("MILLRACE_SERVER", url);
      program.file("w.yaml", FILE);
      assertThat(program.run("apply", "-f", "w.yaml").code()).isZero();
      program.file(
          "w.yaml",
          FILE.replace("count: 20", "count: 30")
              .replace("prefix: p_", "prefix: q_")
              .replaceAll("- \\{name: products.*", ""));
      assertThat(program.run("apply", "-f", "w.yaml").code()).isZero();
      assertThat(program.run("audit", "list", "--kind", "source").out())
          .contains("CHANGE", "shop", "created", "changed");
      try (ApiClient api = new ApiClient(url, new Credentials.None())) {
        String source = change(api, "source", "update");
        assertThat(program.run("audit", "show", source).out())
            .contains("~ configuration.count: 20 -> 30");
        String connection = change(api, "connection", "update");
        assertThat(program.run("audit", "show", connection).out())
            .contains("~ prefix: \"p_\" -> \"q_\"", "- streams[products]");
        assertNamesItsUser(api);
        restore(program, change(api, "source", "create"));
        restore(program, change(api, "connection", "create"));
      }
      program.file("w.yaml", FILE);
      assertThat(program.run("apply", "-f", "w.yaml", "--plan").out())
          .contains("Nothing to change");
      assertThat(program.run("audit", "show", "999999").code()).isEqualTo(2);
      TestProgram.Result bogus = program.run("audit", "list", "--kind", "bogus");
      assertThat(bogus.code()).isEqualTo(2);
      assertThat(bogus.err()).contains("\"bogus\"", "connection, action, setting, key");
      assertThat(program.run("audit", "list", "--limit", "0").err()).contains("from 1 to 1000");
      program.file("many.yaml", manyMistakes());
      TestProgram.Result many = program.run("apply", "-f", "many.yaml", "--plan");
      assertThat(many.code()).isEqualTo(2);
      assertThat(many.err().lines()).hasSize(9);
    }
  }

  @Test
  void putsBackWhatWasDeleted() throws Exception {
    TestProgram program = new TestProgram(folder);
    try (Server server = server()) {
      String url = "http://127.0.0.1:" + server.ports().getFirst();
      program.environment.put("MILLRACE_SERVER", url);
      String file =
          FILE.replace(
              "sources:",
              "sources:\n- {name: db, connector: source-postgres, config: {host: db.example,"
                  + " port: 5432, database: shop, username: me, password: hunter2-secret}}");
      program.file("w.yaml", file);
      assertThat(program.run("apply", "-f", "w.yaml").code()).isZero();
      try (ApiClient api = new ApiClient(url, new Credentials.None())) {
        JsonNode streams = suggestNone(api);
        String shop = delete(api, "shop");
        String connection = change(api, "connection", "delete");
        assertThat(program.run("audit", "restore", connection).err()).contains("source");
        TestProgram.Result restored = program.run("audit", "restore", shop);
        assertThat(restored.code()).as(restored.err()).isZero();
        assertThat(restored.out()).contains("source shop is as it was before change " + shop);
        assertThat(program.run("audit", "restore", connection).code()).isZero();
        assertThat(connection(api).at("/syncCatalog/streams")).isEqualTo(streams);
        assertThat(program.run("apply", "-f", "w.yaml", "--plan").out())
            .contains("Nothing to change");

        String db = delete(api, "db");
        assertThat(program.run("audit", "restore", db).err())
            .contains("were forgotten when it was deleted", "--secrets: password.");
        program.file("bad.json", "{\"password\": hunter2-secret");
        assertThat(program.run("audit", "restore", db, "--secrets", "bad.json").err())
            .contains("is no JSON object")
            .doesNotContain("hunter2");
        program.file("secrets.json", "{\"password\": \"hunter2-secret\"}");
        assertThat(program.run("audit", "restore", db, "--secrets", "secrets.json").code())
            .isZero();
        assertThat(program.run("apply", "-f", "w.yaml", "--plan").out())
            .contains("Nothing to change");
      }
    }
  }

  /** Marks the selected streams as not suggested; returns all streams as they are then. */
  private static JsonNode suggestNone(ApiClient api) throws Exception {
    JsonNode before = connection(api);
    ObjectNode change = Documents.empty();
    change.set("connectionId", before.path("connectionId"));
    change.set("syncCatalog", before.path("syncCatalog").deepCopy());
    for (JsonNode stream : change.at("/syncCatalog/streams")) {
      ((ObjectNode) stream.path("config")).put("suggested", false);
    }
    api.post("/connections/update", change);
    JsonNode streams = connection(api).at("/syncCatalog/streams");
    assertThat(streams.toString()).contains("\"suggested\":false");
    return streams;
  }

  private static JsonNode connection(ApiClient api) throws Exception {
    ObjectNode which = Documents.empty();
    String workspace = api.post("/workspaces/list", which).at("/workspaces/0/workspaceId").asText();
    JsonNode listed = api.post("/connections/list", which.put("workspaceId", workspace));
    ObjectNode id = Documents.empty();
    id.set("connectionId", listed.at("/connections/0/connectionId"));
    return api.post("/connections/get", id);
  }

  private static String manyMistakes() {
    StringBuilder file = new StringBuilder("sources:\n");
    for (int i = 0; i < 9; i++) {
      file.append("- {name: s").append(i).append(", connector: source-nope}\n");
    }
    return file.toString();
  }

  /** Deletes a source; returns the number of the change. */
  private static String delete(ApiClient api, String source) throws Exception {
    ObjectNode which = Documents.empty();
    String workspace = api.post("/workspaces/list", which).at("/workspaces/0/workspaceId").asText();
    for (JsonNode one :
        api.post("/sources/list", which.put("workspaceId", workspace)).path("sources")) {
      if (one.path("name").asText().equals(source)) {
        ObjectNode id = Documents.empty().put("sourceId", one.path("sourceId").asText());
        api.post("/sources/delete", id);
      }
    }
    return change(api, "source", "delete");
  }

  @Test
  void copiesTheStoreOfARunningServerAndPutsItBack() throws Exception {
    TestProgram program = new TestProgram(folder);
    String data = folder.resolve("data").toString();
    try (Server server = server()) {
      assertThat(server.ports()).isNotEmpty();
      assertThat(program.run("restore", "--data", data).out()).contains("There is no copy");
      TestProgram.Result done = program.run("backup", "--data", data);
      assertThat(done.out()).contains("looked through", "secret.key");
      assertThat(program.run("backup", "--data", data, "--to", "a.db").code()).isZero();
      assertThat(program.run("restore", "a.db", "--data", data).err()).contains("runs on");
    }
    assertThat(program.run("restore", "--data", data).out()).contains("COPY", "millrace-2");
    Files.writeString(folder.resolve("data/millrace.db"), "damaged");
    TestProgram.Result broken = program.run("up", "--no-open", "--port", "0", "--data", data);
    assertThat(broken.code()).isEqualTo(2);
    assertThat(broken.err()).contains("millrace.db in the data directory, is damaged");
    for (int i = 0; i < 2; i++) {
      // Within one second, mostly.
      TestProgram.Result done = program.run("restore", "a.db", "--data", data);
      assertThat(done.code()).as(done.err()).isZero();
      assertThat(done.out()).contains("replaced-");
    }
    server().close();
    byte[] store = Files.readAllBytes(folder.resolve("data/millrace.db"));
    Arrays.fill(store, 8192, 60_000, (byte) -1);
    Files.write(folder.resolve("data/millrace.db"), store);
    for (String command : List.of("up --no-open --port 0", "backup", "secrets rotate")) {
      TestProgram.Result within = program.run((command + " --data " + data).split(" "));
      assertThat(within.err()).as(command).contains("is damaged", "millrace restore millrace-2");
      assertThat(within.code()).as(command).isEqualTo(2);
    }
    TestProgram.Result told =
        program.run("backup", "--database", "postgresql://me:secret@db.example/meta");
    assertThat(told.out()).contains("pg_dump", "db.example/meta").doesNotContain("secret@");
    assertThat(program.run("restore", "b.db", "--data", data).err()).contains("There is no file");
    String away = "postgresql://me@localhost:1/meta";
    TestProgram.Result refused =
        program.run("up", "--no-open", "--port", "0", "--data", data, "--database", away);
    assertThat(refused.code()).as(refused.err()).isEqualTo(4);
  }

  private static void assertNamesItsUser(ApiClient api) throws Exception {
    ObjectNode which = Documents.empty();
    which.put("entity", "connection");
    String id = api.post("/audit/list", which).at("/changes/0/entityId").asText();
    JsonNode user =
        api.post("/connections/events/list", Documents.empty().put("connectionId", id))
            .at("/events/0/user");
    assertThat(user.path("id").asText()).isEqualTo("00000000-0000-0000-0000-000000000000");
    assertThat(user.path("name").asText()).isEqualTo("local");
    assertThat(user.path("email").isTextual()).isTrue();
    assertThat(user.path("isDeleted").isBoolean()).isTrue();
  }

  private static void restore(TestProgram program, String change) {
    TestProgram.Result result = program.run("audit", "restore", change);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains("is as it was after change " + change);
  }

  private static String change(ApiClient api, String kind, String action) throws Exception {
    JsonNode changes =
        api.post("/audit/list", Documents.empty().put("entity", kind)).path("changes");
    for (JsonNode one : changes) {
      if (one.path("action").asText().equals(action)) {
        return one.path("changeId").asText();
      }
    }
    throw new AssertionError(changes.toString());
  }

  private Server server() {
    return SqliteServer.start(folder.resolve("data"));
  }
}
