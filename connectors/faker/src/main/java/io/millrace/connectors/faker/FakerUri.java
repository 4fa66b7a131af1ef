package io.millrace.connectors.faker;

import io.millrace.spi.ConfigException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code faker:?count=1000&seed=7}. */
final class FakerUri {
  private FakerUri() {}

  static Map<String, Object> toConfig(String uri) {
    int question = uri.indexOf('?');
    String path = question < 0 ? uri : uri.substring(0, question);
    if (!path.equals("faker:") && !path.equals("faker://")) {
      throw wrong(uri, "nothing between \"faker:\" and \"?\"");
    }
    Map<String, Object> values = new LinkedHashMap<>();
    String query = question < 0 ? "" : uri.substring(question + 1);
    for (String parameter : query.split("&", -1)) {
      if (!parameter.isEmpty()) {
        put(values, parameter, uri);
      }
    }
    return values;
  }

  private static void put(Map<String, Object> values, String parameter, String uri) {
    int equals = parameter.indexOf('=');
    if (equals < 0) {
      throw wrong(uri, "\"" + parameter + "\" to be a key with a value, such as \"count=1000\"");
    }
    String key = decode(parameter.substring(0, equals), uri);
    if (values.put(key, decode(parameter.substring(equals + 1), uri)) != null) {
      throw wrong(uri, "\"" + key + "\" only once");
    }
  }

  private static String decode(String text, String uri) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw wrong(uri, "two hexadecimal digits after each %");
    }
  }

  private static ConfigException wrong(String uri, String expected) {
    return new ConfigException(
        "uri_invalid",
        "The URI " + ConfigException.outside(uri) + " cannot be read: expected " + expected + ".");
  }
}
