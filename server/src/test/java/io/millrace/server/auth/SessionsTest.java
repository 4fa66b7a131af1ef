package io.millrace.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.http.Access;
import io.millrace.server.http.Answer;
import io.millrace.server.http.Gatekeeper;
import io.millrace.server.http.HttpServer;
import io.millrace.server.http.HttpSettings;
import io.millrace.server.http.Method;
import io.millrace.server.http.Routes;
import io.millrace.server.http.TestClient;
import io.millrace.server.store.Database;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import io.millrace.server.store.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EachStore
final class SessionsTest {
  private final Dialect dialect;
  @TempDir private Path folder;

  SessionsTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @Test
  void keepsABoundedNumberAndForgetsTheOldest() {
    ManualClock clock = new ManualClock();
    try (Database database = TestStore.open(dialect, folder)) {
      Sessions sessions = new Sessions(database, clock);
      String first = sessions.begin();
      assertThat(sessions.lives(first)).isTrue();
      clock.advance(Duration.ofMinutes(1));
      String last =
          database.write(
              tx -> {
                for (int i = 0; i < 999; i++) {
                  sessions.begin(tx);
                }
                return sessions.begin(tx);
              });
      assertThat(sessions.lives(first)).isFalse();
      assertThat(sessions.lives(last)).isTrue();
      assertThat(
              database.<Integer>read(
                  tx ->
                      tx.createQuery("SELECT count(*) FROM login_session")
                          .mapTo(Integer.class)
                          .one()))
          .isEqualTo(1000);
    }
  }

  @Test
  void marksTheCookieUnderTls() throws Exception {
    Routes routes =
        new Routes()
            .resource(
                Access.OPEN,
                Method.GET,
                "/cookie",
                call -> {
                  new SessionCookie(true).set(call, "token");
                  return Answer.none();
                });
    HttpSettings settings = new HttpSettings("127.0.0.1", List.of(0), null, null);
    try (HttpServer server = HttpServer.start(settings, Gatekeeper.OPEN, routes);
        TestClient client = TestClient.of(server)) {
      assertThat(client.get("/v1/cookie").header("set-cookie"))
          .isEqualTo(
              "__Host-millrace_session=token; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200;"
                  + " Secure");
    }
  }
}
