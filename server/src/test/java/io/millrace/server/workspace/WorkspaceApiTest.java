package io.millrace.server.workspace;

import static io.millrace.server.http.TestApi.body;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.http.Routes;
import io.millrace.server.http.TestApi;
import io.millrace.server.store.Database;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import io.millrace.server.store.TestStore;
import io.millrace.server.store.TextSeal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EachStore
final class WorkspaceApiTest {
  private static final String ZERO = "00000000-0000-0000-0000-000000000000";

  private final Dialect dialect;
  private final List<String> changed = new ArrayList<>();
  private final List<String> versions = new ArrayList<>();
  private final List<WorkspaceId> emptied = new ArrayList<>();

  @TempDir private Path folder;
  private Database database;
  private TestApi api;
  private String first;

  WorkspaceApiTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void serve() {
    database = TestStore.open(dialect, folder);
    Clock clock = Clock.systemUTC();
    first = new Installations().open(database, clock).workspace().toString();
    ChangeRecorder recorder =
        (tx, entity, id, action, version, caller) -> {
          changed.add(action + " " + entity + " by " + caller.name());
          versions.add(version.toString());
        };
    Workspaces workspaces =
        new Workspaces(database, clock, recorder, (tx, id, caller) -> () -> emptied.add(id));
    Routes routes = new Routes();
    WorkspaceRoutes.add(
        routes,
        database,
        workspaces,
        new InstanceSettings("1.2.3", null, false),
        recorder,
        WorkspaceLimits.of(Map.of("MILLRACE_SOURCES_MAX", "7")),
        new Backwards());
    api = TestApi.serve(routes);
  }

  @AfterEach
  void stop() {
    api.close();
    database.close();
  }

  /** Stands in for encryption. */
  private static final class Backwards implements TextSeal {
    @Override
    public String seal(String text) {
      return new StringBuilder(text).reverse().toString();
    }

    @Override
    public String open(String sealed) {
      return seal(sealed);
    }
  }

  @Test
  void keepsTheUrlOfAWebhookToItself() throws Exception {
    Object failure =
        body(
            "notificationType",
            List.of("slack"),
            "slackConfiguration",
            body("webhook", "https://hooks.example.com/secret"));
    JsonNode updated =
        api.ok(
            "/workspaces/update",
            body("workspaceId", first, "notificationSettings", body("sendOnFailure", failure)));
    String at = "/notificationSettings/sendOnFailure/slackConfiguration/webhook";
    assertThat(updated.at(at).asText()).isEqualTo("https://hooks.example.com/secret");
    assertThat(details()).contains("_secret", "terces/").doesNotContain("/secret");
    assertThat(versions.getLast()).contains("\"webhook\":\"**********\"");
    assertThat(versions.getLast()).doesNotContain("secret");

    String plain = plain(details());
    database.change(tx -> tx.execute("UPDATE workspace SET details = ?", plain));
    assertThat(api.ok("/workspaces/get", body("workspaceId", first))).isEqualTo(updated);
    assertThat(database.<Boolean>write(tx -> WebhookUrls.sealStored(tx, new Backwards()))).isTrue();
    assertThat(details()).contains("terces/").doesNotContain("/secret");
    assertThat(database.<Boolean>write(tx -> WebhookUrls.sealStored(tx, new Backwards())))
        .isFalse();
    assertThat(api.ok("/workspaces/get", body("workspaceId", first)).at(at))
        .isEqualTo(updated.at(at));
  }

  private static String plain(String details) {
    return details.replaceAll("\\{\"_secret\":\"[^\"]*\"}", "\"https://hooks.example.com/secret\"");
  }

  private String details() {
    return database.read(
        tx -> tx.createQuery("SELECT details FROM workspace").mapTo(String.class).one());
  }

  @Test
  void showsItsLimitsAndWhatItNeverDid() throws Exception {
    JsonNode read = api.ok("/workspaces/get", body("workspaceId", first));
    assertThat(read.path("workspaceLimits"))
        .hasToString(
            "{\"sources\":{\"current\":0,\"max\":7},\"destinations\":{\"current\":0,\"max\":10000},"
                + "\"activeConnections\":{\"current\":0,\"max\":10000}}");
    assertThat(read.path("firstCompletedSync").asBoolean(true)).isFalse();
    assertThat(read.path("feedbackDone").asBoolean(true)).isFalse();
    assertThat(api.ok("/workspaces/list", body()).at("/workspaces/0")).isEqualTo(read);
  }

  @Test
  void tellsWhatItIs() throws Exception {
    assertThat(api.send("GET", "/api/v1/health/", "").json().path("available").asBoolean())
        .isTrue();
    assertThat(api.get("/health").text()).isEqualTo("Successful operation");
    JsonNode instance = api.send("GET", "/api/v1/instance_configuration", "").json();
    assertThat(instance.path("defaultWorkspaceId").asText()).isEqualTo(first);
    assertThat(instance.path("defaultUserId").asText()).isEqualTo(ZERO);
    assertThat(instance.path("airbyteUrl").asText()).isEqualTo("airbyte-url-not-configured");
    assertThat(instance.path("auth").path("mode").asText()).isEqualTo("none");
    assertThat(instance.path("initialSetupComplete").asBoolean()).isFalse();
    JsonNode deployment = api.ok("/deployment/metadata", "{}");
    assertThat(deployment.path("version").asText()).isEqualTo("1.2.3");
    assertThat(new Installations().open(database, Clock.systemUTC()).deployment())
        .hasToString(deployment.path("id").asText());
  }

  @Test
  void isSetUpOnce() throws Exception {
    JsonNode set =
        api.ok(
            "/instance_configuration/setup",
            body(
                "email",
                "ann@example.com",
                "anonymousDataCollection",
                false,
                "initialSetupComplete",
                true,
                "displaySetupWizard",
                false,
                "userName",
                "Ann"));
    assertThat(set.path("initialSetupComplete").asBoolean()).isTrue();
    assertThat(set.path("defaultOrganizationEmail").asText()).isEqualTo("ann@example.com");
    assertThat(api.ok("/users/get", body("userId", ZERO)).path("name").asText()).isEqualTo("Ann");
    assertThat(
            api.get("/users?organizationId=" + ZERO)
                .json()
                .path("data")
                .get(0)
                .path("email")
                .asText())
        .isEqualTo("ann@example.com");
    assertThat(changed).contains("update setting by local");
  }

  @Test
  void makesChangesAndDeletesWorkspaces() throws Exception {
    JsonNode made = api.ok("/workspaces/create", body("name", "Second", "email", "b@example.com"));
    String id = made.path("workspaceId").asText();
    assertThat(made.path("organizationId").asText()).isEqualTo(ZERO);
    assertThat(made.path("slug").asText()).isEqualTo(id);
    assertThat(
            api.ok("/workspaces/update", body("workspaceId", id, "news", true))
                .path("news")
                .asBoolean())
        .isTrue();
    api.ok("/workspaces/update_name", body("workspaceId", id, "name", "Third"));
    assertThat(api.ok("/workspaces/get_by_slug", body("slug", id)).path("name").asText())
        .isEqualTo("Third");
    assertThat(api.ok("/workspaces/list", "").path("workspaces")).hasSize(2);
    JsonNode page =
        api.ok(
            "/workspaces/list_by_organization_id",
            body("organizationId", ZERO, "nameContains", "thi", "pagination", body("pageSize", 5)));
    assertThat(page.path("workspaces")).hasSize(1);
    assertThat(page.path("workspaces").get(0).path("email").asText()).isEqualTo("b@example.com");
    assertThat(api.config("/workspaces/delete", body("workspaceId", first)).status())
        .isEqualTo(204);
    assertThat(emptied).containsExactly(WorkspaceId.of(first));
    assertThat(api.config("/workspaces/get", body("workspaceId", first)).status()).isEqualTo(404);
    assertThat(
            api.ok("/workspaces/get", body("workspaceId", first, "includeTombstone", true))
                .path("tombstone")
                .asBoolean())
        .isTrue();
    assertThat(
            api.send("GET", "/api/v1/instance_configuration", "")
                .json()
                .path("defaultWorkspaceId")
                .asText())
        .isEqualTo(id);
    assertThat(api.config("/workspaces/delete", body("workspaceId", id)).status()).isEqualTo(409);
    assertThat(changed)
        .containsExactly(
            "create workspace by local",
            "update workspace by local",
            "update workspace by local",
            "delete workspace by local");
  }

  @Test
  void refusesWhatIsWrong() throws Exception {
    TestApi.Reply reply = api.config("/workspaces/create", body("name", " ", "news", "yes"));
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().path("validationErrors")).hasSize(2);
    assertThat(
            api.config("/workspaces/create", body("name", "x", "organizationId", first)).status())
        .isEqualTo(404);
    assertThat(api.config("/workspaces/get", body("workspaceId", ZERO)).status()).isEqualTo(404);
    assertThat(api.call("PATCH", "/workspaces/" + ZERO, body("name", "x")).status()).isEqualTo(404);
  }

  /** What clients from before the settings by event send. */
  @Test
  void takesTheEarlierFormOfNotifications() throws Exception {
    Object slack =
        body(
            "notificationType",
            "slack",
            "sendOnSuccess",
            true,
            "slackConfiguration",
            body("webhook", "https://hooks.example.com/x"));
    JsonNode settings =
        api.ok("/workspaces/create", body("name", "old", "notifications", List.of(slack)))
            .path("notificationSettings");
    assertThat(settings.at("/sendOnSuccess/notificationType").toString()).contains("slack");
    assertThat(settings.at("/sendOnFailure/notificationType").toString()).contains("slack");
    assertThat(settings.at("/sendOnFailure/slackConfiguration/webhook").asText())
        .isEqualTo("https://hooks.example.com/x");
    assertThat(settings.at("/sendOnSyncDisabled/notificationType").toString())
        .doesNotContain("slack");
    TestApi.Reply missing =
        api.config(
            "/workspaces/create",
            body("name", "old", "notifications", List.of(body("notificationType", "slack"))));
    assertThat(missing.json().path("type").asText())
        .isEqualTo("error:notification/config/missing-url");
  }

  @Test
  void keepsNotificationSettings() throws Exception {
    JsonNode fresh = api.ok("/workspaces/get", body("workspaceId", first));
    assertThat(fresh.at("/notificationSettings/sendOnFailure/notificationType/0").asText())
        .isEqualTo("customerio");
    assertThat(fresh.at("/notificationSettings/sendOnSuccess/notificationType")).isEmpty();
    Object failure =
        body(
            "notificationType", List.of("slack"),
            "slackConfiguration", body("webhook", "https://hooks.example.com/x"),
            "failureThreshold", 3);
    JsonNode settings =
        api.ok(
                "/workspaces/update",
                body("workspaceId", first, "notificationSettings", body("sendOnFailure", failure)))
            .path("notificationSettings");
    assertThat(settings.at("/sendOnFailure/failureThreshold").asInt()).isEqualTo(3);
    assertThat(settings.at("/sendOnSyncDisabled/notificationType/0").asText())
        .isEqualTo("customerio");
    JsonNode publicly = api.get("/workspaces/" + first).json().path("notifications");
    assertThat(publicly.at("/failure/webhook/url").asText())
        .isEqualTo("https://hooks.example.com/x");
    assertThat(publicly.at("/failure/email/enabled").asBoolean()).isFalse();
    JsonNode changedPublicly =
        api.call(
                "PATCH",
                "/workspaces/" + first,
                body("notifications", body("failure", body("email", body("enabled", true)))))
            .json();
    assertThat(changedPublicly.at("/notifications/failure/email/enabled").asBoolean()).isTrue();
    assertThat(changedPublicly.at("/notifications/failure/webhook/enabled").asBoolean()).isTrue();
    assertThat(
            api.ok("/workspaces/get", body("workspaceId", first))
                .at("/notificationSettings/sendOnFailure/failureThreshold")
                .asInt())
        .isEqualTo(3);
  }

  @Test
  void wantsTheUrlOfAWebhook() throws Exception {
    TestApi.Reply reply =
        api.call(
            "PATCH",
            "/workspaces/" + first,
            body("notifications", body("success", body("webhook", body("enabled", true)))));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("type").asText())
        .isEqualTo("error:notification/config/missing-url");
    TestApi.Reply odd =
        api.call(
            "PATCH",
            "/workspaces/" + first,
            body(
                "notifications",
                body(
                    "success", body("webhook", body("enabled", true, "url", "file:/etc/passwd")))));
    assertThat(odd.status()).isEqualTo(422);
  }

  @Test
  void pagesThePublicList() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(api.call("POST", "/workspaces", body("name", "w" + i)).status()).isEqualTo(200);
    }
    JsonNode page = api.get("/workspaces?limit=3").json();
    assertThat(page.path("data")).hasSize(3);
    assertThat(page.path("previous").asText()).isEmpty();
    assertThat(page.at("/data/0/dataResidency").asText()).isEqualTo("auto");
    String next = page.path("next").asText();
    JsonNode second = api.send("GET", next.substring(next.indexOf("/api/")), "").json();
    assertThat(second.path("data")).hasSize(1);
    assertThat(second.path("next").asText()).isEmpty();
    assertThat(second.path("previous").asText()).contains("offset=0");
    assertThat(api.get("/workspaces?limit=0").status()).isEqualTo(422);
  }

  @Test
  void hasOneUserWhoMayDoEverything() throws Exception {
    JsonNode permissions = api.ok("/permissions/list_by_user", body("userId", ZERO));
    assertThat(permissions.at("/permissions/0/permissionType").asText())
        .isEqualTo("instance_admin");
    assertThat(api.ok("/permissions/check", "{}").path("status").asText()).isEqualTo("succeeded");
    assertThat(api.get("/permissions?userId=" + ZERO).json().path("data")).hasSize(1);
    assertThat(api.call("POST", "/permissions", "{}").status()).isEqualTo(501);
    assertThat(api.get("/organizations").json().at("/data/0/organizationName").asText())
        .isEqualTo("Default Organization");
    assertThat(
            api.ok("/workspaces/get_organization_info", body("workspaceId", first))
                .path("organizationName")
                .asText())
        .isEqualTo("Default Organization");
    assertThat(api.config("/users/get", body("userId", first)).status()).isEqualTo(404);
    JsonNode state = api.ok("/web_backend/workspace/state", body("workspaceId", first));
    assertThat(state.path("hasSources").asBoolean(true)).isFalse();
  }
}
