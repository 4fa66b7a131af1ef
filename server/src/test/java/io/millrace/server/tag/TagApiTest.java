package io.millrace.server.tag;

import static io.millrace.server.connection.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.TestApi;
import io.millrace.server.connection.TestConnections;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EachStore
final class TagApiTest {
  private final Dialect dialect;

  private TestApi api;

  TagApiTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void start() {
    api = TestApi.fresh(dialect);
  }

  @Test
  void bothApisShowTheSameTags() {
    JsonNode tag = create("blue", "0000FF").ok();
    assertThat(api.send("GET", "/api/public/v1/tags/" + id(tag), null).ok()).isEqualTo(tag);
    assertThat(api.config("/tags/list", workspace()).json()).containsExactly(tag);
    assertThat(api.send("GET", "/v1/tags?workspaceIds=" + api.workspace, null).ok().path("data"))
        .containsExactly(tag);
    JsonNode renamed =
        api.send("PATCH", "/v1/tags/" + id(tag), json("{'name': 'sea', 'color': '00ff00'}")).ok();
    assertThat(renamed.path("name").asText()).isEqualTo("sea");
    assertThat(
            api.config(
                    "/tags/update",
                    json(
                        "{'tagId': '%s', 'workspaceId': '%s', 'name': 'x', 'color': 'abcdef'}",
                        id(tag), api.workspace))
                .ok()
                .path("name")
                .asText())
        .isEqualTo("x");
    assertThat(api.send("DELETE", "/v1/tags/" + id(tag), null).status()).isEqualTo(204);
    assertThat(api.send("GET", "/v1/tags/" + id(tag), null).status()).isEqualTo(404);
  }

  @Test
  void everyRefusalHasItsType() {
    create("blue", "0000FF").ok();
    assertProblem(create("blue", "00FF00"), 409, "error:tag-already-exists");
    assertProblem(create("red", "#FF0000"), 400, "error:tag-invalid-hex-color");
    assertProblem(create("x".repeat(31), "FF0000"), 400, "error:tag-name-too-long");
    for (int i = 1; i < 100; i++) {
      create("t" + i, "FF0000").ok();
    }
    assertProblem(create("last", "FF0000"), 400, "error:tag-limit-for-workspace-reached");
    assertThat(create("", "FF0000").status()).isEqualTo(422);
    assertThat(create("a\\u0000b", "FF0000").status()).isEqualTo(422);
  }

  @Test
  void connectionsCarryTagsOfTheirWorkspace() {
    ConnectionId connection = TestConnections.add(api, "c");
    JsonNode tag = create("blue", "0000FF").ok();
    JsonNode changed =
        api.send("PATCH", "/v1/connections/" + connection, "{\"tags\": [" + tag + "]}").ok();
    assertThat(changed.path("tags")).containsExactly(tag);
    assertThat(api.send("GET", "/v1/connections?tagIds=" + id(tag), null).ok().path("data"))
        .hasSize(1);
    TestApi.Reply unknown =
        api.send(
            "PATCH",
            "/v1/connections/" + connection,
            json("{'name': 'y', 'tags': [{'tagId': '%s'}]}", ConnectionId.random()));
    assertThat(unknown.status()).isEqualTo(400);
    JsonNode now = api.send("GET", "/v1/connections/" + connection, null).ok();
    assertThat(now.path("name").asText()).isEqualTo("c");
    assertThat(now.path("tags")).hasSize(1);
    assertThat(
            api.config(
                    "/tags/delete",
                    json("{'tagId': '%s', 'workspaceId': '%s'}", id(tag), api.workspace))
                .status())
        .isEqualTo(204);
    assertThat(api.send("GET", "/v1/connections/" + connection, null).ok().path("tags")).isEmpty();
  }

  private static void assertProblem(TestApi.Reply reply, int status, String type) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.json().path("type").asText()).isEqualTo(type);
  }

  private static String id(JsonNode tag) {
    return tag.path("tagId").asText();
  }

  private TestApi.Reply create(String name, String color) {
    return api.config(
        "/tags/create",
        json("{'workspaceId': '%s', 'name': '%s', 'color': '%s'}", api.workspace, name, color));
  }

  private String workspace() {
    return json("{'workspaceId': '%s'}", api.workspace);
  }
}
