package io.millrace.server.actor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps apart what belongs to the alternatives of a configuration, of which a field such as {@code
 * tunnel_method} chooses one: whoever chooses another does not want to keep the secrets of the
 * first.
 */
final class Branches {
  private static final String PROPERTIES = "properties";

  private Branches() {}

  /**
   * Takes out of a changed configuration what only an alternative knows that has been left.
   *
   * @param schema the connector's JSON schema
   * @param before the configuration as it was
   * @param given what was changed; it stays
   * @param after the configuration to be stored
   */
  static void leave(Map<?, ?> schema, JsonNode before, JsonNode given, JsonNode after) {
    if (!(after instanceof ObjectNode changed) || !before.isObject() || !given.isObject()) {
      return;
    }
    Map<?, ?> old = chosen(schema, before);
    Map<?, ?> now = chosen(schema, after);
    if (old != null && now != null && !old.equals(now)) {
      properties(old)
          .keySet()
          .forEach(
              key -> {
                String name = String.valueOf(key);
                if (!properties(now).containsKey(key)
                    && !properties(schema).containsKey(key)
                    && !given.has(name)) {
                  changed.remove(name);
                }
              });
    }
    within(schema, before, given, after);
    if (now != null) {
      within(now, before, given, after);
    }
  }

  private static void within(Map<?, ?> schema, JsonNode before, JsonNode given, JsonNode after) {
    properties(schema)
        .forEach(
            (key, value) -> {
              String name = String.valueOf(key);
              if (value instanceof Map<?, ?> property) {
                leave(property, before.path(name), given.path(name), after.path(name));
              }
            });
  }

  /** Returns the alternative whose constants a configuration has, or null. */
  private static @Nullable Map<?, ?> chosen(Map<?, ?> schema, JsonNode configuration) {
    if (schema.get("oneOf") instanceof List<?> alternatives) {
      for (Object one : alternatives) {
        if (one instanceof Map<?, ?> alternative && says(alternative, configuration)) {
          return alternative;
        }
      }
    }
    return null;
  }

  private static boolean says(Map<?, ?> alternative, JsonNode configuration) {
    boolean any = false;
    for (Map.Entry<?, ?> one : properties(alternative).entrySet()) {
      if (one.getValue() instanceof Map<?, ?> property && property.get("const") != null) {
        String value = configuration.path(String.valueOf(one.getKey())).asText();
        if (!Objects.toString(property.get("const")).equals(value)) {
          return false;
        }
        any = true;
      }
    }
    return any;
  }

  private static Map<?, ?> properties(Map<?, ?> schema) {
    return schema.get(PROPERTIES) instanceof Map<?, ?> properties ? properties : Map.of();
  }
}
