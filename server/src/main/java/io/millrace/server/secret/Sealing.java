package io.millrace.server.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connector.SecretFields;
import io.millrace.server.json.Documents;
import io.millrace.server.pipeline.ConfigurationReferences;
import io.millrace.spi.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Encrypts the secrets of one configuration. Belongs to one thread. */
final class Sealing {
  private final SecretFields fields;
  private final Function<JsonNode, String> encrypt;
  private final Predicate<JsonNode> authentic;
  private final List<String> mistakes = new ArrayList<>();

  Sealing(SecretFields fields, Function<JsonNode, String> encrypt, Predicate<JsonNode> authentic) {
    this.fields = fields;
    this.encrypt = encrypt;
    this.authentic = authentic;
  }

  ObjectNode seal(ObjectNode configuration) {
    ObjectNode sealed = (ObjectNode) walk("", configuration, false);
    if (!mistakes.isEmpty()) {
      throw new ConfigException("secret_masked", String.join(" ", mistakes));
    }
    return sealed;
  }

  /** What stands inside a secret field is secret as a whole. */
  private JsonNode walk(String path, JsonNode node, boolean secret) {
    if (node instanceof ObjectNode object) {
      if (authentic.test(object)) {
        return object;
      }
      if (object.has(Sealed.KEY)) {
        mistakes.add(path + ": there is no field " + Sealed.KEY + "; give the value itself.");
      }
      ObjectNode copy = Documents.empty();
      for (var field : object.properties()) {
        String key = field.getKey();
        String place = path.isEmpty() ? key : path + "." + key;
        copy.set(key, walk(place, field.getValue(), secret || fields.has(key)));
      }
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = Documents.MAPPER.createArrayNode();
      for (int i = 0; i < array.size(); i++) {
        copy.add(walk(path + "[" + i + "]", array.get(i), secret));
      }
      return copy;
    }
    return secret ? scalar(path, node) : node;
  }

  private JsonNode scalar(String path, JsonNode value) {
    if (value.isNull()
        || value.asText().isEmpty()
        || ConfigurationReferences.isOne(value.asText())) {
      return value;
    }
    if (Masks.is(value)) {
      mistakes.add(path + " is masked, and no secret is stored there; give the secret itself.");
      return value;
    }
    return Sealed.of(encrypt.apply(value));
  }
}
