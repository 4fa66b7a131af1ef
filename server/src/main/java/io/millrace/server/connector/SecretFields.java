package io.millrace.server.connector;

import io.millrace.spi.ConnectorDefinition;
import io.millrace.spi.config.ConfigSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells which values of a connector's configuration are secret, by its JSON schema: a key that is
 * secret in one place of it is secret in all. Of keys that the schema does not know, which other
 * versions of the connector may, those are secret whose names say so.
 */
public final class SecretFields {
  private static final String SECRET = "airbyte_secret";
  private static final Pattern TELLING_NAME =
      Pattern.compile(
          "(?i)(access_key_id|passw(or)?d|passphrase|secret|(private|api|client|ssh)_?key|token$|credential$)");

  private final Set<String> keys = new HashSet<>();
  private final Set<String> known = new HashSet<>();

  private SecretFields() {}

  /** Returns the secret fields of a connector. */
  public static SecretFields of(ConnectorDefinition<?> connector) {
    SecretFields fields = new SecretFields();
    fields.find(ConfigSpec.of(connector).jsonSchema());
    return fields;
  }

  /** Returns fields of these keys, and of those whose names say that they are secret. */
  public static SecretFields named(Set<String> secretKeys) {
    SecretFields fields = new SecretFields();
    fields.keys.addAll(secretKeys);
    return fields;
  }

  /** Tells whether the field of this key is secret. */
  public boolean has(String key) {
    return keys.contains(key) || (!known.contains(key) && TELLING_NAME.matcher(key).find());
  }

  /** Tells whether the connector has a secret field of this key. */
  public boolean knows(String key) {
    return keys.contains(key);
  }

  /** Returns a copy of the values without secrets, its keys sorted. */
  public Map<String, Object> without(Map<String, Object> values) {
    Map<String, Object> rest = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (!has(key)) {
            rest.put(key, plain(value));
          }
        });
    return rest;
  }

  /** Returns every secret text in the values. */
  public Set<String> in(Map<String, Object> values) {
    Set<String> secrets = new HashSet<>();
    collect(values, false, secrets);
    return secrets;
  }

  private Object plain(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(one -> one == null ? "" : plain(one)).toList();
    }
    Map<String, Object> inner = asMap(value);
    return inner == null ? value : without(inner);
  }

  private void collect(@Nullable Object value, boolean secret, Set<String> secrets) {
    switch (value) {
      case Map<?, ?> map ->
          map.forEach((key, one) -> collect(one, secret || has(String.valueOf(key)), secrets));
      case List<?> list -> list.forEach(one -> collect(one, secret, secrets));
      case String text when secret -> secrets.add(text);
      case null, default -> {}
    }
  }

  private static @Nullable Map<String, Object> asMap(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return null;
    }
    Map<String, Object> texts = new TreeMap<>();
    map.forEach(
        (key, one) -> {
          if (one != null) {
            texts.put(String.valueOf(key), one);
          }
        });
    return texts;
  }

  private void find(Map<?, ?> schema) {
    if (schema.get("properties") instanceof Map<?, ?> properties) {
      properties.forEach(
          (key, value) -> {
            if (value instanceof Map<?, ?> property) {
              known.add(String.valueOf(key));
              if (isSecret(property)) {
                keys.add(String.valueOf(key));
              }
              find(property);
            }
          });
    }
    if (schema.get("items") instanceof Map<?, ?> items) {
      find(items);
    }
    if (schema.get("oneOf") instanceof List<?> alternatives) {
      for (Object one : alternatives) {
        if (one instanceof Map<?, ?> alternative) {
          find(alternative);
        }
      }
    }
  }

  /** A list is secret when its elements are. */
  private static boolean isSecret(Map<?, ?> property) {
    return Boolean.TRUE.equals(property.get(SECRET))
        || (property.get("items") instanceof Map<?, ?> items && isSecret(items));
  }
}
