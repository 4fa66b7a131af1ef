package io.millrace.server.actor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connector.SecretFields;

/**
 * Keeps the secret values of configurations. A stored configuration holds each of them encrypted,
 * in place of the text, as an object with the key {@value #SEALED}. Thread-safe.
 */
public interface SecretBox {
  /** The key of an encrypted value. */
  String SEALED = "_secret";

  /** What the API shows, and takes back, in place of a secret. */
  String MASK = "**********";

  /**
   * Returns a configuration as it is stored. Values that are encrypted already and references such
   * as {@code ${env:NAME}} stay as they are.
   */
  ObjectNode seal(ObjectNode configuration, SecretFields fields);

  /** Returns a stored configuration in plain text, for a connector only. */
  ObjectNode open(ObjectNode stored);

  /** Returns a stored configuration as the API shows it. */
  ObjectNode mask(ObjectNode stored);

  /**
   * Returns what a client gave, each mask in it, and each secret that has not changed, replaced by
   * what is stored at its place.
   */
  ObjectNode merge(ObjectNode stored, ObjectNode given);
}
