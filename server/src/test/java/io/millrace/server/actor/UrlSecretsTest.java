package io.millrace.server.actor;

import static io.millrace.server.http.TestApi.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.http.TestApi;
import io.millrace.server.store.Dialect;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets among the parameters of a URL. */
final class UrlSecretsTest {
  @TempDir private Path folder;

  @Test
  void areRefusedWithTheirPathAndWithoutTheirValue() throws Exception {
    try (ActorFixture fixture =
            new ActorFixture(Dialect.SQLITE, folder, Clock.systemUTC(), List.of());
        TestApi api = TestApi.serve(fixture.routes(Clock.systemUTC()))) {
      for (String params :
          List.of("password=hunter2", "options=a&password=hunter2&x=y", "pass%77ord=hunter2")) {
        TestApi.Reply refused = api.config("/sources/create", create(fixture, params));
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.text())
            .contains("connectionConfiguration.jdbc_url_params", "use the field `password`")
            .doesNotContain("hunter2");
      }
      String id =
          api.ok("/sources/create", create(fixture, "connectTimeout=9")).path("sourceId").asText();
      TestApi.Reply refused =
          api.config(
              "/sources/partial_update",
              body(
                  "sourceId",
                  id,
                  "connectionConfiguration",
                  body("jdbc_url_params", "sslpassword=hunter2")));
      assertThat(refused.status()).as(refused.text()).isEqualTo(422);
      assertThat(refused.text()).contains("`sslpassword`").doesNotContain("hunter2");
      assertThat(fixture.changes()).noneMatch(change -> change.contains("hunter2"));
    }
  }

  private static Map<String, Object> create(ActorFixture fixture, String params) {
    return body(
        "name",
        "shop",
        "workspaceId",
        fixture.workspace(),
        "sourceDefinitionId",
        ActorFixture.POSTGRES,
        "connectionConfiguration",
        body(
            "host",
            "db.example.com",
            "port",
            5432,
            "database",
            "shop",
            "username",
            "ann",
            "password",
            "sesame-of-the-shop",
            "jdbc_url_params",
            params));
  }
}
