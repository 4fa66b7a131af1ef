package io.millrace.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.Checkpoint;
import io.millrace.spi.Partition;
import io.millrace.spi.StreamState;
import org.jspecify.annotations.Nullable;

/**
 * Connectors' tokens as JSON within JSON, so that people can read and edit them: {@code {"version":
 * 1, "token": {...}}}. A token that is no JSON stays text.
 *
 * <p>Methods that read throw {@link IllegalArgumentException} for what the others did not write;
 * its message is the end of a sentence.
 */
public final class StateTokens {
  private static final String VERSION = "version";
  private static final String TOKEN = "token";
  private static final String TOKEN_TEXT = "token_text";

  private StateTokens() {}

  /** Returns a state as JSON; null stands for the beginning. */
  public static JsonNode of(@Nullable StreamState state) {
    return state == null ? NullNode.getInstance() : token(state.version(), state.token());
  }

  /** Tells whether an object is a token of ours, by its form. */
  public static boolean has(JsonNode json) {
    return json.has(TOKEN) || json.has(TOKEN_TEXT);
  }

  /** Reads a state. */
  public static @Nullable StreamState state(JsonNode json) {
    return absent(json) ? null : new StreamState(version(json), token(json));
  }

  /** Returns a checkpoint as JSON. */
  public static JsonNode of(@Nullable Checkpoint checkpoint) {
    return checkpoint == null
        ? NullNode.getInstance()
        : token(checkpoint.version(), checkpoint.token());
  }

  /** Reads a checkpoint. */
  public static @Nullable Checkpoint checkpoint(JsonNode json) {
    return absent(json) ? null : new Checkpoint(version(json), token(json));
  }

  /** Returns a partition as JSON. */
  public static ObjectNode of(Partition partition) {
    ObjectNode json = ExactJson.MAPPER.createObjectNode().put("id", partition.id());
    json.setAll(token(partition.version(), partition.token()));
    json.put("description", partition.description());
    json.put("estimated_rows", partition.estimatedRows());
    json.put("estimated_bytes", partition.estimatedBytes());
    return json;
  }

  /** Reads a partition. */
  public static Partition partition(JsonNode json) {
    return new Partition(
        text(json, "id"),
        version(json),
        token(json),
        text(json, "description"),
        json.path("estimated_rows").asLong(-1),
        json.path("estimated_bytes").asLong(-1));
  }

  /** Returns a text that must be there. */
  public static String text(JsonNode json, String key) {
    JsonNode value = json.path(key);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("\"" + key + "\" must be text");
    }
    return value.textValue();
  }

  private static ObjectNode token(int version, String token) {
    ObjectNode json = ExactJson.MAPPER.createObjectNode().put(VERSION, version);
    try {
      JsonNode tree = ExactJson.MAPPER.readTree(token);
      if (tree != null && !tree.isMissingNode()) {
        json.set(TOKEN, tree);
        return json;
      }
    } catch (JsonProcessingException e) {
      // Kept as text below: the token belongs to its connector, whatever it is.
    }
    return json.put(TOKEN_TEXT, token);
  }

  private static boolean absent(JsonNode json) {
    return json.isNull() || json.isMissingNode();
  }

  private static int version(JsonNode json) {
    JsonNode version = json.path(VERSION);
    if (!version.canConvertToInt()) {
      throw new IllegalArgumentException("\"version\" must be a whole number");
    }
    return version.asInt();
  }

  private static String token(JsonNode json) {
    if (json.path(TOKEN_TEXT).isTextual()) {
      return json.path(TOKEN_TEXT).textValue();
    }
    if (!json.has(TOKEN)) {
      throw new IllegalArgumentException("\"token\" is missing");
    }
    return json.path(TOKEN).toString();
  }
}
