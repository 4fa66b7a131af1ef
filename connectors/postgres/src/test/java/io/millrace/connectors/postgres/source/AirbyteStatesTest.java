package io.millrace.connectors.postgres.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.Notice;
import io.millrace.spi.Source;
import io.millrace.spi.StreamState;
import io.millrace.spi.SyncMode;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Row;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** States that Airbyte's connector left. */
@ExtendWith(AllocatorExtension.class)
final class AirbyteStatesTest {
  private static final String CURSOR =
      """
      {"version": 2, "state_type": "cursor_based", "stream_name": "t", "stream_namespace": "public",
       "cursor_field": ["version"], "cursor": "2024-06-01T12:00:00.000000Z", "cursor_record_count": 1}
      """;

  private final PostgresSourceDefinition definition = new PostgresSourceDefinition();

  @Test
  void goesOnFromACursor(BufferAllocator allocator) throws Exception {
    SourceRig rig = new SourceRig(allocator);
    rig.execute(
        "CREATE TABLE t (id bigint, version timestamptz)",
        "INSERT INTO t VALUES (1, '2024-05-01Z'), (2, '2024-06-01 12:00Z'), (3, '2024-07-01Z')");
    ConfiguredStream stream = SourceRig.stream("t", SyncMode.INCREMENTAL_APPEND, "id");
    StreamState state = Objects.requireNonNull(definition.ofAirbyte(CURSOR));
    SourceRig.Result first = sync(rig, stream, state);
    assertThat(first.rows).containsExactlyInAnyOrder(Row.of(2L), Row.of(3L));
    assertThat(rig.notices()).extracting(Notice::code).contains("transactions_unknown");
    rig.execute("INSERT INTO t VALUES (4, '2024-06-15Z')");
    SourceRig.Result second = sync(rig, stream, first.state);
    assertThat(second.rows).as("late, and known by its transaction").containsExactly(Row.of(4L));
  }

  private static SourceRig.Result sync(
      SourceRig rig, ConfiguredStream stream, @Nullable StreamState state)
      throws InterruptedException {
    try (Source source = rig.open()) {
      return SourceRig.read(source, stream, state);
    }
  }

  @Test
  void knowsWhatItCannotGoOnFrom() {
    for (String state :
        List.of(
            "{}",
            "{\"state_type\": \"xmin\", \"version\": 2, \"xmin_xid_value\": 7}",
            "{\"state_type\": \"ctid\", \"ctid\": \"(1,2)\", \"cursor_field\": [\"version\"]}",
            "{\"cursor_field\": [\"version\"], \"cursor\": null}",
            "{\"cursor_field\": [], \"cursor\": \"7\"}")) {
      assertThat(definition.ofAirbyte(state)).as(state).isNull();
    }
    assertThat(definition.ofAirbyte("{\"cursor_field\": [\"id\"], \"cursor\": \"7\"}"))
        .as("the form before version 2")
        .isNotNull();
  }
}
