package io.millrace.server.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import java.util.function.Function;

/** Encrypted values inside a document: <code>{"_secret": "v1:..."}</code>. */
final class Sealed {
  static final String KEY = "_secret";

  private Sealed() {}

  static boolean is(JsonNode node) {
    return node.isObject() && node.size() == 1 && node.path(KEY).isTextual();
  }

  static String envelope(JsonNode node) {
    return node.path(KEY).asText();
  }

  static ObjectNode of(String envelope) {
    return Documents.empty().put(KEY, envelope);
  }

  /** Returns a copy with each encrypted value replaced. */
  static JsonNode map(JsonNode node, Function<JsonNode, JsonNode> replacement) {
    if (is(node)) {
      return replacement.apply(node);
    }
    if (node instanceof ObjectNode object) {
      ObjectNode copy = Documents.empty();
      object.properties().forEach(one -> copy.set(one.getKey(), map(one.getValue(), replacement)));
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = Documents.MAPPER.createArrayNode();
      array.forEach(one -> copy.add(map(one, replacement)));
      return copy;
    }
    return node;
  }
}
