package io.millrace.spi.config;

import java.util.List;
import java.util.Map;

/**
 * A value of any JSON form whose members the connector knows better than a record could say (the
 * options of a parser). A user gives it as JSON text or as the value itself.
 *
 * @param value the text as it was given, not yet parsed; or the value as plain maps, lists,
 *     strings, numbers and booleans
 */
public record JsonText(Object value) {
  public JsonText {
    if (!(value instanceof String || value instanceof Map || value instanceof List)) {
      throw new IllegalArgumentException("JSON text, an object or a list is expected.");
    }
  }
}
