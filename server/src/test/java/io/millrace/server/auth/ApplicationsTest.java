package io.millrace.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.http.TestClient;
import io.millrace.server.store.DatabaseUrl;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import io.millrace.server.store.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EachStore
final class ApplicationsTest {
  private static final Map<String, String> GIVEN = Map.of("MILLRACE_PASSWORD", "correct horse");
  private static final String PATH = "/api/public/v1/applications";

  private final Path folder;
  private final DatabaseUrl url;
  private AuthServer server;
  private TestClient admin;

  ApplicationsTest(Dialect dialect, @TempDir Path folder) {
    this.folder = folder;
    this.url = TestStore.url(dialect, folder);
    this.server = AuthServer.start(url, folder, GIVEN);
    this.admin = server.client.basic("airbyte", "correct horse");
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void showsTheFirstKeyWithItsSecret() throws Exception {
    JsonNode list = admin.post("/api/v1/applications/list", "{}").json();
    assertThat(list).isEqualTo(admin.get(PATH).json());
    JsonNode first = list.at("/applications/0");
    assertThat(first.path("clientSecret").asText()).matches("[A-Za-z0-9]{32}");
    assertThat(first.path("role").asText()).isEqualTo("admin");
    assertThat(first.path("createdAt").asLong()).isEqualTo(1772366400L);
  }

  @Test
  void givesTokensAtFourPlacesForJsonAndForms() throws Exception {
    JsonNode key = admin.get(PATH).json().at("/applications/0");
    String id = key.path("clientId").asText();
    String secret = key.path("clientSecret").asText();
    String json = "\"client_id\":\"%s\",\"client_secret\":\"%s\"}".formatted(id, secret);
    String form = "client_id=%s&client_secret=%s".formatted(id, secret);
    for (String path : LoginTest.tokenPaths()) {
      for (TestClient.Reply reply :
          List.of(
              server.client.post(path, "{" + json),
              server.client.post(path + "/", "{\"grant_type\":\"client_credentials\"," + json),
              server.client.post(path, "{\"grant-type\":\"client_credentials\"," + json),
              server.client.form(path, form),
              server.client.form(path, "grant_type=client_credentials&" + form),
              server.client.basic(id, secret).form(path, "grant_type=client_credentials"))) {
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("content-type")).isEqualTo("application/json");
        assertThat(reply.json().path("token_type").asText()).isEqualTo("Bearer");
        String token = reply.json().path("access_token").asText();
        assertThat(server.client.bearer(token).get("/v1/things").status()).isEqualTo(200);
      }
    }
    assertThat(server.client.form(PATH + "/token", "grant_type=password&" + form).status())
        .isEqualTo(400);
  }

  @Test
  void refusesWrongKeysAndRepeatsNoSecret() throws Exception {
    String id = admin.get(PATH).json().at("/applications/0/clientId").asText();
    String path = "/api/v1/applications/token";
    String wrong = "{\"client_id\":\"%s\",\"client_secret\":\"%s\"}";
    assertThat(server.client.post(path, wrong.formatted(id, "wrong")).status()).isEqualTo(401);
    assertThat(server.client.post(path, wrong.formatted("nobody", "wrong")).status())
        .isEqualTo(401);
    TestClient.Reply odd = server.client.post(path, "{\"client_id\":1,\"client_secret\":123456}");
    assertThat(odd.status()).isEqualTo(422);
    assertThat(odd.text()).doesNotContain("123456");
    assertThat(server.client.form(path, "").status()).isEqualTo(401);
    assertThat(server.client.bearer("nonsense").get("/v1/things").status()).isEqualTo(401);
  }

  @Test
  void holdsKeysToTheirRoles() throws Exception {
    for (String role : List.of("admin", "editor", "reader")) {
      TestClient holder = holder(create("for " + role, role));
      assertThat(status(holder, "read")).isEqualTo(200);
      assertThat(status(holder, "edit")).isEqualTo(role.equals("reader") ? 403 : 200);
      assertThat(status(holder, "admin")).isEqualTo(role.equals("admin") ? 200 : 403);
      assertThat(holder.get(PATH).status()).isEqualTo(role.equals("admin") ? 200 : 403);
      assertThat(holder.post("/api/v1/things/read", "{}").json().path("caller").asText())
          .isEqualTo("key for " + role);
    }
  }

  @Test
  void showsTheSecretOfAnotherKeyOnce() throws Exception {
    JsonNode made = create("nightly", "reader");
    String id = made.path("id").asText();
    assertThat(made.path("clientSecret").asText()).hasSize(32);
    assertThat(admin.get(PATH + "/" + id).json().path("clientSecret").asText())
        .isEqualTo("**********");
    assertThat(admin.get(PATH).text()).doesNotContain(made.path("clientSecret").asText());
    assertThat(admin.post("/api/v1/audit/list", "{\"entity\":\"key\"}").text())
        .contains("nightly", "**********")
        .doesNotContain(made.path("clientSecret").asText());
  }

  @Test
  void endsTheTokensOfADeletedKeyAtOnce() throws Exception {
    JsonNode made = create("nightly", "reader");
    TestClient holder = holder(made);
    TestClient basic =
        server.client.basic(made.path("clientId").asText(), made.path("clientSecret").asText());
    assertThat(holder.get("/v1/things").status()).isEqualTo(200);
    assertThat(basic.get("/v1/things").status()).isEqualTo(200);
    TestClient.Reply deleted = admin.delete(PATH + "/" + made.path("id").asText());
    assertThat(deleted.status()).isEqualTo(200);
    assertThat(deleted.json().path("name").asText()).isEqualTo("nightly");
    assertThat(holder.get("/v1/things").status()).isEqualTo(401);
    assertThat(basic.get("/v1/things").status()).isEqualTo(401);
    assertThat(admin.delete(PATH + "/" + made.path("id").asText()).status()).isEqualTo(404);
  }

  @Test
  void namesWhatIsWrongAboutANewKey() throws Exception {
    TestClient.Reply wrong = admin.post(PATH, "{\"role\":\"king\"}");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.json().at("/data/validationErrors")).hasSize(2);
    assertThat(wrong.text()).contains("one of admin, editor, reader");
  }

  @Test
  void keepsTokensOverARestartAndLetsThemRunOut() throws Exception {
    String token = token(create("nightly", "reader"));
    server.close();
    server = AuthServer.start(url, folder, GIVEN);
    admin = server.client.basic("airbyte", "correct horse");
    assertThat(server.client.bearer(token).get("/v1/things").status()).isEqualTo(200);
    assertThat(admin.get(PATH).json().path("applications")).hasSize(2);
    server.clock.advance(Duration.ofMinutes(16));
    assertThat(server.client.bearer(token).get("/v1/things").status()).isEqualTo(401);
  }

  @Test
  void takesNoTokenThatWasGivenWhileNobodyLoggedIn() throws Exception {
    server.close();
    String token;
    try (AuthServer open = AuthServer.start(url, folder, Map.of())) {
      token = open.token("any", "thing");
    }
    server = AuthServer.start(url, folder, GIVEN);
    assertThat(server.client.bearer(token).get("/v1/things").status()).isEqualTo(401);
  }

  private JsonNode create(String name, String role) throws Exception {
    return admin.post(PATH, "{\"name\":\"%s\",\"role\":\"%s\"}".formatted(name, role)).json();
  }

  private TestClient holder(JsonNode key) throws Exception {
    return server.client.bearer(token(key));
  }

  private String token(JsonNode key) throws Exception {
    return server.token(key.path("clientId").asText(), key.path("clientSecret").asText());
  }

  private static int status(TestClient holder, String access) throws Exception {
    return holder.post("/api/v1/things/" + access, "{}").status();
  }
}
