package io.millrace.connectors.postgres.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.ConfigException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The small part of JSON that tokens need. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ObjectNode parse(String token) {
    try {
      if (MAPPER.readTree(token) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException malformed) {
      throw unreadable(malformed);
    }
    throw unreadable(null);
  }

  static void put(ObjectNode object, String key, List<Long> numbers) {
    ArrayNode array = object.putArray(key);
    for (long number : numbers) {
      array.add(number);
    }
  }

  static List<Long> longs(JsonNode array) {
    List<Long> numbers = new ArrayList<>();
    array.forEach(node -> numbers.add(node.asLong()));
    return numbers;
  }

  static @Nullable String text(ObjectNode object, String key) {
    JsonNode node = object.get(key);
    return node == null || node.isNull() ? null : node.asText();
  }

  /** Returns a text that must be there. */
  static String need(ObjectNode object, String key) {
    @Nullable String text = text(object, key);
    if (text == null) {
      throw unreadable(null);
    }
    return text;
  }

  static @Nullable ObjectNode child(ObjectNode object, String key) {
    return object.get(key) instanceof ObjectNode child ? child : null;
  }

  private static ConfigException unreadable(@Nullable Exception cause) {
    return new ConfigException(
        "state_unreadable",
        "The stored state of a stream of source-postgres is not readable. Undo what was edited, or"
            + " reset the stream's state to read it from its beginning.",
        "token unreadable",
        cause);
  }
}
