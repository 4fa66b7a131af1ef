package io.millrace.server.workspacefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.apiclient.ApiClient;
import io.millrace.server.apiclient.Credentials;
import io.millrace.server.connector.ConnectorRegistry;
import io.millrace.server.connector.Side;
import io.millrace.server.http.HttpSettings;
import io.millrace.server.json.Documents;
import io.millrace.server.store.DatabaseUrl;
import io.millrace.server.up.DataDirectory;
import io.millrace.server.up.Server;
import io.millrace.server.up.ServerSettings;
import io.millrace.spi.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A workspace as a file, out of one server and into another. */
final class WorkspaceFilesTest {
  private static final String FILE =
      """
      version: 1
      tags:
      - {name: nightly, color: 1f5fbf}
      sources:
      - name: people
        connector: source-faker
        config: {count: 20, seed: 1}
      - name: shop
        connector: source-postgres
        config: {host: db.example, port: 5432, database: shop, username: me, password: "${env:SHOP_PASSWORD}"}
      destinations:
      - name: lake
        connector: destination-duckdb
        config: {destination_path: lake.duckdb}
      connections:
      - name: people to lake
        source: people
        destination: lake
        status: inactive
        schedule: {cron: "0 6 * * *", time_zone: Europe/Paris}
        namespace: lake_${SOURCE_NAMESPACE}
        prefix: p_
        tags: [nightly]
        streams:
        - {name: users, sync_mode: incremental_append_dedup, cursor_field: updated_at, primary_key: [id]}
        - {name: products, sync_mode: full_refresh_overwrite, columns: [id, make]}
      """;

  @TempDir private Path folder;
  private Server one;
  private Server two;

  @BeforeEach
  void start() {
    one = server("one");
    two = server("two");
  }

  @AfterEach
  void stop() {
    one.close();
    two.close();
  }

  @Test
  void exportAppliedElsewhereIsExportedTheSame() throws Exception {
    try (ApiClient first = client(one);
        ApiClient second = client(two)) {
      Path written = file(FILE);
      assertThat(texts(apply(first, written)))
          .containsExactly(
              "+ tag nightly",
              "+ source people",
              "+ source shop",
              "+ destination lake",
              "+ connection people to lake");
      assertThat(files(first).plan(written, false)).as("said again").isEmpty();
      String exported = files(first).export();
      assertThat(exported).doesNotContain("hunter2").contains("${env:SHOP_PASSWORD}");
      assertThat(files(first).plan(file(exported), true)).as("its own export").isEmpty();
      apply(second, file(exported));
      assertThat(files(second).export()).isEqualTo(exported);
    }
  }

  @Test
  void thePlanShowsWhichConnectionsWouldWriteOneTable() throws Exception {
    try (ApiClient client = client(one)) {
      apply(client, file(FILE.replace("status: inactive", "status: active")));
      String more =
          """
          version: 1
          connections:
          - name: people again
            source: people
            destination: lake
            namespace: lake_
            prefix: p_
            streams:
            - {name: users, sync_mode: full_refresh_append}
            - {name: purchases, sync_mode: full_refresh_overwrite}
          """;
      List<Step> steps = files(client).plan(file(more), false);
      assertThat(texts(steps)).containsExactly("+ connection people again");
      assertThat(steps.getFirst().warnings())
          .singleElement()
          .asString()
          .startsWith("The stream users lands in lake_.p_users, as users of the connection")
          .contains("\"people to lake\" does: both write into one table");
      String apart = more.replace("namespace: lake_", "namespace: other");
      assertThat(files(client).plan(file(apart), false).getFirst().warnings()).isEmpty();
      String off = more.replace("  namespace", "  status: inactive\n  namespace");
      assertThat(files(client).plan(file(off), false).getFirst().warnings()).isEmpty();
    }
  }

  @Test
  void masksSecretsAndKeepsThemWhenTheMaskComesBack() throws Exception {
    try (ApiClient client = client(one)) {
      apply(client, file(FILE.replace("${env:SHOP_PASSWORD}", "hunter2-secret")));
      String exported = files(client).export();
      assertThat(exported).doesNotContain("hunter2").contains("'**********'");
      assertThat(files(client).plan(file(exported), true)).isEmpty();
    }
  }

  @Test
  void setsALiteralSecretOnceAndAgainOnlyWhenItChanges() throws Exception {
    try (ApiClient client = client(one)) {
      Path written = file(FILE.replace("${env:SHOP_PASSWORD}", "hunter2-secret"));
      apply(client, written);
      long changes = changes(client);
      assertThat(files(client).plan(written, true)).isEmpty();
      Path other = file(FILE.replace("${env:SHOP_PASSWORD}", "hunter3-secret"));
      assertThat(texts(files(client).plan(other, true))).containsExactly("~ source shop: config");
      assertThat(changes(client)).isEqualTo(changes);
      apply(client, other);
      assertThat(files(client).plan(other, true)).isEmpty();
      assertThat(texts(files(client).plan(written, true))).hasSize(1);
      assertThat(changes(client)).isEqualTo(changes + 1);
    }
  }

  @Test
  void updatingWithWhatIsStoredWritesNothing() throws Exception {
    try (ApiClient client = client(one)) {
      apply(client, file(FILE.replace("${env:SHOP_PASSWORD}", "hunter2-secret")));
      long changes = changes(client);
      JsonNode found = WorkspaceApi.open(client, null).actors(Side.SOURCE).get("shop");
      ObjectNode shop = (ObjectNode) Objects.requireNonNull(found);
      client.post("/sources/update", shop);
      ((ObjectNode) shop.get("connectionConfiguration")).put("password", "hunter2-secret");
      client.post("/sources/update", shop);
      assertThat(changes(client)).isEqualTo(changes);
    }
  }

  private static long changes(ApiClient client) throws InterruptedException {
    return client.post("/audit/list", Documents.empty()).path("totalCount").asLong();
  }

  @Test
  void changesWhatDiffersAndPrunesWhenAsked() throws Exception {
    try (ApiClient client = client(one)) {
      apply(client, file(FILE));
      Path changed =
          file(
              FILE.replace("count: 20", "count: 30")
                  .replace("prefix: p_", "prefix: q_")
                  .replaceAll("- name: shop\\n(  .*\\n)+", ""));
      assertThat(texts(files(client).plan(changed, true)))
          .containsExactly(
              "~ source people: config", "~ connection people to lake: prefix", "- source shop");
      apply(client, changed);
      assertThat(files(client).plan(changed, false)).isEmpty();
    }
  }

  @Test
  void saysWhatIsWrongWithAFile() throws Exception {
    try (ApiClient client = client(one)) {
      assertThatThrownBy(() -> files(client).plan(file("sorces: []"), false))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("\"sorces\"");
      assertThatThrownBy(() -> files(client).plan(file("connections: 5"), false))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("connections: expected a list");
      for (List<String> slip :
          List.of(
              List.of("config: {count", "confg: {count", "source people", "\"config\""),
              List.of("schedule:", "shedule:", "connection people to lake", "\"schedule\""),
              List.of("cursor_field", "cursor", "people to lake, stream users", "cursor_field"))) {
        Path file = file(FILE.replace(slip.get(0), slip.get(1)));
        assertThatThrownBy(() -> files(client).plan(file, false))
            .as(slip.get(1))
            .isInstanceOf(ConfigException.class)
            .hasMessageContaining(slip.get(2))
            .hasMessageContaining(slip.get(3));
      }
      for (List<String> wrong :
          List.of(
              List.of("cron: \"0 6 * * *\", time_zone: Europe/Paris", "daily: 6", "The schedule"),
              List.of("full_refresh_overwrite", "full_refresh", "no sync mode \"full_refresh\""),
              List.of("destination: lake", "destination: sea", "no destination named \"sea\""))) {
        Path file = file(FILE.replace(wrong.get(0), wrong.get(1)));
        assertThatThrownBy(() -> apply(client, file))
            .isInstanceOf(ConfigException.class)
            .hasMessageStartingWith("connection people to lake: ")
            .hasMessageContaining(wrong.get(2));
      }
      assertThat(WorkspaceApi.open(client, null).actors(Side.SOURCE))
          .as("nothing half done")
          .isEmpty();
      assertThatThrownBy(() -> files(client).plan(file("a:\n  [\n"), false))
          .hasMessageContaining("line 3: this is not YAML: expected the node content");
      assertThatThrownBy(() -> files(client).plan(folder.resolve("none.yaml"), false))
          .hasMessage("none.yaml: there is no such file.");
      assertThatThrownBy(() -> apply(client, file(FILE.replace("\"0 6 * * *\"", "\"61 6 * * *\""))))
          .isInstanceOf(ConfigException.class)
          .hasMessageStartingWith("connection people to lake: ");
      assertThatThrownBy(() -> apply(client, file(FILE.replace("source-faker", "source-fakr"))))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("source-fakr");
      assertThatThrownBy(() -> apply(client, file(FILE.replace("name: users", "name: user"))))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("has no stream user");
    }
  }

  private static List<Step> apply(ApiClient client, Path file) throws InterruptedException {
    WorkspaceFiles files = files(client);
    List<Step> steps = files.plan(file, true);
    files.apply(steps, step -> {}, warning -> {});
    return steps;
  }

  private static List<String> texts(List<Step> steps) {
    return steps.stream().map(Step::text).toList();
  }

  private static WorkspaceFiles files(ApiClient client) throws InterruptedException {
    return new WorkspaceFiles(WorkspaceApi.open(client, null));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "workspace", ".yaml"), text);
  }

  private static ApiClient client(Server server) {
    return new ApiClient("http://127.0.0.1:" + server.ports().getFirst(), new Credentials.None());
  }

  private Server server(String name) {
    DataDirectory data = new DataDirectory(folder.resolve(name));
    ServerSettings settings =
        new ServerSettings(
            data,
            new DatabaseUrl.Sqlite(data.store()),
            new HttpSettings("127.0.0.1", List.of(0, 0), null, null),
            Map.of("SHOP_PASSWORD", "hunter2-secret"));
    return Server.start(settings, ConnectorRegistry.load(), Clock.systemUTC());
  }
}
