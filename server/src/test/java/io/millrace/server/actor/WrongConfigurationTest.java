package io.millrace.server.actor;

import static io.millrace.server.http.TestApi.body;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.http.TestApi;
import io.millrace.server.store.Dialect;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of a connector's configuration that are of another type than its spec says. */
final class WrongConfigurationTest {
  private static final String MASK = "**********";

  @TempDir private Path folder;
  private ActorFixture fixture;
  private TestApi api;

  @BeforeEach
  void serve() {
    fixture = new ActorFixture(Dialect.SQLITE, folder, Clock.systemUTC(), List.of());
    api = TestApi.serve(fixture.routes(Clock.systemUTC()));
  }

  @AfterEach
  void stop() {
    api.close();
    fixture.close();
  }

  /** Each: field, value, where it is wrong, and what the sentence says after that. */
  private static List<Object[]> wrong() {
    return List.of(
        new Object[] {"schemas", "public", "schemas", " is \"public\"; expected a list of text."},
        new Object[] {
          "schemas", body("a", 1), "schemas", ": expected a list of text, not an object."
        },
        new Object[] {"schemas", 5, "schemas", " is \"5\"; expected a list of text."},
        new Object[] {"schemas", List.of("a", 7), "schemas[1]", " is \"7\"; expected text"},
        new Object[] {
          "schemas", List.of("a", List.of()), "schemas[1]", ": expected text, not an empty list."
        },
        new Object[] {"host", List.of("db"), "host", ": expected text, not a list."},
        new Object[] {"host", body("name", "db"), "host", ": expected text, not an object."},
        new Object[] {"host", 7, "host", " is \"7\"; expected text"},
        new Object[] {"port", List.of(5432), "port", ": expected a whole number"},
        new Object[] {"port", true, "port", " is \"true\"; expected a whole number"},
        new Object[] {"ssl_mode", "prefer", "ssl_mode", " is \"prefer\"; expected an object whose"},
        new Object[] {"ssl_mode", List.of(), "ssl_mode", ": expected an object whose \"mode\""},
        new Object[] {
          "tunnel_method", "NO_TUNNEL", "tunnel_method", " is \"NO_TUNNEL\"; expected an object"
        },
        new Object[] {
          "ssl_mode", body("mode", List.of("prefer")), "ssl_mode.mode", ": expected one of"
        });
  }

  @Test
  void aValueOfAnotherTypeIsRefusedByBothApis() throws Exception {
    for (Object[] one : wrong()) {
      Map<String, Object> values = postgres((String) one[0], one[1]);
      refused(create(values), "connectionConfiguration", one);
      values.put("sourceType", "postgres");
      refused(createPublicly(values), "configuration", one);
    }
    assertThat(sources()).isEmpty();
  }

  @Test
  void aMaskIsRefusedWhereNoSecretIsStored() throws Exception {
    for (Map<String, Object> values :
        List.of(
            postgres("host", MASK),
            postgres("password", MASK),
            postgres("schemas", List.of("public", MASK)),
            postgres("ssl_mode", body("mode", MASK)),
            postgres("unknown_option", MASK))) {
      TestApi.Reply reply = create(values);
      assertThat(reply.status()).as(values.toString()).isEqualTo(422);
      assertThat(reply.json().path("message").asText()).contains("mask");
      values.put("sourceType", "postgres");
      assertThat(createPublicly(values).status()).as(values.toString()).isEqualTo(422);
    }
    assertThat(create(postgres("host", MASK)).json().path("message").asText())
        .isEqualTo(
            "connectionConfiguration.host: expected the value itself; it is no secret, so no mask"
                + " stands for it.");
    String id = create(postgres("password", "hunter2")).json().path("sourceId").asText();
    TestApi.Reply changed =
        api.config(
            "/sources/partial_update",
            body("sourceId", id, "connectionConfiguration", body("host", MASK)));
    assertThat(changed.status()).isEqualTo(422);
    api.ok(
        "/sources/partial_update",
        body("sourceId", id, "connectionConfiguration", body("password", MASK)));
  }

  @Test
  void aRequestThatNamesNoConnectorSaysHowToNameOne() throws Exception {
    TestApi.Reply none = createPublicly(body());
    assertThat(none.status()).isEqualTo(422);
    assertThat(none.text()).contains("definitionId", "configuration.sourceType");
  }

  @Test
  void theConnectorOfASourceCannotBeChanged() throws Exception {
    Map<String, Object> values = postgres("port", 5432);
    String id = create(values).json().path("sourceId").asText();
    for (String method : List.of("PATCH", "PUT")) {
      values.put("sourceType", "faker");
      TestApi.Reply reply =
          api.call(method, "/sources/" + id, body("name", "own", "configuration", values));
      assertThat(reply.status()).as(method).isEqualTo(422);
      assertThat(reply.text()).contains("configuration.sourceType is", "faker", "postgres");
      values.put("sourceType", "postgres");
      assertThat(
              api.call(method, "/sources/" + id, body("name", "own", "configuration", values))
                  .status())
          .isEqualTo(200);
    }
  }

  @Test
  void aFieldThatIsNotUsedIsWarnedOf() throws Exception {
    JsonNode made = create(postgres("no_such_option", 1)).json();
    assertThat(made.path("warnings").toString()).contains("no_such_option", "does not use it");
    JsonNode shown = api.get("/sources/" + made.path("sourceId").asText()).json();
    assertThat(shown.path("warnings")).isEqualTo(made.path("warnings"));
    assertThat(create(postgres("port", 5432)).json().has("warnings")).isFalse();
  }

  private JsonNode sources() throws Exception {
    return api.ok("/sources/list", body("workspaceId", fixture.workspace())).path("sources");
  }

  private static void refused(TestApi.Reply reply, String field, Object[] wrong) throws Exception {
    String path = field + "." + wrong[2];
    assertThat(reply.status()).as(path + " " + wrong[1]).isEqualTo(422);
    assertThat(reply.json().toString()).contains("\"" + path + "\"");
    assertThat(reply.text()).contains((path + wrong[3]).replace("\"", "\\\""));
  }

  private TestApi.Reply create(Map<String, Object> values) throws Exception {
    return api.config(
        "/sources/create",
        body(
            "name",
            "shop",
            "workspaceId",
            fixture.workspace(),
            "sourceDefinitionId",
            ActorFixture.POSTGRES,
            "connectionConfiguration",
            values));
  }

  private TestApi.Reply createPublicly(Map<String, Object> values) throws Exception {
    return api.call(
        "POST",
        "/sources",
        body("name", "shop", "workspaceId", fixture.workspace(), "configuration", values));
  }

  private static Map<String, Object> postgres(String field, Object value) {
    Map<String, Object> values =
        body("host", "db.example.com", "port", 5432, "database", "shop", "username", "ann");
    values.put(field, value);
    return values;
  }
}
