package io.millrace.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.http.TestClient;
import io.millrace.server.store.DatabaseUrl;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import io.millrace.server.store.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EachStore
final class LoginTest {
  private static final String PASSWORD = "correct horse";
  private static final Map<String, String> GIVEN = Map.of("MILLRACE_PASSWORD", PASSWORD);
  private static final Map<String, String> NAMED = Map.of("MILLRACE_USERNAME", "anna");
  private static final String LOGIN = "{\"username\":\"airbyte\",\"password\":\"correct horse\"}";

  private final Path folder;
  private final DatabaseUrl url;

  LoginTest(Dialect dialect, @TempDir Path folder) {
    this.folder = folder;
    this.url = TestStore.url(dialect, folder);
  }

  @Test
  void asksForNothingWithoutALogin() throws Exception {
    try (AuthServer server = AuthServer.start(url, folder, Map.of())) {
      TestClient basic = server.client.basic("airbyte", "password");
      assertThat(basic.post("/api/v1/things/admin", "{}").json().path("caller").asText())
          .isEqualTo("local");
      for (String path : tokenPaths()) {
        for (String body : List.of("{}", "{\"client_id\":5}", "nonsense")) {
          JsonNode token = basic.post(path, body).json();
          assertThat(token.path("token_type").asText()).isEqualTo("Bearer");
          assertThat(token.path("access_token").asText()).isNotEmpty();
          assertThat(token.path("expires_in").asInt()).isEqualTo(900);
        }
        assertThat(server.client.form(path, "x=y").status()).isEqualTo(200);
      }
      assertThat(server.client.post("/api/login", LOGIN).status()).isEqualTo(200);
      assertThat(server.client.post("/api/logout", "").status()).isEqualTo(204);
    }
  }

  @Test
  void takesTheNameOrTheEmailWithThePassword() throws Exception {
    try (AuthServer server = AuthServer.start(url, folder, GIVEN)) {
      TestClient client = server.client;
      assertThat(client.post("/api/v1/things/read", "{}").status()).isEqualTo(401);
      for (String name : List.of("airbyte", AuthServer.EMAIL, "TEAM@example.com")) {
        assertThat(client.basic(name, PASSWORD).post("/api/v1/things/admin", "{}").status())
            .as(name)
            .isEqualTo(200);
      }
      for (String name : List.of("airbyte", "nobody", "Airbyte")) {
        TestClient.Reply wrong = client.basic(name, "wrong").post("/api/v1/things/read", "{}");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.json().path("message").asText())
            .isEqualTo("The name or the password is wrong.");
      }
      assertThat(client.basic("nobody", PASSWORD).get("/v1/things").status()).isEqualTo(401);
      assertThat(client.with("Authorization", "Digest x").get("/v1/things").status())
          .isEqualTo(401);
      assertThat(client.basic("airbyte", "wrong").post("/api/v1/things/open", "{}").status())
          .isEqualTo(200);
    }
  }

  @Test
  void keepsASessionInACookieThatScriptsDoNotSee() throws Exception {
    try (AuthServer server = AuthServer.start(url, folder, GIVEN)) {
      TestClient.Reply login = server.client.post("/api/login", LOGIN);
      assertThat(login.header("set-cookie"))
          .contains("Path=/; HttpOnly; SameSite=Strict; Max-Age=43200")
          .doesNotContain("Secure");
      TestClient browser = server.client.with("Cookie", login.cookie());
      assertThat(browser.post("/api/v1/things/admin", "{}").json().path("caller").asText())
          .isEqualTo("airbyte");
      assertThat(browser.with("Sec-Fetch-Site", "cross-site").get("/v1/things").status())
          .isEqualTo(401);
      assertThat(
              browser
                  .with("Origin", "https://evil.example")
                  .post("/api/v1/things/edit", "{}")
                  .status())
          .isEqualTo(403);
      assertThat(browser.post("/api/logout", "").header("set-cookie")).contains("Max-Age=0");
      assertThat(browser.get("/v1/things").status()).isEqualTo(401);
    }
  }

  @Test
  void endsASessionThatIsNotRenewed() throws Exception {
    try (AuthServer server = AuthServer.start(url, folder, GIVEN)) {
      TestClient browser =
          server.client.with("Cookie", server.client.post("/api/login", LOGIN).cookie());
      server.clock.advance(Duration.ofHours(11));
      assertThat(browser.post("/api/oauth/access_token", "").cookie()).isNotEmpty();
      server.clock.advance(Duration.ofHours(11));
      assertThat(browser.get("/v1/things").status()).isEqualTo(200);
      server.clock.advance(Duration.ofHours(1));
      assertThat(browser.get("/v1/things").status()).isEqualTo(401);
      assertThat(browser.post("/api/oauth/access_token", "").status()).isEqualTo(401);
    }
  }

  @Test
  void endsASessionAfterThirtyDaysWhateverIsRenewed() throws Exception {
    try (AuthServer server = AuthServer.start(url, folder, GIVEN)) {
      TestClient browser =
          server.client.with("Cookie", server.client.post("/api/login", LOGIN).cookie());
      int renewed = 0;
      while (browser.post("/api/oauth/access_token", "").status() == 200 && renewed < 200) {
        renewed++;
        server.clock.advance(Duration.ofHours(10));
      }
      assertThat(renewed).isEqualTo(72);
    }
  }

  @Test
  void makesAPasswordOnceAndDemandsAnotherFromBrowsersElsewhereAlone() throws Exception {
    String generated;
    try (AuthServer server = AuthServer.startRemote(url, folder, NAMED)) {
      generated = server.auth.generatedPassword().orElseThrow();
      assertThat(folder.resolve(PasswordFile.NAME)).hasContent("anna\n" + generated);
      assertThat(Files.getPosixFilePermissions(folder.resolve(PasswordFile.NAME)))
          .containsExactlyInAnyOrder(
              PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
      String login = "{\"username\":\"anna\",\"password\":\"" + generated + "\"}";
      TestClient.Reply first = server.client.post("/api/login", login);
      assertThat(first.json().path("passwordChangeRequired").asBoolean()).isTrue();
      TestClient browser = server.client.with("Cookie", first.cookie());
      TestClient.Reply refused = browser.post("/api/v1/things/read", "{}");
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.text()).contains("/api/v1/users/change_password");
      assertThat(server.client.basic("anna", generated).get("/v1/things").status()).isEqualTo(200);

      TestClient.Reply changed = browser.post("/api/v1/users/change_password", change(generated));
      assertThat(changed.status()).isEqualTo(200);
      assertThat(folder.resolve(PasswordFile.NAME)).doesNotExist();
      assertThat(browser.get("/v1/things").status()).isEqualTo(401);
      TestClient again = server.client.with("Cookie", changed.cookie());
      assertThat(again.get("/v1/things").status()).isEqualTo(200);
      assertThat(server.client.basic("anna", generated).get("/v1/things").status()).isEqualTo(401);
      assertThat(again.post("/api/v1/audit/list", "{}").json().at("/changes/0/actor").asText())
          .isEqualTo("anna");
    }
    try (AuthServer server = AuthServer.startRemote(url, folder, NAMED)) {
      assertThat(server.auth.generatedPassword()).isEmpty();
      assertThat(server.client.basic("anna", "a new password").get("/v1/things").status())
          .isEqualTo(200);
    }
  }

  @Test
  void demandsAnotherPasswordBehindAProxyThatNobodyKnows() throws Exception {
    try (AuthServer server = AuthServer.start(url, folder, NAMED)) {
      String generated = server.auth.generatedPassword().orElseThrow();
      String login = "{\"username\":\"anna\",\"password\":\"" + generated + "\"}";
      TestClient proxied = server.client.with("X-Forwarded-For", "203.0.113.7");
      assertThat(
              proxied.post("/api/login", login).json().path("passwordChangeRequired").asBoolean())
          .isTrue();
    }
  }

  @Test
  void demandsNoOtherPasswordOnThisMachine() throws Exception {
    try (AuthServer server = AuthServer.start(url, folder, NAMED)) {
      String generated = server.auth.generatedPassword().orElseThrow();
      TestClient.Reply login =
          server.client.post(
              "/api/login", "{\"username\":\"anna\",\"password\":\"" + generated + "\"}");
      assertThat(login.json().path("passwordChangeRequired").asBoolean()).isFalse();
      assertThat(server.client.with("Cookie", login.cookie()).get("/v1/things").status())
          .isEqualTo(200);
    }
  }

  @Test
  void takesTheNewPasswordOfTheEnvironmentAndEndsOldSessions() throws Exception {
    String cookie;
    try (AuthServer server = AuthServer.start(url, folder, GIVEN)) {
      cookie = server.client.post("/api/login", LOGIN).cookie();
    }
    try (AuthServer server = AuthServer.start(url, folder, GIVEN)) {
      assertThat(server.client.with("Cookie", cookie).get("/v1/things").status()).isEqualTo(200);
      TestClient.Reply change =
          server
              .client
              .with("Cookie", cookie)
              .post("/api/v1/users/change_password", change(PASSWORD));
      assertThat(change.status()).isEqualTo(409);
    }
    Map<String, String> other = Map.of("MILLRACE_PASSWORD", "battery staple");
    try (AuthServer server = AuthServer.start(url, folder, other)) {
      assertThat(server.client.with("Cookie", cookie).get("/v1/things").status()).isEqualTo(401);
      assertThat(server.client.basic("airbyte", "battery staple").get("/v1/things").status())
          .isEqualTo(200);
    }
  }

  @Test
  void refusesWeakPasswordsAndRepeatsNone() throws Exception {
    try (AuthServer server = AuthServer.start(url, folder, NAMED)) {
      String generated = server.auth.generatedPassword().orElseThrow();
      TestClient anna = server.client.basic("anna", generated);
      String path = "/api/v1/users/change_password";
      String given = "{\"currentPassword\":\"" + generated + "\",\"newPassword\":";
      assertThat(anna.post(path, given + "\"short12\"}").status()).isEqualTo(422);
      assertThat(anna.post(path, given + "\"" + generated + "\"}").status()).isEqualTo(422);
      assertThat(anna.post(path, given + "1234567890}").text()).doesNotContain("1234567890");
      assertThat(anna.post(path, change("not it")).status()).isEqualTo(401);
      assertThat(server.client.post(path, change(generated)).status()).isEqualTo(403);
    }
  }

  @Test
  void stopsGuessingAndLeavesOthersAlone() throws Exception {
    try (AuthServer server = AuthServer.start(url, folder, GIVEN)) {
      TestClient client = server.client;
      JsonNode key =
          client.basic("airbyte", PASSWORD).get("/v1/applications").json().at("/applications/0");
      String token = server.token(key.path("clientId").asText(), key.path("clientSecret").asText());
      String cookie = client.post("/api/login", LOGIN).cookie();
      for (int i = 0; i < Throttle.FAILURES_MAX; i++) {
        assertThat(client.basic("airbyte", "guess " + i).get("/v1/things").status()).isEqualTo(401);
      }
      TestClient.Reply late = client.post("/api/login", LOGIN);
      assertThat(late.status()).isEqualTo(429);
      assertThat(Integer.parseInt(late.header("retry-after"))).isBetween(1, 60);
      assertThat(client.basic("airbyte", PASSWORD).get("/v1/things").status()).isEqualTo(429);
      assertThat(client.bearer(token).get("/v1/things").status()).isEqualTo(200);
      assertThat(client.with("Cookie", cookie).get("/v1/things").status()).isEqualTo(200);
      assertThat(client.basic(AuthServer.EMAIL, PASSWORD).get("/v1/things").status())
          .as("another name of the same account")
          .isEqualTo(429);
      server.clock.advance(Duration.ofSeconds(61));
      assertThat(client.basic("airbyte", PASSWORD).get("/v1/things").status()).isEqualTo(200);
    }
  }

  @Test
  void countsGuessesThatAreMadeAtOnce() throws Exception {
    try (AuthServer server = AuthServer.start(url, folder, GIVEN)) {
      Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
      List<Thread> guesses = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        TestClient client = server.client.basic("airbyte", "guess " + i);
        guesses.add(Thread.startVirtualThread(() -> statuses.add(status(client))));
      }
      for (Thread guess : guesses) {
        guess.join();
      }
      assertThat(Collections.frequency(statuses, 401)).isEqualTo(Throttle.FAILURES_MAX);
      assertThat(Collections.frequency(statuses, 429)).isEqualTo(30);
    }
  }

  private static int status(TestClient client) {
    try {
      return client.get("/v1/things").status();
    } catch (IOException | InterruptedException e) {
      return 0;
    }
  }

  static List<String> tokenPaths() {
    return List.of(
        "/applications/token",
        "/v1/applications/token",
        "/api/v1/applications/token",
        "/api/public/v1/applications/token");
  }

  private static String change(String current) {
    return "{\"currentPassword\":\"%s\",\"newPassword\":\"a new password\"}".formatted(current);
  }
}
