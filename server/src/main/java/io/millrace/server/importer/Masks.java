package io.millrace.server.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.config.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The masks that stand for secrets in what a server shows. */
final class Masks {
  private Masks() {}

  /** Tells whether a value is the mask. */
  static boolean is(JsonNode value) {
    return value.isTextual() && value.textValue().equals(Secret.MASK);
  }

  /** Returns the places of masks, such as {@code tunnel_method.ssh_key} or {@code keys[0].key}. */
  static List<String> places(JsonNode json) {
    List<String> places = new ArrayList<>();
    find("", json, places);
    return places;
  }

  private static void find(String place, JsonNode json, List<String> places) {
    if (is(json)) {
      places.add(place);
    }
    for (int i = 0; json.isArray() && i < json.size(); i++) {
      find(place + "[" + i + "]", json.get(i), places);
    }
    json.properties().forEach(one -> find(below(place, one.getKey()), one.getValue(), places));
  }

  /**
   * Returns a copy with something else in the place of every mask.
   *
   * @param instead says what, by its place; null leaves the member out
   */
  static JsonNode replaced(JsonNode json, UnaryOperator<@Nullable String> instead) {
    JsonNode copy = json.deepCopy();
    replace("", copy, instead);
    return copy;
  }

  private static void replace(String place, JsonNode json, UnaryOperator<@Nullable String> by) {
    if (json instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        replace(place + "[" + i + "]", array.get(i), by);
      }
    }
    if (json instanceof ObjectNode object) {
      for (var one : List.copyOf(object.properties())) {
        String at = below(place, one.getKey());
        if (!is(one.getValue())) {
          replace(at, one.getValue(), by);
          continue;
        }
        @Nullable String other = by.apply(at);
        if (other == null) {
          object.remove(one.getKey());
        } else {
          object.put(one.getKey(), other);
        }
      }
    }
  }

  private static String below(String place, String key) {
    return place.isEmpty() ? key : place + "." + key;
  }
}
