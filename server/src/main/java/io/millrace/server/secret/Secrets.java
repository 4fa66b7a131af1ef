package io.millrace.server.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.millrace.server.connector.SecretFields;
import io.millrace.server.json.Documents;
import io.millrace.server.pipeline.References;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The secrets of configurations in their three forms: plain, for a connector; stored, each
 * encrypted in its place as <code>{"_secret": "v1:..."}</code>; masked, for the API. Thread-safe.
 *
 * <p>A create is {@code seal(given)}. An update is {@code seal(merge(stored, given))}: what {@link
 * #merge} returns is plain, so that it can be checked against the connector's spec before it is
 * sealed.
 *
 * <p>A secret field whose whole text is a reference (<code>${env:NAME}</code>, <code>${file:PATH}
 * </code>) is no secret: it is stored and shown as it is, and resolved by {@link #open} alone.
 */
public final class Secrets {
  private final Keyring keys;
  private final ServerReferences references;
  private final Consumer<Collection<String>> known;

  /**
   * Makes the service.
   *
   * @param known is told every secret that is opened, so that no log line shows it
   */
  public Secrets(Keyring keys, ServerReferences references, Consumer<Collection<String>> known) {
    this.keys = keys;
    this.references = references;
    this.known = known;
  }

  /**
   * Returns a plain configuration as the store holds it.
   *
   * @throws io.millrace.spi.ConfigException when a secret is the mask itself, or the configuration
   *     claims to be encrypted already; names every such place
   */
  public ObjectNode seal(ObjectNode configuration, SecretFields fields) {
    return new Sealing(fields, this::sealed).seal(configuration);
  }

  /**
   * Returns a stored configuration with its secrets opened and its references resolved, for a
   * connector only.
   *
   * @throws io.millrace.spi.ConfigException when a key is missing, or a reference leads nowhere
   */
  public ObjectNode open(ObjectNode stored) {
    ObjectNode plain = (ObjectNode) opened(stored);
    References resolving = references.of("configuration");
    ObjectNode resolved = (ObjectNode) resolved(resolving, "", plain);
    resolving.throwIfAny();
    Set<String> secrets = new HashSet<>();
    collect(stored, resolved, secrets);
    known.accept(secrets);
    return resolved;
  }

  /** Returns a stored configuration for the API: {@code **********} in each secret's place. */
  public ObjectNode mask(ObjectNode stored) {
    return (ObjectNode) Sealed.map(stored, envelope -> Masks.NODE);
  }

  /**
   * Returns what a client gave, plain, with each mask filled in from the stored secret in its
   * place. A mask that has no counterpart stays, and {@link #seal} refuses it.
   */
  public ObjectNode merge(ObjectNode stored, ObjectNode given) {
    return Masks.fill(stored, given, this::value);
  }

  /** Returns a text encrypted, for a column of its own. */
  public String sealText(String text) {
    return keys.seal(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns what {@link #sealText} was given.
   *
   * @throws io.millrace.spi.ConfigException when the key is missing
   */
  public String openText(String sealed) {
    String text = keys.openText(sealed);
    known.accept(Set.of(text));
    return text;
  }

  private String sealed(JsonNode value) {
    return keys.seal(value.toString().getBytes(StandardCharsets.UTF_8));
  }

  private JsonNode value(String envelope) {
    try {
      return Documents.MAPPER.readTree(keys.open(envelope));
    } catch (IOException e) {
      throw new IllegalStateException("An encrypted value is no JSON.", e);
    }
  }

  private JsonNode opened(JsonNode stored) {
    return Sealed.map(stored, this::value);
  }

  private static JsonNode resolved(References references, String path, JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode copy = Documents.empty();
      for (var field : object.properties()) {
        String place = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
        copy.set(field.getKey(), resolved(references, place, field.getValue()));
      }
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = Documents.MAPPER.createArrayNode();
      for (int i = 0; i < array.size(); i++) {
        copy.add(resolved(references, path + "[" + i + "]", array.get(i)));
      }
      return copy;
    }
    return node.isTextual() ? TextNode.valueOf(references.text(path, node.textValue())) : node;
  }

  /** What was encrypted, or stood behind a reference, is secret. */
  private static void collect(JsonNode stored, JsonNode plain, Set<String> secrets) {
    if (Sealed.is(stored)) {
      secrets.add(plain.asText());
    } else if (stored.isTextual() && !stored.equals(plain)) {
      secrets.add(plain.asText());
    } else if (stored.isObject()) {
      stored
          .properties()
          .forEach(one -> collect(one.getValue(), plain.path(one.getKey()), secrets));
    } else if (stored.isArray()) {
      for (int i = 0; i < stored.size(); i++) {
        collect(stored.get(i), plain.path(i), secrets);
      }
    }
  }
}
