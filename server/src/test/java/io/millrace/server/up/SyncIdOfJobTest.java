package io.millrace.server.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows say by which job they came, as the API numbers jobs. */
@Timeout(120)
final class SyncIdOfJobTest extends ItemsTest {
  @Test
  void rowsNameTheJobThatBroughtThem() throws Exception {
    String connection = connect(appended(), Map.of());
    JsonNode first = sync(connection);
    assertThat(syncs()).isEqualTo(first.path("id").asText() + ": 20");

    POSTGRES.execute(from, "INSERT INTO item VALUES (21)");
    JsonNode second = sync(connection);

    assertThat(second.path("id").asLong()).isGreaterThan(first.path("id").asLong());
    assertThat(syncs())
        .isEqualTo(first.path("id").asText() + ": 20, " + second.path("id").asText() + ": 1");
  }

  @Test
  void aRefreshIsAJobToo() throws Exception {
    String connection = connect(appended().put("destinationSyncMode", "append_dedup"), Map.of());
    sync(connection);
    JsonNode refresh =
        await(
            call(
                    "/connections/refresh",
                    Map.of("connectionId", connection, "refreshMode", "Truncate"))
                .path("job"));
    assertThat(syncs()).isEqualTo(refresh.path("id").asText() + ": 20");
  }

  private static ObjectNode appended() {
    return merged().put("destinationSyncMode", "append");
  }

  private String syncs() throws Exception {
    return one(
        to,
        "SELECT string_agg(s || ': ' || n, ', ' ORDER BY s) FROM (SELECT"
            + " (_airbyte_meta->>'sync_id')::bigint s, count(*) n FROM item GROUP BY 1) AS counted");
  }
}
