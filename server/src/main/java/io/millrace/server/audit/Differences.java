package io.millrace.server.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import java.util.Map;
import java.util.TreeMap;

/** What differs between two versions of a thing, one line a value. */
final class Differences {
  private Differences() {}

  /**
   * Returns {@code {path, from, to}} for each value that is not the same; one that is absent is
   * left out. Elements of a list that have names are told apart by them.
   */
  static ArrayNode between(JsonNode before, JsonNode after) {
    Map<String, JsonNode> old = new TreeMap<>();
    Map<String, JsonNode> now = new TreeMap<>();
    flatten("", before, old);
    flatten("", after, now);
    Map<String, ObjectNode> found = new TreeMap<>();
    old.forEach(
        (path, value) -> {
          JsonNode other = now.get(path);
          if (other == null || !Documents.same(value, other)) {
            line(found, path).set("from", value);
          }
        });
    now.forEach(
        (path, value) -> {
          JsonNode other = old.get(path);
          if (other == null || !Documents.same(value, other)) {
            line(found, path).set("to", value);
          }
        });
    ArrayNode lines = Documents.MAPPER.createArrayNode();
    found.values().forEach(lines::add);
    return lines;
  }

  private static ObjectNode line(Map<String, ObjectNode> found, String path) {
    return found.computeIfAbsent(path, key -> Documents.empty().put("path", key));
  }

  private static void flatten(String path, JsonNode node, Map<String, JsonNode> flat) {
    if (node instanceof ObjectNode object && !object.isEmpty()) {
      object.properties().forEach(one -> flatten(join(path, one.getKey()), one.getValue(), flat));
    } else if (node instanceof ArrayNode array && named(array)) {
      array.forEach(one -> flatten(path + "[" + name(one) + "]", one, flat));
    } else if (!node.isMissingNode() && !node.isNull()) {
      flat.put(path, node);
    }
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static boolean named(ArrayNode array) {
    boolean all = !array.isEmpty();
    for (JsonNode one : array) {
      all &= one.path("name").isTextual();
    }
    return all;
  }

  private static String name(JsonNode one) {
    String namespace = one.path("namespace").asText("");
    return (namespace.isEmpty() ? "" : namespace + ".") + one.path("name").asText();
  }
}
