package io.millrace.server.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.actor.SecretBox;
import io.millrace.server.connector.SecretFields;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The secrets of configurations in their three forms: plain, for a connector; stored, each
 * encrypted in its place as <code>{"_secret": "v1:..."}</code>; masked, for the API. Thread-safe.
 *
 * <p>A create is {@code seal(given)}, an update {@code seal(merge(stored, given))}.
 *
 * <p>A secret field whose whole text is a reference (<code>${env:NAME}</code>, <code>${file:PATH}
 * </code>) is no secret: it is stored, shown and opened as it is. {@link
 * io.millrace.server.pipeline.ConfigurationReferences} resolves it when the connector is opened.
 */
public final class Secrets implements SecretBox {
  private final Keyring keys;
  private final Consumer<Collection<String>> known;

  /**
   * Makes the service.
   *
   * @param known is told every secret that is opened, so that no log line shows it
   */
  public Secrets(Keyring keys, Consumer<Collection<String>> known) {
    this.keys = keys;
    this.known = known;
  }

  /**
   * Returns a configuration as the store holds it. Values that this class encrypted before stay as
   * they are.
   *
   * @throws io.millrace.spi.ConfigException when a secret is the mask itself, or a value claims to
   *     be encrypted and is not; names every such place
   */
  @Override
  public ObjectNode seal(ObjectNode configuration, SecretFields fields) {
    return new Sealing(fields, this::sealed, this::isAuthentic).seal(configuration);
  }

  /**
   * Returns a stored configuration with its secrets in plain text, for a connector only.
   *
   * @throws io.millrace.spi.ConfigException when a key is missing
   */
  @Override
  public ObjectNode open(ObjectNode stored) {
    List<String> secrets = new ArrayList<>();
    ObjectNode plain =
        (ObjectNode)
            Sealed.map(
                stored,
                node -> {
                  JsonNode value = value(Sealed.envelope(node));
                  secrets.add(value.asText());
                  return value;
                });
    known.accept(secrets);
    return plain;
  }

  /** Returns a stored configuration for the API: {@code **********} in each secret's place. */
  @Override
  public ObjectNode mask(ObjectNode stored) {
    return (ObjectNode) Sealed.map(stored, node -> Masks.NODE);
  }

  /**
   * Returns what a client gave, each mask in it, and each secret that has not changed, replaced by
   * the encrypted value that is stored in its place. A mask that has no counterpart stays, and
   * {@link #seal} refuses it.
   */
  @Override
  public ObjectNode merge(ObjectNode stored, ObjectNode given) {
    return new Masks(this::holds).fill(stored, given);
  }

  /** A secret whose key is missing is equal to nothing, so that it can be given anew. */
  private boolean holds(JsonNode sealed, JsonNode given) {
    byte[] plain = given.toString().getBytes(StandardCharsets.UTF_8);
    try {
      return MessageDigest.isEqual(keys.open(Sealed.envelope(sealed)), plain);
    } catch (ConfigException e) {
      return false;
    }
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

  private boolean isAuthentic(JsonNode node) {
    try {
      return Sealed.is(node) && keys.open(Sealed.envelope(node)).length > 0;
    } catch (ConfigException e) {
      return false;
    }
  }
}
