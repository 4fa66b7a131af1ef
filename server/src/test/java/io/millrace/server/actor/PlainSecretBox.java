package io.millrace.server.actor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.millrace.server.connector.SecretFields;
import io.millrace.server.json.Documents;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.BiFunction;

/** Hides secrets from a glance only: for tests that look at what is stored and shown. */
public final class PlainSecretBox implements SecretBox {
  @Override
  public ObjectNode seal(ObjectNode configuration, SecretFields fields) {
    return walk(
        configuration,
        (key, value) -> {
          boolean secret = value.isTextual() && fields.has(key);
          if (!secret || value.asText().startsWith("${")) {
            return value;
          }
          byte[] bytes = value.asText().getBytes(StandardCharsets.UTF_8);
          return Documents.empty().put(SEALED, Base64.getEncoder().encodeToString(bytes));
        });
  }

  @Override
  public ObjectNode open(ObjectNode stored) {
    return walk(
        stored,
        (key, value) ->
            value.has(SEALED)
                ? TextNode.valueOf(
                    new String(
                        Base64.getDecoder().decode(value.get(SEALED).asText()),
                        StandardCharsets.UTF_8))
                : value);
  }

  @Override
  public ObjectNode mask(ObjectNode stored) {
    return walk(stored, (key, value) -> value.has(SEALED) ? TextNode.valueOf(MASK) : value);
  }

  @Override
  public ObjectNode merge(ObjectNode stored, ObjectNode given) {
    ObjectNode merged = given.deepCopy();
    given
        .properties()
        .forEach(
            entry -> {
              JsonNode old = stored.path(entry.getKey());
              if (MASK.equals(entry.getValue().textValue()) && old.has(SEALED)) {
                merged.set(entry.getKey(), old);
              } else if (entry.getValue() instanceof ObjectNode inner
                  && old instanceof ObjectNode before) {
                merged.set(entry.getKey(), merge(before, inner));
              }
            });
    return merged;
  }

  private static ObjectNode walk(ObjectNode json, BiFunction<String, JsonNode, JsonNode> change) {
    ObjectNode copy = Documents.empty();
    json.properties()
        .forEach(
            entry -> {
              JsonNode changed = change.apply(entry.getKey(), entry.getValue());
              boolean inner = changed instanceof ObjectNode object && !object.has(SEALED);
              copy.set(entry.getKey(), inner ? walk((ObjectNode) changed, change) : changed);
            });
    return copy;
  }
}
