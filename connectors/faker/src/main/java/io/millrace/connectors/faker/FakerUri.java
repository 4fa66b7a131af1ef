package io.millrace.connectors.faker;

import io.millrace.spi.ConfigException;
import io.millrace.spi.UriQuery;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code faker:?count=1000&seed=7}. */
final class FakerUri {
  private FakerUri() {}

  static Map<String, Object> toConfig(String uri) {
    int question = uri.indexOf('?');
    String path = question < 0 ? uri : uri.substring(0, question);
    if (!path.equals("faker:") && !path.equals("faker://")) {
      throw wrong(uri, "nothing between \"faker:\" and \"?\"");
    }
    List<UriQuery.Parameter> parameters =
        UriQuery.parameters(question < 0 ? "" : uri.substring(question + 1));
    for (UriQuery.Parameter one : parameters) {
      if (!one.raw().contains("=")) {
        throw wrong(uri, "\"" + one.raw() + "\" to be a key with a value, such as \"count=1000\"");
      }
    }
    return UriQuery.fields(parameters, Map.of(), Set.of());
  }

  private static ConfigException wrong(String uri, String expected) {
    return new ConfigException(
        "uri_invalid",
        "The URI " + ConfigException.outside(uri) + " cannot be read: expected " + expected + ".");
  }
}
