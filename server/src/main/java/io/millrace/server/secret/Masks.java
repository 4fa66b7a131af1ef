package io.millrace.server.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.millrace.server.json.Documents;
import io.millrace.spi.config.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/** Puts stored secrets in the place of what stands for them in a request. */
final class Masks {
  static final JsonNode NODE = TextNode.valueOf(Secret.MASK);

  private final BiPredicate<JsonNode, JsonNode> equal;

  /**
   * Makes it.
   *
   * @param equal tells whether an encrypted value, the first, is the plain one that was given
   */
  Masks(BiPredicate<JsonNode, JsonNode> equal) {
    this.equal = equal;
  }

  static boolean is(JsonNode node) {
    return node.equals(NODE);
  }

  /**
   * Returns {@code given} with each mask, and each secret that has not changed, replaced by what is
   * stored in its place.
   */
  ObjectNode fill(ObjectNode stored, ObjectNode given) {
    return (ObjectNode) filled(stored, given);
  }

  private JsonNode filled(JsonNode stored, JsonNode given) {
    if (is(given)) {
      return Sealed.is(stored) ? stored : given;
    }
    if (given instanceof ObjectNode object) {
      ObjectNode copy = Documents.empty();
      for (var field : object.properties()) {
        JsonNode counterpart = Sealed.is(stored) ? MissingNode.getInstance() : stored;
        copy.set(field.getKey(), filled(counterpart.path(field.getKey()), field.getValue()));
      }
      return copy;
    }
    if (given instanceof ArrayNode array) {
      return list(stored, array);
    }
    return Sealed.is(stored) && equal.test(stored, given) ? stored : given;
  }

  private ArrayNode list(JsonNode stored, ArrayNode given) {
    List<JsonNode> counterparts = counterparts(stored, given);
    ArrayNode copy = Documents.MAPPER.createArrayNode();
    for (int i = 0; i < given.size(); i++) {
      copy.add(filled(counterparts.get(i), given.get(i)));
    }
    return copy;
  }

  /**
   * Finds the stored element of each given one: one that looks the same, else the one at the same
   * place. After elements were taken out the places say nothing, and only equal looks count.
   */
  private static List<JsonNode> counterparts(JsonNode stored, ArrayNode given) {
    List<JsonNode> left = new ArrayList<>();
    stored.forEach(left::add);
    boolean places = given.size() >= stored.size();
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode one : given) {
      found.add(one.isContainerNode() ? takeLookAlike(left, one) : MissingNode.getInstance());
    }
    for (int i = 0; i < found.size() && places; i++) {
      JsonNode same = stored.path(i);
      if (found.get(i).isMissingNode() && left.contains(same)) {
        found.set(i, same);
      }
    }
    return found;
  }

  private static JsonNode takeLookAlike(List<JsonNode> left, JsonNode given) {
    for (JsonNode one : left) {
      if (Sealed.map(one, node -> NODE).equals(given)) {
        left.remove(one);
        return one;
      }
    }
    return MissingNode.getInstance();
  }
}
