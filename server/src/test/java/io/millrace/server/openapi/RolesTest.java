package io.millrace.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.http.Access;
import io.millrace.server.http.Routes;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Dialect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who may call what: a file of the tests names the role that each route needs, so that a new route
 * has none until somebody has thought of one; and a server is asked as each role.
 */
final class RolesTest {
  private static final Path RULES = Path.of("src/test/resources/roles.txt");
  static final String PASSWORD = "not-to-be-guessed";

  @TempDir private Path folder;

  @Test
  void everyRouteNeedsTheRoleOfItsRule() throws IOException {
    try (RunningServer server = new RunningServer(Dialect.SQLITE, folder)) {
      List<String> served =
          server.routes().listed().stream().map(RolesTest::rule).distinct().sorted().toList();
      if (Boolean.getBoolean("millrace.golden.update")) {
        Files.writeString(RULES, String.join("\n", served) + "\n", StandardCharsets.UTF_8);
      }
      assertThat(served)
          .as("-Dmillrace.golden.update=true writes %s anew; look at what it changes", RULES)
          .containsExactlyElementsOf(Files.readAllLines(RULES));
    }
  }

  @Test
  void everyRoleIsHeldToTheRules() {
    Map<String, String> login = Map.of("MILLRACE_PASSWORD", PASSWORD);
    try (RunningServer server = new RunningServer(Dialect.SQLITE, folder, login)) {
      Map<Access, String> headers = headers(server);
      assertSoftly(
          all -> {
            for (Routes.Listed route : server.routes().listed()) {
              // What is open may have its own reasons to refuse; its tests are with it.
              if (route.access() != Access.OPEN) {
                headers.forEach(
                    (role, header) -> {
                      RawHttp.Answer answer = RawHttp.send(server.port(), wire(route, header));
                      boolean refused = answer.status() == 401 || answer.status() == 403;
                      all.assertThat(refused)
                          .as("%s as %s: %s", rule(route), role, answer.text())
                          .isEqualTo(role.compareTo(route.access()) < 0);
                      all.assertThat(answer.status())
                          .as("%s as %s: %s", rule(route), role, answer.text())
                          .isNotIn(0, 500, 503);
                    });
              }
            }
          });
    }
  }

  /** Looking at a source anew connects to it, keeps what was found, and may change a connection. */
  @Test
  void readersSeeOfASourceWhatWasFound() {
    Map<String, String> login = Map.of("MILLRACE_PASSWORD", PASSWORD);
    try (RunningServer server = new RunningServer(Dialect.SQLITE, folder, login);
        ValidatingClient admin = ValidatingClient.basic(server.uri(), "airbyte", PASSWORD)) {
      String reader = bearer(server, "reader");
      JsonNode workspaces = admin.config("/workspaces/list", Documents.empty());
      ObjectNode faker = Documents.empty().put("name", "faker");
      faker.set("workspaceId", workspaces.at("/workspaces/0/workspaceId"));
      faker.putObject("configuration").put("sourceType", "faker").put("count", 5);
      String source = admin.resource("POST", "/sources", faker).path("sourceId").asText();
      ObjectNode discover = Documents.empty().put("sourceId", source);
      String anew = discover.deepCopy().put("disable_cache", true).toString();
      String ofOne = discover.deepCopy().put("connectionId", source).toString();
      String path = "/api/v1/sources/discover_schema";

      assertThat(post(server, reader, path, discover.toString())).isEqualTo(403);
      admin.config("/sources/discover_schema", discover);
      assertThat(post(server, reader, path, discover.toString())).isEqualTo(200);
      assertThat(post(server, reader, path, anew)).isEqualTo(403);
      assertThat(post(server, reader, path, ofOne)).isEqualTo(403);
    }
  }

  private static int post(RunningServer server, String header, String path, String body) {
    return RawHttp.send(server.port(), request("POST", path, header, body)).status();
  }

  /** A body that no route can use, and ids that nothing has: nothing is done for anybody. */
  private static String wire(Routes.Listed route, String header) {
    String path = route.path().replaceAll("\\{(jobId|attempt)}", "99").replaceAll("\\{\\w+}", "x");
    String body = route.method().name().equals("GET") ? "" : "[";
    return request(route.method().name(), path, header, body);
  }

  private static String request(String method, String path, String header, String body) {
    return method
        + " "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        + header
        + "Content-Type: application/json\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  /** Returns the header of one of each role; of somebody who says nothing, an empty one. */
  private static Map<Access, String> headers(RunningServer server) {
    Map<Access, String> headers = new LinkedHashMap<>();
    headers.put(Access.OPEN, "");
    headers.put(Access.READ, bearer(server, "reader"));
    headers.put(Access.EDIT, bearer(server, "editor"));
    headers.put(Access.ADMIN, bearer(server, "admin"));
    return headers;
  }

  /** Returns the header of a new API key. */
  static String bearer(RunningServer server, String role) {
    try (ValidatingClient client = ValidatingClient.basic(server.uri(), "airbyte", PASSWORD)) {
      ObjectNode wanted = Documents.empty().put("name", role).put("role", role);
      JsonNode made = client.resource("POST", "/applications", wanted);
      ObjectNode holder = Documents.empty().put("client_id", made.path("clientId").asText());
      holder.put("client_secret", made.path("clientSecret").asText());
      JsonNode token = client.resource("POST", "/applications/token", holder);
      return "Authorization: Bearer " + token.path("access_token").asText() + "\r\n";
    }
  }

  /** The public API is served at two places by one rule. */
  private static String rule(Routes.Listed route) {
    String path = route.path().replaceFirst("^/(api/public/)?v1", "PUBLIC");
    return route.access() + " " + route.method() + " " + path.replaceAll("\\{\\w+}", "{}");
  }
}
