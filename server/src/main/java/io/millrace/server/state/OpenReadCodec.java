package io.millrace.server.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.OpenRead;
import io.millrace.protocol.ExactJson;
import io.millrace.protocol.StateTokens;
import io.millrace.spi.Partition;
import io.millrace.spi.SyncMode;
import io.millrace.spi.Tally;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a read that is not over into JSON and back. */
final class OpenReadCodec {
  private OpenReadCodec() {}

  static JsonNode encode(@Nullable OpenRead open) {
    if (open == null) {
      return NullNode.getInstance();
    }
    ObjectNode json = ExactJson.MAPPER.createObjectNode();
    json.put("sync", open.syncId());
    json.put("mode", open.mode().label());
    json.put("options", open.options());
    json.set("state_before", StateTokens.of(open.stateBefore()));
    json.put("schema", open.schema());
    ArrayNode partitions = json.putArray("partitions");
    for (Partition partition : open.partitions()) {
      partitions.add(StateTokens.of(partition));
    }
    json.set("finished", tally(open.finished()));
    return json;
  }

  static @Nullable OpenRead decode(JsonNode json) {
    if (json.isNull() || json.isMissingNode()) {
      return null;
    }
    List<Partition> partitions = new ArrayList<>();
    for (JsonNode partition : json.path("partitions")) {
      partitions.add(StateTokens.partition(partition));
    }
    return new OpenRead(
        json.path("sync").asLong(),
        mode(StateTokens.text(json, "mode")),
        StateTokens.text(json, "options"),
        StateTokens.state(json.path("state_before")),
        StateTokens.text(json, "schema"),
        partitions,
        tally(json.path("finished")));
  }

  private static SyncMode mode(String label) {
    return Arrays.stream(SyncMode.values())
        .filter(mode -> mode.label().equals(label))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("\"mode\" is \"" + label + "\", no sync mode"));
  }

  private static JsonNode tally(@Nullable Tally tally) {
    if (tally == null) {
      return NullNode.getInstance();
    }
    return ExactJson.MAPPER
        .createObjectNode()
        .put("rows_read", tally.rowsRead())
        .put("rows_written", tally.rowsWritten())
        .put("rows_filtered", tally.rowsFiltered())
        .put("rows_quarantined", tally.rowsQuarantined())
        .put("bytes_read", tally.bytesRead());
  }

  private static @Nullable Tally tally(JsonNode json) {
    if (json.isNull() || json.isMissingNode()) {
      return null;
    }
    return new Tally(
        json.path("rows_read").asLong(),
        json.path("rows_written").asLong(),
        json.path("rows_filtered").asLong(),
        json.path("rows_quarantined").asLong(),
        json.path("bytes_read").asLong());
  }
}
