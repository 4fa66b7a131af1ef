package io.millrace.server.actor;

import static io.millrace.server.http.TestApi.body;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.connector.Side;
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

/** What a change of a configuration's choice leaves behind: nothing. */
final class BranchesTest {
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

  private String create(Map<String, Object> tunnel) throws Exception {
    Map<String, Object> values =
        body(
            "host",
            "db.example.com",
            "port",
            5432,
            "database",
            "shop",
            "username",
            "ann",
            "tunnel_method",
            tunnel);
    return api.ok(
            "/sources/create",
            body(
                "name",
                "shop",
                "workspaceId",
                fixture.workspace(),
                "sourceDefinitionId",
                ActorFixture.POSTGRES,
                "connectionConfiguration",
                values))
        .path("sourceId")
        .asText();
  }

  @Test
  void anotherChoiceLeavesTheSecretsOfTheFirst() throws Exception {
    Map<String, Object> tunnel =
        body(
            "tunnel_method",
            "SSH_KEY_AUTH",
            "tunnel_host",
            "gate",
            "tunnel_port",
            22,
            "tunnel_user",
            "me",
            "ssh_key",
            "sesame-key");
    String id = create(tunnel);
    Map<String, Object> password =
        body("tunnel_method", "SSH_PASSWORD_AUTH", "tunnel_user_password", "sesame-word");
    assertThat(tunnel(id, password).toString())
        .isEqualTo(
            "{\"tunnel_method\":\"SSH_PASSWORD_AUTH\",\"tunnel_host\":\"gate\",\"tunnel_port\":22,"
                + "\"tunnel_user\":\"me\",\"tunnel_user_password\":\"**********\"}");
    assertThat(tunnel(id, body("tunnel_port", 23)).path("tunnel_user_password").asText())
        .as("the same choice")
        .isEqualTo("**********");
    assertThat(tunnel(id, body("tunnel_method", "NO_TUNNEL")).toString())
        .isEqualTo("{\"tunnel_method\":\"NO_TUNNEL\"}");
    assertThat(fixture.actors().get(Side.SOURCE, ActorId.of(id)).configuration().toString())
        .doesNotContain("sesame-");
  }

  private JsonNode tunnel(String id, Map<String, Object> tunnel) throws Exception {
    return api.ok(
            "/sources/partial_update",
            body("sourceId", id, "connectionConfiguration", body("tunnel_method", tunnel)))
        .path("connectionConfiguration")
        .path("tunnel_method");
  }
}
