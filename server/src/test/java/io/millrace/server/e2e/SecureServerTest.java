package io.millrace.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.http.TestCertificate;
import io.millrace.server.http.TestClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The whole program with a login and TLS, as somebody sets it up who lets others reach it. */
@EnabledOnOs({OS.LINUX, OS.MAC})
final class SecureServerTest {
  private static final String CHOSEN = "a password of my own";

  @TempDir Path folder;

  @Test
  void refusesToStartWhereItWouldBeOpenOrCannotSpeakTls() throws Exception {
    TestCertificate good = TestCertificate.make(folder, "good", "EC");
    TestCertificate other = TestCertificate.make(folder, "other", "EC");
    Program program = new Program(folder);
    refused(program.run(up("--host", "0.0.0.0")), "no login is set");
    program.environment("MILLRACE_PASSWORD", "long-enough");
    String cert = good.files().certificates().toString();
    String key = good.files().key().toString();
    refused(program.run(up("--tls-cert", cert)), "--tls-cert and --tls-key belong together");
    refused(program.run(up("--tls-cert", cert, "--tls-key", "nothing.pem")), "nothing.pem");
    refused(program.run(up("--tls-cert", key, "--tls-key", key)), "holds no certificate");
    refused(
        program.run(up("--tls-cert", cert, "--tls-key", other.files().key().toString())),
        "is not the key of the first certificate");
    refused(program.run(up("--host", "nowhere.invalid")), "must be an address of this machine");
    refused(program.run(up("--host", "")), "--host is empty");
    refused(program.run(up("--port", "5999", "--api-port", "5999")), "are both 5999");
    refused(program.run(up("--data", cert)), "The data directory " + cert + " cannot be made");
    refused(program.run(up("--trusted-proxy", "proxy.example")), "\"proxy.example\"");
  }

  @Test
  void letsInWhoMayComeInAndNobodyElse() throws Exception {
    TestCertificate certificate = TestCertificate.make(folder, "server", "EC");
    Program program = new Program(folder).environment("MILLRACE_USERNAME", "anna");
    Program.Running running =
        program.start(
            up(
                "--host",
                "0.0.0.0",
                "--trusted-proxy",
                "127.0.0.1",
                "--tls-cert",
                certificate.files().certificates().toString(),
                "--tls-key",
                certificate.files().key().toString()));
    running.awaitOutput("Login: anna");
    String said = Files.readString(running.out());
    int port = Integer.parseInt(said.replaceAll("(?s).*https://localhost:(\\d+).*", "$1"));
    Path file = folder.resolve("data/login.key");
    String password = Files.readAllLines(file).getLast();
    assertThat(said).doesNotContain(password);
    try (TestClient client = TestClient.of(port, certificate.trust())) {
      firstLogin(client, password);
      assertThat(file).doesNotExist();
      TestClient admin = client.basic("anna", CHOSEN);
      tokens(client, admin);
      roles(client, admin);
      foreignPages(client);
      guesses(client);
    }
    running.process().destroy();
    assertThat(running.process().waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(running.process().exitValue()).isIn(0, 143);
  }

  /** Somebody elsewhere does nothing before they have chosen a password. */
  private static void firstLogin(TestClient client, String password) throws Exception {
    TestClient elsewhere = client.with("X-Forwarded-For", "203.0.113.7");
    TestClient.Reply login = elsewhere.post("/api/login", login("anna", password));
    assertThat(login.json().path("passwordChangeRequired").asBoolean()).isTrue();
    assertThat(login.header("set-cookie"))
        .startsWith("__Host-millrace_session=")
        .contains("HttpOnly", "SameSite=Strict", "Secure");
    TestClient browser = elsewhere.with("Cookie", login.cookie());
    assertThat(browser.get("/api/public/v1/connections").status()).isEqualTo(403);
    TestClient.Reply changed =
        browser.post(
            "/api/v1/users/change_password",
            "{\"currentPassword\":\"%s\",\"newPassword\":\"%s\"}".formatted(password, CHOSEN));
    assertThat(changed.status()).isEqualTo(200);
    TestClient again = elsewhere.with("Cookie", changed.cookie());
    assertThat(again.get("/api/public/v1/connections").status()).isEqualTo(200);
    assertThat(client.basic("anna", password).get("/v1/connections").status()).isEqualTo(401);
    assertThat(client.get("/api/public/v1/connections").status()).isEqualTo(401);
  }

  private static void tokens(TestClient client, TestClient admin) throws Exception {
    JsonNode key = admin.get("/v1/applications").json().at("/applications/0");
    String id = key.path("clientId").asText();
    String secret = key.path("clientSecret").asText();
    String json = "{\"client_id\":\"%s\",\"client_secret\":\"%s\"}".formatted(id, secret);
    String form = "grant_type=client_credentials&client_id=" + id + "&client_secret=" + secret;
    for (String base : List.of("", "/v1", "/api/v1", "/api/public/v1")) {
      String path = base + "/applications/token";
      for (TestClient.Reply reply : List.of(client.post(path, json), client.form(path, form))) {
        assertThat(reply.status()).as(path).isEqualTo(200);
        TestClient holder = client.bearer(reply.json().path("access_token").asText());
        assertThat(holder.get("/api/public/v1/sources").status()).isEqualTo(200);
        assertThat(holder.post("/api/v1/workspaces/list", "{}").status()).isEqualTo(200);
      }
      assertThat(client.form(path, form + "x").status()).as(path).isEqualTo(401);
    }
  }

  private static void roles(TestClient client, TestClient admin) throws Exception {
    TestClient reader = key(client, admin, "reader");
    TestClient editor = key(client, admin, "editor");
    String workspace =
        reader
            .post("/api/v1/workspaces/list", "{}")
            .json()
            .at("/workspaces/0/workspaceId")
            .asText();
    String source =
        "{\"name\":\"s\",\"workspaceId\":\"%s\",\"configuration\":{\"sourceType\":\"faker\"}}"
            .formatted(workspace);
    assertThat(reader.post("/v1/sources", source).status()).isEqualTo(403);
    assertThat(editor.post("/v1/sources", source).status()).isEqualTo(200);
    assertThat(editor.get("/v1/applications").status()).isEqualTo(403);
    assertThat(editor.post("/v1/applications", "{\"name\":\"x\",\"role\":\"admin\"}").status())
        .isEqualTo(403);
  }

  private static TestClient key(TestClient client, TestClient admin, String role) throws Exception {
    String wanted = "{\"name\":\"%s\",\"role\":\"%s\"}".formatted(role, role);
    JsonNode made = admin.post("/v1/applications", wanted).json();
    return client.basic(made.path("clientId").asText(), made.path("clientSecret").asText());
  }

  /** What a page from elsewhere could make a browser send, with the cookie of somebody here. */
  private static void foreignPages(TestClient client) throws Exception {
    String cookie = client.post("/api/login", login("anna", CHOSEN)).cookie();
    TestClient browser = client.with("Cookie", cookie);
    String path = "/api/v1/workspaces/list";
    for (String origin : List.of("https://evil.example", "null", "http://localhost.evil.example")) {
      TestClient.Reply write = browser.with("Origin", origin).post(path, "{}");
      assertThat(write.status()).as(origin).isEqualTo(403);
      assertThat(write.header("access-control-allow-origin")).isEmpty();
      TestClient.Reply read = browser.with("Origin", origin).get("/v1/connections");
      assertThat(read.header("access-control-allow-origin")).isEmpty();
    }
    assertThat(browser.with("Sec-Fetch-Site", "cross-site").post(path, "{}").status())
        .isEqualTo(401);
    assertThat(browser.post(path, "{}").status()).isEqualTo(200);
  }

  /** One who guesses is slowed down, others behind the same proxy are not. */
  private static void guesses(TestClient client) throws Exception {
    TestClient guesser = client.with("X-Forwarded-For", "198.51.100.9");
    TestClient.Reply last = guesser.post("/api/login", login("anna", "guess 0"));
    for (int i = 1; i <= 10; i++) {
      last = guesser.post("/api/login", login("anna", "guess " + i));
    }
    assertThat(last.status()).isEqualTo(429);
    assertThat(Integer.parseInt(last.header("retry-after"))).isBetween(1, 120);
    assertThat(guesser.post("/api/login", login("anna", CHOSEN)).status()).isEqualTo(429);
    TestClient other = client.with("X-Forwarded-For", "198.51.100.10");
    assertThat(other.post("/api/login", login("anna", CHOSEN)).status()).isEqualTo(200);
  }

  private static String login(String user, String password) {
    return "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(user, password);
  }

  private static void refused(Run run, String sentence) {
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(sentence).doesNotContain("\tat ");
  }

  /** Returns the arguments of a start in the test's folder, on free ports where none are named. */
  private static String[] up(String... more) {
    List<String> named = List.of(more);
    List<String> arguments = new ArrayList<>(List.of("up", "--no-open"));
    Map.of("--data", "data", "--port", "0", "--api-port", "0")
        .forEach(
            (option, value) -> {
              if (!named.contains(option)) {
                arguments.addAll(List.of(option, value));
              }
            });
    arguments.addAll(named);
    return arguments.toArray(String[]::new);
  }
}
