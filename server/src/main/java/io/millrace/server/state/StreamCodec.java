package io.millrace.server.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.StreamMemory;
import io.millrace.engine.StreamMemory.FieldMemory;
import io.millrace.protocol.ExactJson;
import io.millrace.protocol.StateTokens;
import io.millrace.spi.StreamName;
import io.millrace.spi.TargetName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what is known of a stream into JSON and back. */
public final class StreamCodec {
  private static final String NAMESPACE = "namespace";
  private static final String NAME = "name";

  private StreamCodec() {}

  /** Returns everything that is known of a stream. */
  public static ObjectNode encode(StreamMemory memory) {
    ObjectNode json = StateFiles.object();
    json.set("stream", name(memory.name()));
    json.set("state", StateTokens.of(memory.state()));
    json.put("generation", memory.generationId());
    json.put("begins_generation", memory.anew());
    json.put("had_rows", memory.hadRows());
    json.set("target", target(memory.target()));
    json.set("target_wanted", target(memory.wanted()));
    ArrayNode fields = json.putArray("fields");
    for (FieldMemory field : memory.fields()) {
      fields.addObject().put(NAME, field.name()).put("type", field.type());
    }
    json.set("open", OpenReadCodec.encode(memory.open()));
    return json;
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException when it is something else; the message is a sentence's end
   */
  public static StreamMemory decode(ObjectNode json) {
    List<FieldMemory> fields = new ArrayList<>();
    for (JsonNode field : json.path("fields")) {
      fields.add(new FieldMemory(StateTokens.text(field, NAME), StateTokens.text(field, "type")));
    }
    return new StreamMemory(
        name(json.path("stream")),
        target(json.path("target_wanted")),
        target(json.path("target")),
        json.path("generation").asLong(),
        json.path("begins_generation").asBoolean(),
        StateTokens.state(json.path("state")),
        fields,
        json.path("had_rows").asBoolean(),
        OpenReadCodec.decode(json.path("open")));
  }

  static ObjectNode name(StreamName name) {
    return ExactJson.MAPPER
        .createObjectNode()
        .put(NAMESPACE, name.namespace())
        .put(NAME, name.name());
  }

  static StreamName name(JsonNode json) {
    String name = StateTokens.text(json, NAME);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("\"name\" must not be empty");
    }
    return new StreamName(nullableText(json, NAMESPACE), name);
  }

  private static @Nullable String nullableText(JsonNode json, String key) {
    return json.hasNonNull(key) ? StateTokens.text(json, key) : null;
  }

  private static ObjectNode target(TargetName target) {
    return ExactJson.MAPPER
        .createObjectNode()
        .put(NAMESPACE, target.namespace())
        .put(NAME, target.name())
        .put("identity", target.identity());
  }

  private static TargetName target(JsonNode json) {
    return new TargetName(
        nullableText(json, NAMESPACE),
        StateTokens.text(json, NAME),
        StateTokens.text(json, "identity"));
  }
}
