package io.millrace.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.http.TestClient;
import io.millrace.server.secret.SecretHunt;
import io.millrace.server.store.DatabaseUrl;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import io.millrace.server.store.TestStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No password, key or token lies in the store, the log, or an answer that does not give it out. */
@EachStore
final class AuthLeaksTest {
  private static final String PASSWORD = "correct horse battery";
  private static final String WRONG = "my other password";

  private final Path folder;
  private final DatabaseUrl url;

  AuthLeaksTest(Dialect dialect, @TempDir Path folder) {
    this.folder = folder;
    this.url = TestStore.url(dialect, folder);
  }

  @Test
  void keepsPasswordsKeysAndTokensToItself() throws Exception {
    try (AuthServer server = AuthServer.start(url, folder, Map.of("MILLRACE_PASSWORD", PASSWORD))) {
      TestClient admin = server.client.basic("airbyte", PASSWORD);
      JsonNode key = admin.post("/v1/applications", "{\"name\":\"n\",\"role\":\"reader\"}").json();
      String id = key.path("clientId").asText();
      String secret = key.path("clientSecret").asText();
      String login = "{\"username\":\"airbyte\",\"password\":\"%s\"}";
      String cookie = server.client.post("/api/login", login.formatted(PASSWORD)).cookie();
      String token = server.token(id, secret);
      int given = server.client.answers().size();
      String session = cookie.substring(cookie.indexOf('=') + 1);
      try (SecretHunt hunt = SecretHunt.begin(PASSWORD, WRONG, secret, token, session)) {
        server.client.bearer(token).get("/v1/things");
        server.client.with("Cookie", cookie).post("/api/v1/audit/list", "{}");
        server.client.post("/api/login", login.formatted(WRONG));
        server.client.post("/api/login", "{\"username\":[],\"password\":\"" + WRONG + "\"}");
        server.client.basic(id, WRONG).get("/v1/things");
        server.client.bearer(token + "x").get("/v1/things");
        server.client.form("/applications/token", "client_id=" + id + "&client_secret=" + WRONG);
        server.client.post("/api/v1/users/change_password", "{\"newPassword\":\"" + WRONG + "\"}");
        admin.get("/v1/applications");
        List<String> answers = server.client.answers();
        hunt.lookIn(folder)
            .lookIn(server.database)
            .lookAt("answers", answers.subList(given, answers.size()));
        assertThat(hunt.findings()).isEmpty();
      }
    }
  }
}
