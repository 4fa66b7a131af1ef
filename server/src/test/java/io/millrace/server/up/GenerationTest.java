package io.millrace.server.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The numbers that rows carry in {@code _airbyte_generation_id}, as Airbyte counts them. */
@Timeout(120)
final class GenerationTest extends ItemsTest {
  @Test
  void changesAreReadIntoTheGenerationThereIs() throws Exception {
    String connection = connect(mode("incremental", "append"), Map.of());
    sync(connection);
    assertThat(generations()).isEqualTo("0: 20");
    POSTGRES.execute(from, "INSERT INTO item VALUES (21)");
    sync(connection);
    assertThat(generations()).isEqualTo("0: 21");

    refresh(connection, "Merge");
    assertThat(generations()).isEqualTo("0: 21, 1: 21");
    refresh(connection, "Truncate");
    assertThat(generations()).isEqualTo("2: 21");

    await(call("/connections/clear", Map.of("connectionId", connection)).path("job"));
    sync(connection);
    assertThat(generations()).as("a clear is one").isEqualTo("3: 21");
  }

  @Test
  void everyFullRefreshIsOne() throws Exception {
    String connection = connect(mode("full_refresh", "append"), Map.of());
    sync(connection);
    sync(connection);
    assertThat(generations()).isEqualTo("1: 20, 2: 20");
    refresh(connection, "Merge");
    assertThat(generations()).isEqualTo("1: 20, 2: 20, 3: 20");
  }

  @Test
  void everyOverwriteIsOne() throws Exception {
    String connection = connect(mode("full_refresh", "overwrite"), Map.of());
    sync(connection);
    assertThat(generations()).isEqualTo("1: 20");
    refresh(connection, "Merge");
    assertThat(generations()).isEqualTo("2: 20");
  }

  private static ObjectNode mode(String read, String write) {
    return merged().put("syncMode", read).put("destinationSyncMode", write);
  }

  private void refresh(String connection, String mode) throws Exception {
    await(
        call("/connections/refresh", Map.of("connectionId", connection, "refreshMode", mode))
            .path("job"));
  }

  private String generations() throws Exception {
    return one(
        to,
        "SELECT string_agg(g || ': ' || n, ', ' ORDER BY g) FROM (SELECT _airbyte_generation_id g,"
            + " count(*) n FROM item GROUP BY 1) AS counted");
  }
}
