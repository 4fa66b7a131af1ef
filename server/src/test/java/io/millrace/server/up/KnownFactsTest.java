package io.millrace.server.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Optional fields that are there when their value is known, and absent when it is not. */
@Timeout(120)
final class KnownFactsTest extends ItemsTest {
  @Test
  void aWorkspaceCountsAndRemembersItsFirstSync() throws Exception {
    JsonNode before = call("/workspaces/get", Map.of("workspaceId", workspace));
    assertThat(before.at("/workspaceLimits/sources/current").asInt()).isEqualTo(1);
    assertThat(before.at("/workspaceLimits/destinations/max").asInt()).isEqualTo(10_000);
    assertThat(before.at("/workspaceLimits/activeConnections/current").asInt(-1)).isZero();
    assertThat(before.path("firstCompletedSync").asBoolean(true)).isFalse();

    sync(connect(merged(), Map.of()));

    JsonNode after = call("/workspaces/get", Map.of("workspaceId", workspace));
    assertThat(after.at("/workspaceLimits/activeConnections/current").asInt()).isEqualTo(1);
    assertThat(after.path("firstCompletedSync").asBoolean()).isTrue();
  }

  @Test
  void anEstimateIsTheSources() throws Exception {
    POSTGRES.execute(from, "ANALYZE item");
    ObjectNode config = merged().put("syncMode", "full_refresh");
    String whole = connect(config.put("destinationSyncMode", "overwrite"), Map.of());
    JsonNode stats = stats(sync(whole));
    assertThat(stats.path("estimatedRecords").asInt()).isEqualTo(20);
    assertThat(stats.path("recordsEmitted").asInt()).isEqualTo(20);
  }

  @Test
  void whatIsReadByACursorIsNotGuessed() throws Exception {
    POSTGRES.execute(from, "ANALYZE item");
    String connection = connect(merged(), Map.of());
    sync(connection);
    POSTGRES.execute(from, "INSERT INTO item VALUES (21)");
    assertThat(stats(sync(connection)).has("estimatedRecords")).isFalse();
  }

  @Test
  void theEndOfASyncNamesItsStreams() throws Exception {
    String connection = connect(merged(), Map.of());
    sync(connection);
    JsonNode event =
        call(
                "/connections/events/list",
                Map.of("connectionId", connection, "eventTypes", List.of("SYNC_SUCCEEDED")))
            .at("/events/0/summary");
    assertThat(event.path("streams")).hasToString("[{\"name\":\"item\",\"namespace\":\"public\"}]");
  }

  private JsonNode stats(JsonNode job) throws Exception {
    JsonNode attempt =
        call("/jobs/get", Map.of("id", job.path("id").asLong())).at("/attempts/0/attempt");
    assertThat(attempt.at("/totalStats/estimatedRecords"))
        .isEqualTo(attempt.at("/streamStats/0/stats/estimatedRecords"));
    return attempt.at("/streamStats/0/stats");
  }
}
