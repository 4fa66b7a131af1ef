package io.millrace.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.AirbyteStates;
import io.millrace.spi.PartitionProgress;
import io.millrace.spi.StreamState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream's next read begins, as it stands in a state message.
 *
 * @param state where the next sync begins, or, in the middle of a read, where this one began
 * @param progress the partitions of a read that has not ended; empty when the last read ended
 */
public record ReadState(@Nullable StreamState state, List<PartitionProgress> progress) {
  private static final String READING = "reading";
  private static final String STATE_BEFORE = "state_before";
  private static final String PARTITIONS = "partitions";
  private static final String CHECKPOINT = "checkpoint";
  private static final String DONE = "done";
  private static final String COMPLETE = "complete";

  public ReadState {
    progress = List.copyOf(progress);
  }

  /** Tells whether the read had not ended. */
  public boolean reading() {
    return !progress.isEmpty();
  }

  /** Returns the value of {@code stream_state}. */
  ObjectNode encode() {
    if (reading()) {
      ObjectNode json = ExactJson.MAPPER.createObjectNode();
      ObjectNode reading = json.putObject(READING);
      reading.set(STATE_BEFORE, StateTokens.of(state));
      ArrayNode partitions = reading.putArray(PARTITIONS);
      for (PartitionProgress one : progress) {
        ObjectNode partition = StateTokens.of(one.partition());
        partition.set(CHECKPOINT, StateTokens.of(one.checkpoint()));
        partition.put(DONE, one.done());
        partitions.add(partition);
      }
      return json;
    }
    return StateTokens.of(state) instanceof ObjectNode object
        ? object
        : ExactJson.MAPPER.createObjectNode().put(COMPLETE, true);
  }

  /**
   * Reads what {@link #encode} wrote, or Airbyte's connector of the same name.
   *
   * @throws IllegalArgumentException when it is something else; the message is a sentence's end
   */
  static ReadState decode(JsonNode json, AirbyteStates foreign) {
    if (json.isNull() || json.isMissingNode() || json.isEmpty() || json.has(COMPLETE)) {
      return new ReadState(null, List.of());
    }
    if (!json.has(READING)) {
      @Nullable StreamState other =
          StateTokens.has(json) ? null : foreign.ofAirbyte(json.toString());
      return new ReadState(other != null ? other : StateTokens.state(json), List.of());
    }
    JsonNode reading = json.path(READING);
    List<PartitionProgress> progress = new ArrayList<>();
    for (JsonNode one : reading.path(PARTITIONS)) {
      progress.add(
          new PartitionProgress(
              StateTokens.partition(one),
              StateTokens.checkpoint(one.path(CHECKPOINT)),
              one.path(DONE).asBoolean()));
    }
    return new ReadState(StateTokens.state(reading.path(STATE_BEFORE)), progress);
  }
}
