package io.millrace.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.apiclient.ApiClient;
import io.millrace.server.apiclient.Credentials;
import io.millrace.server.importer.FakeAirbyte;
import io.millrace.server.json.Documents;
import io.millrace.server.up.Server;
import io.millrace.server.up.SqliteServer;
import io.millrace.server.workspacefile.WorkspaceApi;
import io.millrace.testkit.servers.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first sync of connections that were taken over in the middle of their table. */
final class ImportedStateTest {
  private static final Set<String> OPEN = Set.of("pending", "running", "incomplete");
  private static final int LOOKS_MAX = 600;
  private static final String DEDUP = "append_dedup";

  private static final List<Case> CASES =
      List.of(
          new Case("plain", "destination", "", DEDUP, "imp.t"),
          new Case("prefixed", "destination", "p_", DEDUP, "imp.p_t"),
          new Case("of source", "source", "", DEDUP, "public.t"),
          new Case("custom", "customformat", "x_", DEDUP, "y_public.x_t"),
          new Case("appending", "destination", "a_", "append", "imp.a_t"));

  @TempDir private Path folder;
  private final PostgresServer postgres = PostgresServer.shared();
  private final String from = postgres.newDatabase();
  private final String to = postgres.newDatabase();

  private record Case(String name, String namespace, String prefix, String mode, String target) {}

  @Test
  void beginsWhereTheOldServerStopped() throws Exception {
    postgres.execute(
        from,
        "CREATE TABLE t (id bigint PRIMARY KEY, note text)",
        "INSERT INTO t SELECT i, 'note ' || i FROM generate_series(1, 1000) i");
    for (Case one : CASES) {
      landAsAirbyteDoes(one.target());
    }
    try (FakeAirbyte airbyte = FakeAirbyte.start();
        Server server = SqliteServer.start(folder.resolve("data"))) {
      describe(airbyte);
      String url = "http://127.0.0.1:" + server.ports().getFirst();
      TestProgram program = new TestProgram(folder);
      program.environment.put("MILLRACE_SERVER", url);
      TestProgram.Result taken = program.run("import", "airbyte", "--url", airbyte.url());
      assertThat(taken.code()).as(taken.out() + taken.err()).isZero();
      try (ApiClient api = new ApiClient(url, new Credentials.None())) {
        for (Case one : CASES) {
          syncFirst(api, one);
        }
      }
    }
  }

  /** Rows 1 to 900, with one column that the source has no more. */
  private void landAsAirbyteDoes(String table) {
    postgres.execute(
        to,
        "CREATE SCHEMA IF NOT EXISTS " + table.replaceFirst("\\..*", ""),
        "CREATE TABLE "
            + table
            + " (_airbyte_raw_id varchar NOT NULL, _airbyte_extracted_at timestamptz NOT NULL,"
            + " _airbyte_meta jsonb NOT NULL, _airbyte_generation_id bigint, id bigint, note"
            + " varchar, gone varchar)",
        "INSERT INTO "
            + table
            + " SELECT gen_random_uuid()::text, '2026-01-01Z', '{\"sync_id\": 3, \"changes\": []}',"
            + " 7, i, 'note ' || i, 'kept' FROM generate_series(1, 900) i");
  }

  private void describe(FakeAirbyte airbyte) {
    String workspace = airbyte.workspace("w");
    String source =
        airbyte.source(
            workspace,
            "shop",
            FakeAirbyte.POSTGRES_SOURCE,
            at(from, "'schemas': ['public'], 'replication_method': {'method': 'Standard'}"));
    String lake =
        airbyte.destination(
            workspace, "lake", FakeAirbyte.POSTGRES_DESTINATION, at(to, "'schema': 'imp'"));
    for (Case one : CASES) {
      String connection = airbyte.connection(one.name(), source, lake, rest(one));
      airbyte.state(
          connection,
          "{'stateType': 'stream', 'streamState': [{'streamDescriptor': {'name': 't', 'namespace':"
              + " 'public'}, 'streamState': {'version': 2, 'state_type': 'cursor_based',"
              + " 'stream_name': 't', 'stream_namespace': 'public', 'cursor_field': ['id'],"
              + " 'cursor': '900', 'cursor_record_count': 1}}]}");
    }
  }

  private static String rest(Case one) {
    return "{'namespaceDefinition': '"
        + one.namespace()
        + "', 'namespaceFormat': 'y_${SOURCE_NAMESPACE}', 'prefix': '"
        + one.prefix()
        + "', 'scheduleType': 'manual', 'syncCatalog': {'streams': [{'stream': {'name': 't',"
        + " 'namespace': 'public', 'jsonSchema': {'type': 'object', 'properties': {'id': {'type':"
        + " 'number', 'airbyte_type': 'integer'}, 'note': {'type': 'string'}}},"
        + " 'supportedSyncModes': ['full_refresh', 'incremental'], 'sourceDefinedPrimaryKey':"
        + " [['id']]}, 'config': {'syncMode': 'incremental', 'destinationSyncMode': '"
        + one.mode()
        + "', 'cursorField': ['id'], 'primaryKey': [['id']], 'aliasName': 't', 'selected':"
        + " true}}]}}";
  }

  private void syncFirst(ApiClient api, Case one) throws Exception {
    JsonNode found = WorkspaceApi.open(api, null).connections().get(one.name());
    String id = Objects.requireNonNull(found).path("connectionId").asText();
    ObjectNode which = Documents.empty().put("connectionId", id);
    api.post("/connections/update", which.deepCopy().put("status", "active"));

    JsonNode job = end(api, api.post("/connections/sync", which).at("/job/id").asLong());

    assertThat(job.at("/job/status").asText()).as(job.toString()).isEqualTo("succeeded");
    assertThat(job.at("/attempts/0/attempt/totalStats/recordsEmitted").asLong())
        .as("rows read of %s: those behind the cursor, and the one at it", one)
        .isEqualTo(101);
    assertThat(text("SELECT count(*) || '/' || count(DISTINCT id) FROM " + one.target()))
        .as("rows of %s", one)
        .isEqualTo(one.mode().equals(DEDUP) ? "1000/1000" : "1001/1000");
    assertThat(text("SELECT count(*) FROM " + one.target() + " WHERE gone = 'kept' AND id < 900"))
        .as("rows of the old server in %s", one)
        .isEqualTo("899");
  }

  private static JsonNode end(ApiClient api, long job) throws InterruptedException {
    ObjectNode which = Documents.empty().put("id", job);
    String status = "pending";
    for (int i = 0; i < LOOKS_MAX && OPEN.contains(status); i++) {
      Thread.sleep(50);
      status = api.post("/jobs/get_light", which).at("/job/status").asText();
    }
    return api.post("/jobs/get", which);
  }

  private String at(String database, String more) {
    return "{'host': '"
        + PostgresServer.HOST
        + "', 'port': "
        + postgres.port()
        + ", 'database': '"
        + database
        + "', 'username': '"
        + PostgresServer.USER
        + "', 'ssl_mode': {'mode': 'disable'}, "
        + more
        + "}";
  }

  private String text(String sql) throws SQLException {
    try (Connection connection = postgres.connect(to);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
