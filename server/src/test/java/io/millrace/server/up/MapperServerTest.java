package io.millrace.server.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.apiclient.ApiClient;
import io.millrace.server.apiclient.Credentials;
import io.millrace.server.connector.ConnectorRegistry;
import io.millrace.server.http.HttpSettings;
import io.millrace.server.json.Documents;
import io.millrace.server.secret.SecretHunt;
import io.millrace.server.store.Database;
import io.millrace.server.store.DatabaseUrl;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.TestStore;
import io.millrace.server.workspacefile.WorkspaceApi;
import io.millrace.server.workspacefile.WorkspaceFiles;
import io.millrace.testkit.servers.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection with mappers, from the call that makes it to the rows in its table. */
final class MapperServerTest {
  private static final String KEY =
      "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4";
  private static final String CLEAR = "ann@example.com";
  private static final Set<String> OPEN = Set.of("pending", "running", "incomplete");
  private static final int LOOKS_MAX = 600;
  private static final String MAPPERS =
      """
      [{"type": "row-filtering", "mapperConfiguration": {"conditions": {"type": "NOT",
        "conditions": [{"type": "EQUAL", "fieldName": "country", "comparisonValue": "NO"}]}}},
       {"type": "hashing", "mapperConfiguration": {"targetField": "id", "method": "SHA-256",
        "fieldNameSuffix": "_hashed"}},
       {"type": "encryption", "mapperConfiguration": {"algorithm": "AES", "targetField": "email",
        "fieldNameSuffix": "_encrypted", "key": "%s", "mode": "CBC", "padding": "PKCS5Padding"}},
       {"type": "field-renaming", "mapperConfiguration": {"originalFieldName": "country",
        "newFieldName": "land"}},
       {"type": "field-filtering", "mapperConfiguration": {"targetField": "phone"}}]
      """
          .formatted(KEY);

  @TempDir private Path folder;

  @Test
  void rowsArriveMappedAndTheKeyStaysHidden() throws Exception {
    PostgresServer postgres = PostgresServer.shared();
    String from = postgres.newDatabase();
    String to = postgres.newDatabase();
    postgres.execute(
        from,
        "CREATE TABLE customer (id bigint PRIMARY KEY, email text, country text, phone text,"
            + " updated_at timestamptz NOT NULL)",
        "INSERT INTO customer VALUES (1, '"
            + CLEAR
            + "', 'SE', '1', '2026-01-01Z'),"
            + " (2, 'bob@example.com', 'NO', '2', '2026-01-02Z'),"
            + " (3, NULL, NULL, '3', '2026-01-03Z')");
    DatabaseUrl url = TestStore.url(Dialect.SQLITE, folder.resolve("store"));
    List<String> answers = new ArrayList<>();
    try (SecretHunt hunt = SecretHunt.begin(KEY)) {
      try (Server server = start(url);
          ApiClient client = client(server)) {
        String connection = connect(client, from, to);
        JsonNode job = sync(client, connection);
        answers.add(job.toString());
        assertThat(job.path("job").path("status").asText())
            .as(job.toString())
            .isEqualTo("succeeded");
        check(postgres, to, 2);
        assertThat(job.toString())
            .contains("\"additionalStats\":{\"recordsFilteredOut\":1}", "\"rowsFiltered\":1");

        postgres.execute(
            from,
            "UPDATE customer SET country = 'DK', updated_at = '2026-02-01Z' WHERE id = 1",
            "INSERT INTO customer VALUES (4, 'x', 'FI', '4', '2026-02-02Z')");
        assertThat(sync(client, connection).path("job").path("status").asText())
            .isEqualTo("succeeded");
        assertThat(count(postgres, to, "SELECT count(*) FROM customer"))
            .as("the hashed key dedups")
            .isEqualTo(3);
        assertThat(count(postgres, to, "SELECT count(*) FROM customer WHERE land IN ('DK', 'FI')"))
            .isEqualTo(2);

        String exported = files(client).export();
        answers.add(exported);
        assertThat(exported).contains("field-renaming", "'**********'");
        Path file = Files.writeString(folder.resolve("workspace.yaml"), exported);
        assertThat(files(client).plan(file, false)).as("its own export").isEmpty();
        Files.writeString(file, exported.replace("land", "nation"));
        files(client).apply(files(client).plan(file, false), step -> {});
        assertThat(files(client).export()).isEqualTo(exported.replace("land", "nation"));

        postgres.execute(from, "ALTER TABLE customer RENAME email TO mail");
        JsonNode failed = sync(client, connection);
        assertThat(failed.path("job").path("status").asText()).isEqualTo("failed");
        assertThat(failed.toString())
            .contains("Mapper 3 (encryption) is about the field email, which is not there");
        assertThat(
                count(
                    postgres,
                    to,
                    "SELECT count(*) FROM information_schema.columns WHERE"
                        + " table_name = 'customer' AND column_name = 'mail'"))
            .as("nothing comes in the clear under another name")
            .isZero();
      }
      try (Database database = Database.open(url)) {
        hunt.lookIn(folder.resolve("data")).lookIn(database).lookAt("answers", answers);
      }
      assertThat(hunt.findings()).isEmpty();
    }
  }

  private static void check(PostgresServer postgres, String database, int rows) throws Exception {
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT id_hashed, email_encrypted, land, updated_at FROM customer ORDER BY land")) {
      found.next();
      assertThat(found.getString(1))
          .isEqualTo(
              HexFormat.of()
                  .formatHex(
                      MessageDigest.getInstance("SHA-256")
                          .digest("1".getBytes(StandardCharsets.UTF_8))));
      assertThat(decrypted(found.getString(2))).isEqualTo(CLEAR);
      assertThat(found.getString(3)).isEqualTo("SE");
      int count = 1;
      while (found.next()) {
        count++;
        assertThat(found.getString(2)).as("null stays null").isNull();
      }
      assertThat(count).isEqualTo(rows);
    }
    assertThat(
            count(
                postgres,
                database,
                "SELECT count(*) FROM information_schema.columns WHERE table_name = 'customer'"
                    + " AND column_name IN ('id', 'email', 'country', 'phone')"))
        .isZero();
  }

  private static String decrypted(String hex) throws Exception {
    byte[] bytes = HexFormat.of().parseHex(hex);
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(HexFormat.of().parseHex(KEY), "AES"),
        new IvParameterSpec(bytes, 0, 16));
    return new String(cipher.doFinal(bytes, 16, bytes.length - 16), StandardCharsets.UTF_8);
  }

  private static String connect(ApiClient client, String from, String to) throws Exception {
    String workspace =
        client.post("/workspaces/list", Documents.empty()).at("/workspaces/0/workspaceId").asText();
    String source = actor(client, workspace, "source", from);
    String destination = actor(client, workspace, "destination", to);
    JsonNode found =
        client.post("/sources/discover_schema", Documents.empty().put("sourceId", source));
    ObjectNode body = Documents.empty().put("sourceId", source).put("destinationId", destination);
    ObjectNode stream = (ObjectNode) found.at("/catalog/streams/0").deepCopy();
    ObjectNode config = (ObjectNode) stream.get("config");
    config
        .put("selected", true)
        .put("syncMode", "incremental")
        .put("destinationSyncMode", "append_dedup");
    config.putArray("cursorField").add("updated_at");
    config.putArray("primaryKey").addArray().add("id");
    config.set("mappers", Documents.MAPPER.readTree(MAPPERS));
    ArrayNode streams = body.putObject("syncCatalog").putArray("streams");
    streams.add(stream);
    body.put("status", "active").put("namespaceDefinition", "destination");
    body.put("nonBreakingChangesPreference", "propagate_columns");
    return client.post("/connections/create", body).path("connectionId").asText();
  }

  private static String actor(ApiClient client, String workspace, String side, String database)
      throws InterruptedException {
    ObjectNode body = Documents.empty().put("workspaceId", workspace).put("name", side);
    body.put(
        side + "DefinitionId",
        ConnectorRegistry.load().find(side + "-postgres").info().definitionId().toString());
    body.putObject("connectionConfiguration")
        .put("host", PostgresServer.HOST)
        .put("port", PostgresServer.shared().port())
        .put("database", database)
        .put("username", PostgresServer.USER);
    return client.post("/" + side + "s/create", body).path(side + "Id").asText();
  }

  private static JsonNode sync(ApiClient client, String connection) throws InterruptedException {
    long job =
        client
            .post("/connections/sync", Documents.empty().put("connectionId", connection))
            .at("/job/id")
            .asLong();
    ObjectNode which = Documents.empty().put("id", job);
    String status = "pending";
    for (int i = 0; i < LOOKS_MAX && OPEN.contains(status); i++) {
      Thread.sleep(50);
      status = client.post("/jobs/get_light", which).at("/job/status").asText();
    }
    return client.post("/jobs/get", which);
  }

  private static long count(PostgresServer postgres, String database, String sql)
      throws SQLException {
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static WorkspaceFiles files(ApiClient client) throws InterruptedException {
    return new WorkspaceFiles(WorkspaceApi.open(client, null));
  }

  private static ApiClient client(Server server) {
    return new ApiClient("http://127.0.0.1:" + server.ports().getFirst(), new Credentials.None());
  }

  private Server start(DatabaseUrl url) {
    ServerSettings settings =
        new ServerSettings(
            new DataDirectory(folder.resolve("data")),
            url,
            new HttpSettings("127.0.0.1", List.of(0, 0), null, null),
            Map.of());
    return Server.start(settings, ConnectorRegistry.load(), Clock.systemUTC());
  }
}
