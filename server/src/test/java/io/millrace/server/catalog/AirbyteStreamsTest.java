package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a stream is synced before anybody chose. */
final class AirbyteStreamsTest {
  @ParameterizedTest
  @CsvSource({
    "full_refresh incremental, true,  true,  incremental,  append_dedup",
    "full_refresh incremental, true,  false, full_refresh, overwrite",
    "full_refresh incremental, false, true,  full_refresh, overwrite",
    "incremental,              true,  false, incremental,  append",
    "incremental,              true,  true,  incremental,  append_dedup",
    "full_refresh,             true,  true,  full_refresh, overwrite",
    "'',                       true,  true,  full_refresh, overwrite",
    "'',                       true,  false, full_refresh, overwrite"
  })
  void choosesByWhatTheSourceKnows(
      String modes, boolean cursor, boolean key, String read, String write) {
    ObjectNode stream =
        Documents.empty().put("name", "Orders (2)").put("sourceDefinedCursor", cursor);
    if (!modes.isEmpty()) {
      for (String mode : modes.split(" ")) {
        stream.withArray("supportedSyncModes").add(mode);
      }
    }
    if (key) {
      stream.putArray("sourceDefinedPrimaryKey").addArray().add("id");
    }
    ObjectNode config = AirbyteStreams.defaultConfig(stream, true);
    assertThat(config.path("syncMode").asText()).isEqualTo(read);
    assertThat(config.path("destinationSyncMode").asText()).isEqualTo(write);
    assertThat(config.path("aliasName").asText()).isEqualTo("Orders__2_");
    assertThat(config.path("selected").asBoolean()).isTrue();
    assertThat(config.path("suggested").asBoolean(true)).isFalse();
    assertThat(config.path("primaryKey")).isEqualTo(stream.withArray("sourceDefinedPrimaryKey"));
  }
}
