package io.millrace.server.connector;

import io.millrace.spi.ConnectorDefinition;
import io.millrace.spi.config.ConfigSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tells which values of a connector's configuration are secret, by its JSON schema. */
public final class SecretFields {
  private static final String SECRET = "airbyte_secret";

  private final Set<String> keys = new HashSet<>();

  private SecretFields() {}

  /** Returns the secret fields of a connector. */
  public static SecretFields of(ConnectorDefinition<?> connector) {
    SecretFields fields = new SecretFields();
    fields.find(ConfigSpec.of(connector).jsonSchema());
    return fields;
  }

  /** Tells whether the field of this key is secret. */
  public boolean has(String key) {
    return keys.contains(key);
  }

  /** Returns a copy of the values without secrets, its keys sorted. */
  public Map<String, Object> without(Map<String, Object> values) {
    Map<String, Object> rest = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (!keys.contains(key)) {
            rest.put(key, plain(value));
          }
        });
    return rest;
  }

  /** Returns every secret text in the values. */
  public Set<String> in(Map<String, Object> values) {
    Set<String> secrets = new HashSet<>();
    collect(values, secrets);
    return secrets;
  }

  private Object plain(Object value) {
    Map<String, Object> inner = asMap(value);
    return inner == null ? value : without(inner);
  }

  private void collect(Map<String, Object> values, Set<String> secrets) {
    values.forEach(
        (key, value) -> {
          Map<String, Object> inner = asMap(value);
          if (inner != null) {
            collect(inner, secrets);
          } else if (keys.contains(key) && value instanceof String text) {
            secrets.add(text);
          }
        });
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
              if (Boolean.TRUE.equals(property.get(SECRET))) {
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
}
