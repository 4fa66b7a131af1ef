package io.millrace.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.apiclient.ApiClient;
import io.millrace.server.apiclient.Credentials;
import io.millrace.server.connector.Side;
import io.millrace.server.importer.FakeAirbyte;
import io.millrace.server.json.Documents;
import io.millrace.server.up.Server;
import io.millrace.server.up.SqliteServer;
import io.millrace.server.workspacefile.WorkspaceApi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Taking a workspace over from a server that answers as an Airbyte does. */
final class ImportCommandTest {
  private static final String SHOP =
      "{'host': 'db.example', 'port': 5432, 'database': 'shop', 'schemas': ['public'],"
          + " 'username': 'me', 'password': '**********', 'ssl_mode': {'mode': 'prefer'},"
          + " 'replication_method': {'method': 'Standard'}, 'tunnel_method': {'tunnel_method':"
          + " 'SSH_PASSWORD_AUTH', 'tunnel_host': 'jump.example', 'tunnel_port': 22, 'tunnel_user':"
          + " 'me', 'tunnel_user_password': '**********'}}";

  private static final String LAKE =
      "{'host': 'lake.example', 'port': 5432, 'database': 'lake', 'schema': 'public', 'username':"
          + " 'me', 'password': '**********', 'ssl_mode': {'mode': 'disable'}}";

  private static final String STREAM =
      "{'name': 'orders', 'namespace': 'public', 'jsonSchema': {'type': 'object', 'properties':"
          + " {'id': {'type': 'number', 'airbyte_type': 'integer'}, 'phone': {'type': 'string'},"
          + " 'at': {'type': 'string', 'format': 'date-time', 'airbyte_type':"
          + " 'timestamp_with_timezone'}}}, 'supportedSyncModes': ['full_refresh', 'incremental'],"
          + " 'defaultCursorField': [], 'sourceDefinedPrimaryKey': [['id']], 'isResumable': true,"
          + " 'isFileBased': false}";

  @TempDir private Path folder;
  private FakeAirbyte airbyte;
  private Server server;
  private TestProgram program;

  @BeforeEach
  void start() throws IOException {
    airbyte = FakeAirbyte.start();
    server = SqliteServer.start(folder.resolve("data"));
    program = new TestProgram(folder);
    program.environment.put("MILLRACE_SERVER", url());
  }

  @AfterEach
  void stop() {
    server.close();
    airbyte.close();
  }

  @Test
  void takesOverWhatThereIsAndTellsOfEverySecret() throws Exception {
    String workspace = airbyte.workspace("Default Workspace");
    String source = airbyte.source(workspace, "shop", FakeAirbyte.POSTGRES_SOURCE, SHOP);
    String lake = airbyte.destination(workspace, "lake", FakeAirbyte.POSTGRES_DESTINATION, LAKE);
    String unknown = airbyte.source(workspace, "crm", "11111111-2222-4333-8444-555555555555", "{}");
    airbyte.connection("shop to lake", source, lake, cron() + orders("") + "}");
    airbyte.connection("crm to lake", unknown, lake, "{}");
    airbyte.connection("gone", source, lake, "{'status': 'deprecated'}");
    airbyte.connection("off", source, lake, "{'status': 'inactive'," + orders("") + "}");

    TestProgram.Result result = take();

    assertThat(result.code()).as(result.out() + result.err()).isEqualTo(3);
    assertThat(result.out())
        .contains("  source shop\n", "  destination lake\n", "  connection shop to lake\n")
        .contains("  connection off (switched off at the old server too)\n")
        .contains("  source shop: password\n")
        .contains("  source shop: tunnel_method.tunnel_user_password\n")
        .contains("  destination lake: password\n")
        .contains("  source crm: this server has no connector \"Some connector\".\n")
        .contains("  connection crm to lake: its source or destination was not taken over.\n")
        .doesNotContain("gone");
    JsonNode made = connection("shop to lake");
    assertThat(made.path("status").asText()).isEqualTo("inactive");
    assertThat(made.at("/scheduleData/cron/cronExpression").asText()).isEqualTo("0 0 6 ? * MON");
    assertThat(made.at("/scheduleData/cron/cronTimeZone").asText()).isEqualTo("Europe/Paris");
    assertThat(made.at("/tags/0/name").asText()).isEqualTo("nightly");
    assertThat(made.at("/namespaceFormat").asText()).isEqualTo("x_${SOURCE_NAMESPACE}");
  }

  @Test
  void aMaskedKeyOfAMapperBecomesAVariableToSet() throws Exception {
    String source = shopToLake("{'scheduleType': 'manual'," + orders(aes()) + "}");
    assertThat(source).isNotEmpty();
    TestProgram.Result result = take();
    assertThat(result.code()).as(result.out()).isZero();
    String told =
        "connection shop to lake: key of the mapper that encrypts orders.phone, or set the"
            + " server's variable IMPORTED_KEY_SHOP_TO_LAKE_ORDERS";
    assertThat(result.out()).contains(told);
    assertThat(connection("shop to lake").findValue("key").asText())
        .isEqualTo("${env:IMPORTED_KEY_SHOP_TO_LAKE_ORDERS}");
    assertThat(take().out()).as("said again").contains(told);
  }

  @Test
  void readsEveryPageAndKeepsThoseOfOneNameApart() throws Exception {
    String workspace = airbyte.workspace("w");
    for (int i = 0; i < 230; i++) {
      airbyte.source(workspace, "shop " + i % 225, FakeAirbyte.POSTGRES_SOURCE, SHOP);
    }
    assertThat(take().code()).isZero();
    try (ApiClient api = client()) {
      assertThat(WorkspaceApi.open(api, null).actors(Side.SOURCE))
          .hasSize(230)
          .containsKeys("shop 224", "shop 4", "shop 4 (2)");
    }
    assertThat(take().out()).doesNotContain("Made:").contains("  source shop 4 (2)");
  }

  @Test
  void anOlderConnectionSaysItsScheduleInTheOldWay() throws Exception {
    shopToLake("{'schedule': {'units': 6, 'timeUnit': 'hours'}," + orders("") + "}");
    assertThat(take().code()).isZero();
    assertThat(connection("shop to lake").at("/scheduleData/basicSchedule/units").asInt())
        .isEqualTo(6);
  }

  @Test
  void aStreamWithoutNamespaceNeedsNoReachableSource() throws Exception {
    String workspace = airbyte.workspace("w");
    String files =
        airbyte.source(
            workspace,
            "files",
            FakeAirbyte.FILE_SOURCE,
            "{'dataset_name': 'people', 'format': 'csv', 'url': 's3://b/people.csv', 'provider':"
                + " {'storage': 'S3', 'aws_access_key_id': 'me', 'aws_secret_access_key':"
                + " '**********'}}");
    String lake = airbyte.destination(workspace, "lake", FakeAirbyte.POSTGRES_DESTINATION, LAKE);
    airbyte.connection(
        "files to lake",
        files,
        lake,
        "{'syncCatalog': {'streams': [{'stream': {'name': 'people', 'jsonSchema': {'properties':"
            + " {'id': {'type': 'string'}}}, 'supportedSyncModes': ['full_refresh']}, 'config':"
            + " {'syncMode': 'full_refresh', 'destinationSyncMode': 'overwrite', 'selected':"
            + " true}}]}}");
    TestProgram.Result result = take();
    assertThat(result.out()).contains("  connection files to lake\n");
    assertThat(result.code()).isZero();
  }

  @Test
  void aStateThatCannotBeUsedIsSaidAndNothingElseIsLost() throws Exception {
    String connection = shopToLake("{" + orders("") + "}");
    airbyte.state(
        connection,
        "{'stateType': 'global', 'globalState': {'shared_state': {'state': {'lsn': 1}},"
            + " 'streamStates': [{'streamDescriptor': {'name': 'orders', 'namespace': 'public'},"
            + " 'streamState': {'cursor_field': []}}]}}");
    TestProgram.Result result = take();
    assertThat(result.code()).isEqualTo(3);
    assertThat(result.out())
        .contains("  connection shop to lake\n")
        .contains("state of connection shop to lake: it is one position in the source's log")
        .contains("Its first sync reads everything.");
  }

  @Test
  void aCursorGoesOnWhereItStopped() throws Exception {
    String cursor =
        "{'version': 2, 'state_type': 'cursor_based', 'stream_name': 'orders', 'stream_namespace':"
            + " 'public', 'cursor_field': ['at'], 'cursor': '2026-01-02T03:04:05.000006Z'}";
    String connection = shopToLake("{" + orders("") + "}");
    airbyte.state(
        connection,
        "{'stateType': 'stream', 'streamState': [{'streamDescriptor': {'name': 'orders',"
            + " 'namespace': 'public'}, 'streamState': "
            + cursor
            + "}]}");
    assertThat(take().code()).isZero();
    assertThat(state("shop to lake").at("/streamState/0/streamState/token/cursor").asText())
        .isEqualTo("2026-01-02T03:04:05.000006Z");
  }

  @Test
  void aLegacyStateIsReadStreamByStream() throws Exception {
    String connection = shopToLake("{" + orders("") + "}");
    airbyte.state(
        connection,
        "{'stateType': 'legacy', 'state': {'cdc': false, 'streams': [{'stream_name': 'orders',"
            + " 'stream_namespace': 'public', 'cursor_field': ['at'], 'cursor': '2026-01-02'}]}}");
    assertThat(take().code()).isZero();
    assertThat(state("shop to lake").at("/streamState/0/streamState/token/cursor_field").asText())
        .isEqualTo("at");
  }

  /** As after an import that was killed between the two calls. */
  @Test
  void aConnectionWithoutItsStateGetsItFromTheNextRun() throws Exception {
    String connection = shopToLake("{" + orders("") + "}");
    assertThat(take().code()).isZero();
    airbyte.state(
        connection,
        "{'stateType': 'stream', 'streamState': [{'streamDescriptor': {'name': 'orders',"
            + " 'namespace': 'public'}, 'streamState': {'cursor_field': ['at'], 'cursor':"
            + " '2026-01-02'}}]}");
    assertThat(take().out()).contains("left alone:").contains("  connection shop to lake");
    assertThat(state("shop to lake").path("stateType").asText()).isEqualTo("stream");
  }

  @Test
  void goesOnWhereABrokenAnswerStoppedIt() throws Exception {
    shopToLake("{" + orders("") + "}");
    airbyte.breaks("/state/get", call -> FakeAirbyte.send(call, 502, "text/html", "<h1>502</h1>"));
    TestProgram.Result first = take();
    assertThat(first.code()).isEqualTo(4);
    assertThat(first.err()).contains("answered 502 to /state/get");
    assertThat(first.out()).contains("  source shop: password").doesNotContain("connection");
    airbyte.mend();
    TestProgram.Result second = take();
    assertThat(second.code()).as(second.err()).isZero();
    assertThat(second.out())
        .contains("There already, left alone:\n  source shop\n")
        .contains("Made:\n  connection shop to lake\n");
  }

  @Test
  void readsVersionsThatLackACall() throws Exception {
    shopToLake("{" + orders("") + "}");
    airbyte.lacks("/workspaces/list");
    airbyte.lacks("/state/get");
    TestProgram.Result result = take();
    assertThat(result.out())
        .contains("state of connection shop to lake: this version of Airbyte does not tell it.");
    assertThat(connection("shop to lake").path("status").asText()).isEqualTo("inactive");
  }

  @Test
  void saysWhatItNeedsToKnow() throws Exception {
    TestProgram.Result none = take();
    assertThat(none.err()).contains("has no workspace");
    assertThat(none.code()).isEqualTo(2);
    airbyte.workspace("a");
    airbyte.workspace("b");
    assertThat(take().err()).contains("has 2 workspaces; name one with --from-workspace: a, b.");
    assertThat(take("--from-workspace", "c").err()).contains("has no workspace \"c\"");
    assertThat(take("--from-workspace", "b").code()).isZero();
    airbyte.requires("Basic YWlyYnl0ZTpwYXNzd29yZA==");
    TestProgram.Result locked = take("--from-workspace", "b");
    assertThat(locked.code()).isEqualTo(2);
    assertThat(locked.err()).contains("wants a login: set AIRBYTE_CLIENT_ID");
    program.environment.put("AIRBYTE_PASSWORD", "wrong");
    assertThat(take("--from-workspace", "b").err()).contains("does not accept AIRBYTE_USERNAME");
    program.environment.put("AIRBYTE_PASSWORD", "password");
    assertThat(take("--from-workspace", "b").code()).isZero();
  }

  private String shopToLake(String rest) {
    String workspace = airbyte.workspace("w");
    String source = airbyte.source(workspace, "shop", FakeAirbyte.POSTGRES_SOURCE, SHOP);
    String lake = airbyte.destination(workspace, "lake", FakeAirbyte.POSTGRES_DESTINATION, LAKE);
    return airbyte.connection("shop to lake", source, lake, rest);
  }

  private static String cron() {
    return "{'namespaceDefinition': 'customformat', 'namespaceFormat': 'x_${SOURCE_NAMESPACE}',"
        + " 'scheduleType': 'cron', 'scheduleData': {'cron': {'cronExpression': '0 0 6 ? * MON',"
        + " 'cronTimeZone': 'Europe/Paris'}}, 'tags': [{'tagId':"
        + " '99999999-2222-4333-8444-555555555555', 'workspaceId':"
        + " '99999999-2222-4333-8444-555555555556', 'name': 'nightly', 'color': 'FF0000'}],";
  }

  private static String aes() {
    return ", 'mappers': [{'id': '99999999-2222-4333-8444-555555555557', 'type': 'encryption',"
        + " 'mapperConfiguration': {'algorithm': 'AES', 'targetField': 'phone',"
        + " 'fieldNameSuffix': '_encrypted', 'key': '**********', 'mode': 'CBC', 'padding':"
        + " 'PKCS5Padding'}}]";
  }

  private static String orders(String mappers) {
    return "'syncCatalog': {'streams': [{'stream': "
        + STREAM
        + ", 'config': {'syncMode': 'incremental', 'destinationSyncMode': 'append_dedup',"
        + " 'cursorField': ['at'], 'primaryKey': [['id']], 'aliasName': 'orders', 'selected':"
        + " true, 'suggested': false, 'includeFiles': false, 'fieldSelectionEnabled': false,"
        + " 'selectedFields': [], 'hashedFields': []"
        + mappers
        + "}}]}";
  }

  private TestProgram.Result take(String... more) {
    String[] all = new String[4 + more.length];
    System.arraycopy(new String[] {"import", "airbyte", "--url", airbyte.url()}, 0, all, 0, 4);
    System.arraycopy(more, 0, all, 4, more.length);
    return program.run(all);
  }

  private JsonNode connection(String name) throws InterruptedException {
    try (ApiClient api = client()) {
      JsonNode found = WorkspaceApi.open(api, null).connections().get(name);
      ObjectNode body =
          Documents.empty()
              .put("connectionId", Objects.requireNonNull(found).path("connectionId").asText());
      return api.post("/web_backend/connections/get", body);
    }
  }

  private JsonNode state(String name) throws InterruptedException {
    try (ApiClient api = client()) {
      String id = connection(name).path("connectionId").asText();
      return api.post("/state/get", Documents.empty().put("connectionId", id));
    }
  }

  private String url() {
    return "http://127.0.0.1:" + server.ports().getFirst();
  }

  private ApiClient client() {
    return new ApiClient(url(), new Credentials.None());
  }
}
